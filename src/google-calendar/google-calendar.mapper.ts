import { DateTime } from 'luxon';
import type {
  AttendeeResponse,
  CalendarChange,
  CalendarChoice,
  EventAttendee,
  EventChange,
  EventContent,
  EventDraft,
  EventFacts,
  EventTimes,
  Guest,
  ReadChanges,
  SetAsideReason,
} from '../calendars/index.js';
import { isZoneName } from '../platform/clock/zone-names.js';
import { toPlainText } from './google-calendar.description.js';
import { GOOGLE_CALENDAR } from './google-calendar.profile.js';
import {
  attendeeWire,
  type CalendarWire,
  type EventTimeWire,
  type EventWire,
  type RawAttendee,
} from './google-calendar.wire.js';

// Reading

export function toCalendarChoice(calendar: CalendarWire): CalendarChoice {
  return {
    id: calendar.id,
    name: calendar.summaryOverride || calendar.summary || calendar.id,
    timeZone: toZone(calendar.timeZone),
    isPrimary: calendar.primary === true,
    canWrite: ['owner', 'writer', 'writerWithoutPrivateAccess'].includes(calendar.accessRole),
  };
}

/**
 * One item of a listing. A listing of changes is not held to the window of its beginning, and a series without an end
 * comes in it for years: what begins after the window has left it. What lies before it is told as it stands, for it is
 * kept as history.
 */
export function toCalendarChange(event: EventWire, window: ReadChanges['window']): CalendarChange {
  const externalId = event.id;
  if (event.status === 'cancelled') return { kind: 'removed', externalId, isCertain: true };
  const times = toTimes(event);
  if (typeof times === 'string') return { kind: 'set-aside', externalId, reason: times };
  if (startsAfter(times, window.to)) return { kind: 'removed', externalId, isCertain: false };
  return { kind: 'event', facts: describeEvent(event, times) };
}

/** Null when it cannot be placed in time. */
export function toEventFacts(event: EventWire): EventFacts | null {
  const times = toTimes(event);
  return typeof times === 'string' ? null : describeEvent(event, times);
}

function describeEvent(event: EventWire, times: EventTimes): EventFacts {
  return {
    externalId: event.id,
    icalUid: event.iCalUID ?? null,
    seriesId: event.recurringEventId ?? null,
    originalStart: toOriginalStart(event.originalStartTime),
    times,
    title: event.summary || null,
    description: (event.description && toPlainText(event.description)) || null,
    location: event.location || null,
    status: event.status === 'tentative' ? 'tentative' : 'confirmed',
    isPrivate: event.visibility === 'private' || event.visibility === 'confidential',
    isBusy: event.transparency !== 'transparent',
    attendees: (event.attendees ?? []).map(toAttendee).filter((attendee) => attendee !== null),
    htmlLink: toLink(event.htmlLink),
    joinUrl: toJoinUrl(event),
    etag: event.etag ?? null,
    updatedAt: toInstant(event.updated),
    copyId: markerOf(event),
    // The marker is in every answer.
    eventKey: null,
  };
}

export function markerOf({ extendedProperties }: EventWire): string | null {
  return extendedProperties?.private?.[GOOGLE_CALENDAR.marker] ?? null;
}

function toTimes({ start, end }: EventWire): EventTimes | SetAsideReason {
  if (!start || !end) return 'unreadable-times';
  if (start.date && end.date) {
    const isRange = isDate(start.date) && isDate(end.date) && start.date < end.date;
    return isRange ? { allDay: true, startDate: start.date, endDate: end.date } : 'unreadable-times';
  }
  const [startsAt, endsAt] = [toMoment(start), toMoment(end)];
  if (startsAt === 'unknown-time-zone' || endsAt === 'unknown-time-zone') return 'unknown-time-zone';
  if (startsAt === null || endsAt === null || startsAt > endsAt) return 'unreadable-times';
  return { allDay: false, startsAt, endsAt, timeZone: toZone(start.timeZone) };
}

/** Answers carry an offset. Should one lack it, the zone beside it decides; without either nothing is known. */
function toMoment({ dateTime, timeZone }: EventTimeWire): Date | 'unknown-time-zone' | null {
  if (!dateTime) return null;
  const hasOffset = /(?:z|[+-]\d{2}:?\d{2})$/i.test(dateTime);
  const zone = hasOffset ? 'utc' : toZone(timeZone);
  if (zone === null) return 'unknown-time-zone';
  const moment = DateTime.fromISO(dateTime, { zone });
  return moment.isValid ? moment.toJSDate() : null;
}

function startsAfter(times: EventTimes, end: Date): boolean {
  if (!times.allDay) return times.startsAt >= end;
  // A day begins up to fourteen hours before or twelve after it does in UTC.
  return Date.parse(times.startDate) >= end.getTime() + 24 * 3_600_000;
}

/** Written in whatever offset the calendar has at the time of asking; the instant is the same. */
function toOriginalStart(time: EventTimeWire | null | undefined): string | null {
  return time?.date ?? toInstant(time?.dateTime)?.toISOString() ?? null;
}

function toAttendee(raw: RawAttendee): EventAttendee | null {
  const { data } = attendeeWire.safeParse(raw);
  if (data === undefined || data.email === '') return null;
  return {
    email: data.email,
    name: data.displayName || null,
    response: RESPONSES[data.responseStatus ?? ''] ?? 'none',
    isOrganizer: data.organizer === true,
    isSelf: data.self === true,
  };
}

const RESPONSES: Readonly<Record<string, AttendeeResponse>> = {
  accepted: 'accepted',
  declined: 'declined',
  tentative: 'tentative',
};

function toJoinUrl({ hangoutLink, conferenceData }: EventWire): string | null {
  const video = conferenceData?.entryPoints?.find(({ entryPointType }) => entryPointType === 'video');
  return toLink(hangoutLink) ?? toLink(video?.uri);
}

function toLink(link: string | null | undefined): string | null {
  return link && /^https?:\/\//.test(link) && URL.canParse(link) ? link : null;
}

function toInstant(value: string | null | undefined): Date | null {
  const instant = new Date(value ?? Number.NaN);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

function toZone(name: string | null | undefined): string | null {
  return name && isZoneName(name) ? name : null;
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && DateTime.fromISO(value).isValid;
}

// Writing

/** Letters and digits that Google takes for an event's id: the uuid without its hyphens. */
export function toEventId(key: string): string {
  return key.replaceAll('-', '').toLowerCase();
}

export function toNewEvent({ copyId, key, content, guests }: EventDraft) {
  const { title, description, location, startsAt, endsAt, timeZone } = content;
  const attendees = mergeGuests([], { add: guests, remove: [] });
  return {
    id: toEventId(key),
    summary: title,
    ...(description && { description }),
    ...(location && { location }),
    start: { dateTime: startsAt.toISOString(), timeZone },
    end: { dateTime: endsAt.toISOString(), timeZone },
    ...(attendees !== null && { attendees }),
    ...toMarker(copyId),
  };
}

/** The whole draft, over an event that is there already: one that was deleted comes back to life. */
export function toRewrittenEvent({ copyId, content, guests }: EventDraft, existing: EventWire) {
  const { title, description, location, ...times } = content;
  const attendees = mergeGuests(existing.attendees ?? [], { add: guests, remove: [] });
  return {
    ...toPatch({ title, description, location, times }),
    ...(attendees !== null && { attendees }),
    ...toMarker(copyId),
    ...(existing.status === 'cancelled' && { status: 'confirmed' }),
  };
}

/** Whether writing the draft again would change nothing. */
export function isAsDrafted({ content, guests }: EventDraft, existing: EventWire): boolean {
  const facts = toEventFacts(existing);
  if (facts === null || facts.times.allDay || existing.status === 'cancelled') return false;
  const { title, description, location, startsAt, endsAt, timeZone } = content;
  return (
    facts.title === title &&
    facts.description === (description || null) &&
    facts.location === (location || null) &&
    facts.times.startsAt.getTime() === startsAt.getTime() &&
    facts.times.endsAt.getTime() === endsAt.getTime() &&
    (facts.times.timeZone ?? timeZone) === timeZone &&
    mergeGuests(existing.attendees ?? [], { add: guests, remove: [] }) === null
  );
}

/** Only what was given: what a PATCH does not name stays. `null` takes a field away. */
export function toPatch({ title, description, location, times }: EventChange['content']) {
  return {
    ...(title !== undefined && { summary: title }),
    ...(description !== undefined && { description }),
    ...(location !== undefined && { location }),
    ...(times && toTimeFields(times)),
  };
}

/** The list as it is to be, others' entries to the letter; null when it is so already. */
export function mergeGuests(
  attendees: readonly RawAttendee[],
  { add, remove }: NonNullable<EventChange['guests']>,
): RawAttendee[] | null {
  const leaving = new Set(remove.map(comparable));
  const staying = attendees.filter(({ email }) => !leaving.has(comparable(email)));
  const present = new Set(staying.map(({ email }) => comparable(email)));
  const coming = new Map(add.map((guest) => [comparable(guest.email), guest]));
  for (const email of present) coming.delete(email);
  if (coming.size === 0 && staying.length === attendees.length) return null;
  return [...staying, ...[...coming.values()].map(toRawAttendee)];
}

/** An event of whole days has a `date`, which would stay beside the hour unless it is taken away. */
function toTimeFields({ startsAt, endsAt, timeZone }: Pick<EventContent, 'startsAt' | 'endsAt' | 'timeZone'>) {
  return {
    start: { dateTime: startsAt.toISOString(), timeZone, date: null },
    end: { dateTime: endsAt.toISOString(), timeZone, date: null },
  };
}

function toMarker(copyId: string) {
  return { extendedProperties: { private: { [GOOGLE_CALENDAR.marker]: copyId } } };
}

function toRawAttendee({ email, name }: Guest): RawAttendee {
  return { email, ...(name && { displayName: name }) };
}

function comparable(email: unknown): string {
  return typeof email === 'string' ? email.toLowerCase() : '';
}
