import type { EventBody, RecurrenceBody } from './event-body.js';
import { invalidProperty, unsupportedZone } from './graph-error.js';
import { newGuid } from './ids.js';
import { toHtml } from './item-body.js';
import type { Account, Attendee, EventContent, EventTime, Location, OnlineMeeting, Recurrence } from './model.js';
import { dateOf, instantOf, isMidnight, localIn, readWallTime, toEventTime } from './times.js';
import { findZone } from './zones.js';

/** Whose event it is, and whether zone names nobody knows are let in: the API refuses them, a person's device may not. */
export interface Author {
  account: Account;
  takesAnyZone: boolean;
}

export type ContentName = keyof EventContent;

/** An event as it would be with what the body says; what the body leaves out stays (contract 6). */
export function contentWith(base: EventContent, body: EventBody, author: Author): EventContent {
  const content: EventContent = { ...base, ...changesIn(base, body, author) };
  checkTimes(content);
  return content;
}

export function newContent(body: EventBody, author: Author): EventContent {
  if (body.start === undefined || body.end === undefined) {
    throw invalidProperty('Required properties start and end are not specified.');
  }
  const { account } = author;
  const nothing: EventContent = {
    subject: '',
    html: '',
    start: readTime(body.start, author),
    end: readTime(body.end, author),
    isAllDay: false,
    locations: [],
    attendees: [],
    importance: 'normal',
    sensitivity: 'normal',
    showAs: 'busy',
    categories: [],
    isReminderOn: true,
    reminderMinutesBeforeStart: 15,
    allowNewTimeProposals: true,
    hideAttendees: false,
    responseRequested: true,
    onlineMeeting: null,
    organizer: { name: account.displayName, address: account.mail ?? account.userPrincipalName },
    isOrganizer: true,
    isCancelled: false,
    responseStatus: { response: 'organizer', at: null },
    extendedProperties: new Map(),
  };
  return contentWith(nothing, body, author);
}

/** The fields of an event that a body speaks of. */
export function namesIn(body: EventBody): ContentName[] {
  const names: [keyof EventBody, ContentName][] = [
    ['subject', 'subject'],
    ['body', 'html'],
    ['start', 'start'],
    ['end', 'end'],
    ['isAllDay', 'isAllDay'],
    ['location', 'locations'],
    ['locations', 'locations'],
    ['attendees', 'attendees'],
    ['importance', 'importance'],
    ['sensitivity', 'sensitivity'],
    ['showAs', 'showAs'],
    ['categories', 'categories'],
    ['isReminderOn', 'isReminderOn'],
    ['reminderMinutesBeforeStart', 'reminderMinutesBeforeStart'],
    ['allowNewTimeProposals', 'allowNewTimeProposals'],
    ['hideAttendees', 'hideAttendees'],
    ['responseRequested', 'responseRequested'],
    ['isOnlineMeeting', 'onlineMeeting'],
    ['singleValueExtendedProperties', 'extendedProperties'],
  ];
  return [...new Set(names.filter(([name]) => body[name] !== undefined).map(([, name]) => name))];
}

export function readTime(given: { dateTime: string; timeZone?: string | null }, author: Author): EventTime {
  const local = readWallTime(given.dateTime);
  // A wall time with an offset would say twice where it is (contract 5).
  if (local === null) throw invalidProperty(`The dateTime '${given.dateTime}' is not a date and time without offset.`);
  const zone = given.timeZone ?? 'UTC';
  return toEventTime(local, zone, meaningOf(zone, author));
}

function meaningOf(zone: string, { account, takesAnyZone }: Author): string {
  const iana = findZone(zone) ?? (takesAnyZone ? findZone(account.timeZone) : null);
  if (iana === null) throw unsupportedZone(zone);
  return iana;
}

/** Checked against the event it is to repeat: the range starts on the event's own day (contract 5). */
export function readRecurrence(
  body: RecurrenceBody,
  start: EventTime,
  author: Author,
): { recurrence: Recurrence; iana: string } {
  const { pattern, range } = body;
  const zone = range.recurrenceTimeZone || start.zone;
  const iana = meaningOf(zone, author);
  if (['weekly', 'relativeMonthly', 'relativeYearly'].includes(pattern.type) && pattern.daysOfWeek.length === 0) {
    throw invalidProperty(`A ${pattern.type} pattern needs daysOfWeek.`);
  }
  if (['absoluteMonthly', 'absoluteYearly'].includes(pattern.type) && pattern.dayOfMonth === 0) {
    throw invalidProperty(`A ${pattern.type} pattern needs dayOfMonth.`);
  }
  if (pattern.type.endsWith('Yearly') && pattern.month === 0) throw invalidProperty('A yearly pattern needs month.');
  if (range.startDate !== dateOf(localIn(start.at, iana))) {
    throw invalidProperty('The startDate of the range must be the date of the start of the event.');
  }
  const endDate = range.type === 'endDate' ? (range.endDate ?? null) : null;
  if (range.type === 'endDate' && (endDate === null || endDate < range.startDate)) {
    throw invalidProperty('The endDate of the range must not be before its startDate.');
  }
  if (range.type === 'numbered' && range.numberOfOccurrences === 0) {
    throw invalidProperty('A numbered range needs numberOfOccurrences.');
  }
  const numberOfOccurrences = range.type === 'numbered' ? range.numberOfOccurrences : 0;
  const { type, startDate } = range;
  return {
    recurrence: { pattern, range: { type, startDate, endDate, numberOfOccurrences, recurrenceTimeZone: zone } },
    iana,
  };
}

/** Midnight to midnight in one zone for whole days, and never backwards (contract 5). */
function checkTimes({ start, end, isAllDay }: EventContent): void {
  if (end.at < start.at) throw invalidProperty('The end of the event must not be before its start.');
  if (!isAllDay) return;
  for (const [name, time] of Object.entries({ Start: start, End: end })) {
    if (!isMidnight(time.local)) {
      throw invalidProperty(`The Event.${name} property for an all-day event needs to be set to midnight.`);
    }
  }
  if (start.zone !== end.zone) throw invalidProperty('An all-day event starts and ends in the same time zone.');
  if (start.local === end.local) throw invalidProperty('The duration of an all-day event must be at least one day.');
}

function changesIn(base: EventContent, body: EventBody, author: Author): Partial<EventContent> {
  const { subject, start, end, attendees } = body;
  const locations = locationsIn(body);
  return {
    ...(subject === undefined ? {} : { subject: subject ?? '' }),
    ...(body.body && { html: toHtml(body.body.contentType, body.body.content ?? '') }),
    ...(start && { start: readTime(start, author) }),
    ...(end && { end: readTime(end, author) }),
    ...(locations && { locations }),
    ...(attendees && { attendees: attendees.map((given) => attendeeFrom(given, base.attendees)) }),
    ...set('isAllDay', body.isAllDay),
    ...set('importance', body.importance),
    ...set('sensitivity', body.sensitivity),
    ...set('showAs', body.showAs),
    ...set('categories', body.categories),
    ...set('isReminderOn', body.isReminderOn),
    ...set('reminderMinutesBeforeStart', body.reminderMinutesBeforeStart),
    ...set('allowNewTimeProposals', body.allowNewTimeProposals),
    ...set('hideAttendees', body.hideAttendees),
    ...set('responseRequested', body.responseRequested),
    ...(body.isOnlineMeeting && { onlineMeeting: meetingFor(base, body, author) }),
    ...(body.singleValueExtendedProperties && {
      extendedProperties: new Map([
        ...base.extendedProperties,
        ...body.singleValueExtendedProperties.map(({ id, value }) => [id, value] as const),
      ]),
    }),
  };
}

/** Null empties nothing that has no empty state: the field keeps what it has. */
function set<N extends ContentName>(name: N, value: EventContent[N] | null | undefined) {
  return value === undefined || value === null ? {} : { [name]: value };
}

/** `location` and `locations` mirror each other; writing the one replaces the other (contract 5). */
function locationsIn(body: EventBody): Location[] | null {
  const written = body.locations ?? (body.location === undefined ? null : [body.location ?? {}]);
  if (written === null) return null;
  return written
    .map((location) => ({ ...location, displayName: location.displayName ?? '' }))
    .filter(({ displayName, locationUri }) => displayName !== '' || Boolean(locationUri));
}

/** The list is replaced whole, but whoever stays on it keeps the answer given before. */
function attendeeFrom(
  { type, emailAddress }: NonNullable<EventBody['attendees']>[number],
  before: readonly Attendee[],
): Attendee {
  const { address } = emailAddress;
  const earlier = before.find((other) => isSameAddress(other.emailAddress.address, address));
  const name = emailAddress.name ?? earlier?.emailAddress.name ?? address;
  return { type, emailAddress: { name, address }, status: earlier?.status ?? { response: 'none', at: null } };
}

export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Once on, a meeting stays on, and stays with its provider (contract 5). */
function meetingFor(base: EventContent, body: EventBody, { account }: Author): OnlineMeeting {
  if (base.onlineMeeting) return base.onlineMeeting;
  const provider = body.onlineMeetingProvider ?? 'teamsForBusiness';
  if (!allowedProviders(account).includes(provider)) {
    throw invalidProperty(`The online meeting provider '${provider}' is not allowed in this calendar.`);
  }
  return { provider, joinUrl: `https://teams.sandbox.invalid/l/meetup-join/${newGuid()}` };
}

export function allowedProviders(account: Account): string[] {
  return account.kind === 'work' ? ['teamsForBusiness'] : [];
}

export function atWall(local: string, zone: string, iana: string): EventTime {
  return { local, zone, at: instantOf(local, iana) };
}
