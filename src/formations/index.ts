export { FormationsModule } from './formations.module.js';
export { formationNotFound, formationNotYours, formationSessionNotFound } from './formations.problems.js';

// Who may
export { mayChangeFormation } from './formation-editing.js';

// For whoever keeps copies of sessions
export type { EffectiveFormation, ExportableSession, SessionParticipant } from './exportable-session.js';
export { type FormationChangeListener, FormationChanges } from './formation-changes.js';
export { type CalendarEditOutcome, FormationSessions } from './formation-sessions.js';
export type { CalendarEdit, EffectivePatch } from './session-override.js';

// For whoever shows how copies stand
export {
  type ConflictView,
  type CopiesDescription,
  type ParticipantCalendarView,
  type ProvidesSessionCopies,
  SessionCopies,
  type SessionCopyView,
} from './session-copies.js';
