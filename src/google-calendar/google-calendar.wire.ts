import { z } from 'zod';

// The fields of Google's objects that we read, checked at the door. Anything else an answer holds is left alone.

/** PostgreSQL stores neither NUL nor half a surrogate pair; a text that holds one is still a text. */
const text = z.string().transform((value) => value.toWellFormed().replaceAll('\0', ''));

const externalId = z.string().min(1).max(1_024);

/** Either `date`, or `dateTime`. Which of them makes sense is for the mapper to say: one odd event must not stop a page. */
const eventTime = z.object({
  date: z.string().nullish(),
  dateTime: z.string().nullish(),
  timeZone: z.string().nullish(),
});
export type EventTimeWire = z.infer<typeof eventTime>;

/** As it came, for it goes back the same way: a list of guests is only ever replaced as a whole. */
const rawAttendee = z.record(z.string(), z.unknown());
export type RawAttendee = z.infer<typeof rawAttendee>;

export const attendeeWire = z.object({
  email: text,
  displayName: text.nullish().catch(null),
  responseStatus: z.string().nullish().catch(null),
  organizer: z.boolean().nullish().catch(null),
  self: z.boolean().nullish().catch(null),
});

/** Of a deleted event only `id` and `status` can be counted on. */
export const eventWire = z.object({
  id: externalId,
  status: z.enum(['confirmed', 'tentative', 'cancelled']).default('confirmed'),
  etag: z.string().max(200).nullish(),
  htmlLink: text.nullish(),
  updated: z.string().nullish(),
  summary: text.nullish(),
  description: text.nullish(),
  location: text.nullish(),
  start: eventTime.nullish(),
  end: eventTime.nullish(),
  originalStartTime: eventTime.nullish(),
  recurringEventId: externalId.nullish(),
  iCalUID: text.nullish(),
  transparency: z.string().nullish(),
  visibility: z.string().nullish(),
  attendees: z.array(rawAttendee).nullish(),
  attendeesOmitted: z.boolean().nullish(),
  hangoutLink: text.nullish(),
  conferenceData: z
    .object({
      entryPoints: z
        .array(z.object({ entryPointType: z.string().nullish(), uri: text.nullish() }))
        .nullish()
        .catch(null),
    })
    .nullish(),
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).nullish() }).nullish(),
});
export type EventWire = z.infer<typeof eventWire>;

const token = z.string().min(1).max(16_384).nullish();

export const eventPageWire = z.object({
  items: z.array(eventWire).max(2_500).default([]),
  nextPageToken: token,
  nextSyncToken: token,
});

export const calendarPageWire = z.object({
  items: z
    .array(
      z.object({
        id: externalId,
        summary: text.nullish(),
        summaryOverride: text.nullish(),
        timeZone: z.string().nullish(),
        primary: z.boolean().nullish(),
        accessRole: z.string(),
        deleted: z.boolean().nullish(),
      }),
    )
    .max(250),
  nextPageToken: token,
});
export type CalendarWire = z.infer<typeof calendarPageWire>['items'][number];

/** `expiration` is a text of milliseconds: the number does not fit everywhere. */
export const channelWire = z.object({
  id: z.string().min(1).max(64),
  resourceId: z.string().min(1).max(1_024),
  expiration: z
    .string()
    .regex(/^\d{12,14}$/)
    .transform((milliseconds) => new Date(Number(milliseconds))),
});

/** `id` in the older shape, `sub` in that of OpenID Connect: the same lasting name of the account. */
export const userinfoWire = z
  .object({
    id: z.string().min(1).max(255).optional(),
    sub: z.string().min(1).max(255).optional(),
    email: z.email().max(254),
    name: text.nullish(),
  })
  .refine(({ id, sub }) => id !== undefined || sub !== undefined);
