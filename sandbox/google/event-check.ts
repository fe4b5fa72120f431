import { DateTime } from 'luxon';
import { invalid, required, timeRangeEmpty, ApiError } from './api-error.js';
import type { Attendee, EventBody, EventFields, EventTimeFields } from './event-body.js';
import { readEventTime, toMillis } from './event-time.js';
import { eventColors } from './colors.js';
import { checkRecurrence } from './recurrence.js';

const longestKey = 44;
const longestValue = 1024;
const mostProperties = 300;
const mostPropertyBytes = 32 * 1024;
const emailPattern = /^[^\s@<>]+@[^\s@<>]+$/;

/** A body, or a body merged into an event, made into fields that hold together, or refused (contract 6 and 7). */
export function checkEvent(body: EventBody): EventFields {
  const start = readEventTime('start', body.start);
  const end = readEventTime('end', body.end);
  checkSpan(start, end);
  const recurrence = body.recurrence?.length ? body.recurrence : undefined;
  if (recurrence) checkRecurrence(recurrence, start, end);
  if (body.colorId && !(body.colorId in eventColors)) throw invalid('Invalid color ID.');
  if (body.source?.url && !/^https?:\/\//.test(body.source.url)) throw invalid('Invalid source URL.');
  const attendees = body.attendees?.length ? checkAttendees(body.attendees) : undefined;
  const extendedProperties = checkProperties(body.extendedProperties);
  return compact({
    ...pick(body),
    start,
    end,
    recurrence,
    attendees,
    extendedProperties,
    eventType: body.eventType ?? 'default',
    reminders: checkReminders(body.reminders),
  });
}

/** Members that are merely what everybody has are not kept, and not answered. */
function pick(body: EventBody) {
  return {
    summary: body.summary,
    description: body.description,
    location: body.location,
    colorId: body.colorId,
    eventLabelId: body.eventLabelId,
    transparency: body.transparency === 'opaque' ? null : body.transparency,
    visibility: body.visibility === 'default' ? null : body.visibility,
    anyoneCanAddSelf: body.anyoneCanAddSelf || null,
    guestsCanInviteOthers: body.guestsCanInviteOthers === false ? false : null,
    guestsCanModify: body.guestsCanModify || null,
    guestsCanSeeOtherGuests: body.guestsCanSeeOtherGuests === false ? false : null,
    privateCopy: body.privateCopy || null,
    source: body.source && compact({ title: body.source.title, url: body.source.url }),
    attachments: body.attachments,
    conferenceData: body.conferenceData,
    outOfOfficeProperties: body.outOfOfficeProperties,
    focusTimeProperties: body.focusTimeProperties,
    workingLocationProperties: body.workingLocationProperties,
    birthdayProperties: body.birthdayProperties,
  };
}

/** The end is exclusive: a whole day ends the day after. Only a timed event may last no time at all. */
function checkSpan(start: EventTimeFields, end: EventTimeFields): void {
  if ((start.date === undefined) !== (end.date === undefined)) {
    throw invalid('Start and end times must either both be date or both be dateTime.');
  }
  const lengthMs = toMillis(end, 'UTC') - toMillis(start, 'UTC');
  if (lengthMs < 0 || (start.date !== undefined && lengthMs === 0)) throw timeRangeEmpty();
}

function checkAttendees(given: NonNullable<EventBody['attendees']>): Attendee[] {
  const byAddress = new Map<string, Attendee>();
  for (const attendee of given) {
    if (!attendee.email) throw required('Missing attendee email.');
    if (!emailPattern.test(attendee.email)) throw invalid('Invalid attendee email.');
    const { email, displayName, optional, resource, comment, additionalGuests, responseStatus } = attendee;
    byAddress.set(email.toLowerCase(), {
      email,
      ...compact({ displayName, optional: optional || null, resource: resource || null }),
      ...compact({ comment, additionalGuests: additionalGuests || null }),
      responseStatus: responseStatus ?? 'needsAction',
    });
  }
  return [...byAddress.values()];
}

function checkReminders(given: EventBody['reminders']): EventFields['reminders'] {
  if (!given) return { useDefault: true };
  const overrides = given.overrides ?? [];
  const useDefault = given.useDefault ?? false;
  if (useDefault && overrides.length > 0) {
    throw new ApiError({
      status: 400,
      reason: 'cannotUseDefaultRemindersAndSpecifyOverride',
      message: 'Cannot specify both default reminders and overrides at the same time.',
      domain: 'calendar',
    });
  }
  return { useDefault, ...(overrides.length > 0 && { overrides }) };
}

/** Keys that are too long are dropped and values cut, neither with a word (contract 6). */
function checkProperties(given: EventBody['extendedProperties']): EventFields['extendedProperties'] {
  const kept = compact({ private: cut(given?.private), shared: cut(given?.shared) });
  const entries = [...Object.entries(kept.private ?? {}), ...Object.entries(kept.shared ?? {})];
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (entries.length > mostProperties || bytes > mostPropertyBytes) throw invalid('Extended properties are too large.');
  return entries.length > 0 ? kept : undefined;
}

function cut(given: Record<string, string | null> | null | undefined): Record<string, string> | undefined {
  const kept = Object.entries(given ?? {})
    .filter((entry): entry is [string, string] => entry[1] !== null && entry[0].length <= longestKey)
    .map(([key, value]) => [key, value.slice(0, longestValue)] as const);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Without what is null, undefined or empty. */
export function compact<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], null> } {
  const kept = Object.entries(given).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], null> };
}

/** The same event so much later, as somebody who drags it does. */
export function shift(time: EventTimeFields, millis: number): EventTimeFields {
  if (time.date !== undefined) {
    return {
      date:
        DateTime.fromISO(time.date, { zone: 'UTC' })
          .plus({ days: Math.round(millis / 86_400_000) })
          .toISODate() ?? '',
    };
  }
  return { ...time, dateTime: new Date(Date.parse(time.dateTime ?? '') + millis).toISOString() };
}
