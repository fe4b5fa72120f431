export {
  type CalendarChange,
  type CalendarChoice,
  type CalendarProfile,
  type CalendarProvider,
  type ChangePage,
  type ChannelRequest,
  type EventChange,
  type EventDeletion,
  type EventDraft,
  isCalendarProvider,
  type KnownChannelAtProvider,
  type OpenedChannel,
  type ReadChanges,
  type SetAsideReason,
} from './calendar-provider.js';
export type { AttendeeResponse, EventAttendee, EventContent, EventFacts, EventTimes, Guest } from './event-facts.js';
export { approvalText } from './calendar-texts.js';
export { CalendarChanges } from './calendar-changes.js';
export { CalendarEvents } from './calendar-events.js';
export { CalendarMirror, type ListedRemoval } from './calendar-mirror.js';
export type { MirrorTarget, Removal } from './mirror-target.js';
export { calendarSettingsOf, lacking, missingScopesOf } from './calendar-settings.js';
export { CalendarTypes } from './calendar-types.js';
export { CalendarsModule } from './calendars.module.js';
export { calendarNotConnected, exportForNobody, formationNotExportable } from './calendars.problems.js';
export { type ExportedSession, FormationExports } from './formation-exports.js';
