import { z } from 'zod';

// The fields of Graph's objects that we read, checked at the door. Anything else an answer holds is left alone. Words
// that Microsoft may add to (free or busy, kinds of answer) are taken as texts; what they mean is up to the mapper.

/** PostgreSQL stores neither NUL nor half a surrogate pair; a title that holds one is still a title. */
const text = z.string().transform((value) => value.toWellFormed().replaceAll('\0', ''));

/** Case counts. With `/`, `+` and `=`, and never of a fixed length. */
const id = z.string().min(1).max(1_024);

const link = z.string().min(1).max(32_768);

const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));

/** Time on the wall without an offset, and the name of the zone that it needs in order to mean anything. */
const wallTime = z.object({ dateTime: z.string().max(64), timeZone: z.string().max(200).nullish() });
export type WallTimeWire = z.infer<typeof wallTime>;

/** Loose, because lists of guests are replaced as a whole: what is sent back is all of what was read. */
const emailAddress = z.looseObject({ name: text.nullish(), address: text.nullish() });
const attendee = z.looseObject({
  emailAddress: emailAddress.nullish(),
  status: z.looseObject({ response: z.string().nullish() }).nullish(),
});
export type AttendeeWire = z.infer<typeof attendee>;

export const eventWire = z.object({
  id,
  '@odata.etag': z.string().max(1_024).nullish(),
  type: z.enum(['singleInstance', 'occurrence', 'exception', 'seriesMaster']).nullish(),
  seriesMasterId: id.nullish(),
  originalStart: instant.nullish().catch(null),
  iCalUId: z.string().max(2_048).nullish(),
  transactionId: z.string().max(1_024).nullish(),
  subject: text.nullish(),
  body: z.object({ content: text.nullish() }).nullish(),
  location: z.object({ displayName: text.nullish() }).nullish(),
  start: wallTime.nullish(),
  end: wallTime.nullish(),
  originalStartTimeZone: z.string().max(200).nullish(),
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  isOrganizer: z.boolean().nullish(),
  showAs: z.string().nullish(),
  sensitivity: z.string().nullish(),
  attendees: z.array(attendee).max(5_000).nullish(),
  organizer: z.object({ emailAddress: emailAddress.nullish() }).nullish(),
  webLink: z.string().max(8_192).nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().max(8_192).nullish() }).nullish(),
  onlineMeetingUrl: z.string().max(8_192).nullish(),
  lastModifiedDateTime: instant.nullish().catch(null),
  /** Only where it was asked for. */
  singleValueExtendedProperties: z.array(z.object({ id: z.string(), value: z.string() })).nullish(),
});
export type EventWire = z.infer<typeof eventWire>;

/** What a round of changes lists: an event, little more than the id of one, or the word that it is not there. */
export const changeWire = eventWire.extend({ '@removed': z.object({ reason: z.string().nullish() }).nullish() });
export type ChangeWire = z.infer<typeof changeWire>;

export const changePageWire = z.object({
  value: z.array(changeWire).max(1_000),
  '@odata.nextLink': link.nullish(),
  '@odata.deltaLink': link.nullish(),
});
export type ChangePageWire = z.infer<typeof changePageWire>;

export const eventPageWire = z.object({ value: z.array(eventWire).max(1_000), '@odata.nextLink': link.nullish() });

export const calendarWire = z.object({
  id,
  name: text.nullish(),
  isDefaultCalendar: z.boolean().nullish(),
  canEdit: z.boolean().nullish(),
});
export type CalendarWire = z.infer<typeof calendarWire>;

export const calendarPageWire = z.object({
  value: z.array(calendarWire).max(1_000),
  '@odata.nextLink': link.nullish(),
});

export const userWire = z.object({
  id,
  displayName: text.nullish(),
  /** Often null for personal accounts. */
  mail: text.nullish(),
  userPrincipalName: text.nullish(),
});
export type UserWire = z.infer<typeof userWire>;

export const subscriptionWire = z.object({ id, expirationDateTime: instant });

export const subscriptionPageWire = z.object({
  value: z.array(z.object({ id, resource: z.string().nullish(), notificationUrl: z.string().nullish() })).max(1_000),
  '@odata.nextLink': link.nullish(),
});

/** One item of a notification. Its own resource is never followed: it says that there is something to read, no more. */
export const notificationWire = z.object({
  subscriptionId: z.string().min(1).max(128),
  clientState: z.string().min(1).max(255),
  changeType: z.string().max(64).nullish(),
  lifecycleEvent: z.string().max(64).nullish(),
});
