import { z } from 'zod';
import { isHttpUrl } from '../platform/config/variables.js';

// The fields of Cal.com's objects that we read, checked at the door. Anything else an answer holds is left alone.

/** PostgreSQL stores neither NUL nor half a surrogate pair; a name that holds one is still a name. */
const text = z
  .string()
  .max(20_000)
  .transform((value) => value.toWellFormed().replaceAll('\0', ''));

const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const id = z.number().int().nonnegative();

/** Becomes part of an address, and of our own ids, which a slash divides. */
const uid = z.string().regex(/^[\w.-]{1,128}$/);
const email = z.string().max(320);
const answers = z.record(z.string().max(200), z.unknown());

const host = z.object({ id: id.nullish(), email: email.nullish(), displayEmail: email.nullish() });

const attendee = z.object({
  name: text,
  email,
  displayEmail: email.nullish(),
  timeZone: text.nullish(),
  phoneNumber: text.nullish(),
  absent: z.boolean().nullish(),
  seatUid: z.string().max(128).nullish(),
  bookingFieldsResponses: answers.nullish(),
});

export const bookingWire = z.object({
  uid,
  title: text.nullish(),
  status: z.enum(['accepted', 'pending', 'cancelled', 'rejected']),
  hosts: z.array(host).max(1_000),
  start: instant,
  end: instant,
  eventType: z.object({ id, slug: text.nullish() }).nullish(),
  eventTypeId: id.nullish(),
  location: text.nullish().catch(null),
  createdAt: instant,
  updatedAt: instant.nullish(),
  metadata: answers.nullish().catch(null),
  attendees: z.array(attendee).max(2_000),
  bookingFieldsResponses: answers.nullish(),
  cancellationReason: text.nullish(),
  cancelledByEmail: email.nullish(),
  rescheduledFromUid: uid.nullish(),
  rescheduledToUid: uid.nullish(),
});
export type BookingWire = z.infer<typeof bookingWire>;

export const bookingListWire = z.object({
  status: z.literal('success'),
  data: z.array(bookingWire).max(250),
  pagination: z.object({ hasNextPage: z.boolean(), itemsPerPage: z.number().int().positive() }),
});

export const eventTypesWire = z
  .array(
    z.object({
      id,
      title: text,
      bookingFields: z
        .array(z.object({ slug: text.nullish().catch(null), label: text.nullish().catch(null) }))
        .nullish()
        .catch(null),
    }),
  )
  .max(5_000);

export const userWire = z.object({ id, email, name: text.nullish(), username: text.nullish() });

const keys = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Epoch milliseconds. */
  accessTokenExpiresAt: z.number().int(),
});
export const platformKeysWire = keys;
export type PlatformKeysWire = z.infer<typeof keys>;

export const managedUserWire = userWire.extend({ metadata: answers.nullish().catch(null) });
export const createdUserWire = keys.extend({ user: managedUserWire });

/** The id is text, whatever the OpenAPI document says. */
export const webhookWire = z.object({ id: z.union([z.string(), z.number()]).transform(String), active: z.boolean() });

export const connectUrlWire = z.object({ authUrl: z.string().max(16_384).refine(isHttpUrl) });

const calendar = z.object({
  externalId: text,
  integration: text.nullish(),
  name: text.nullish(),
  primary: z.boolean().nullish(),
  readOnly: z.boolean().nullish(),
  isSelected: z.boolean().nullish(),
});

export const calendarsWire = z.object({
  connectedCalendars: z
    .array(
      z.object({
        integration: z.object({ type: text, title: text.nullish(), name: text.nullish() }),
        credentialId: id,
        primary: z.object({ externalId: text, email: text.nullish() }).nullish().catch(null),
        calendars: z.array(calendar).nullish(),
        error: z.object({ message: text.nullish() }).nullish(),
      }),
    )
    .max(200),
  destinationCalendar: z
    .object({ externalId: text, integration: text, credentialId: id.nullish(), primaryEmail: text.nullish() })
    .nullish(),
});
export type CalendarsWire = z.infer<typeof calendarsWire>;

export const busyTimesWire = z.array(z.object({ start: instant, end: instant, source: text.nullish() })).max(20_000);

export const destinationWire = z.object({ externalId: text, integration: text });

// Deliveries

export const deliveryEnvelopeWire = z.object({
  triggerEvent: z.string().max(100),
  createdAt: z.string().max(64),
  payload: z.record(z.string(), z.unknown()).optional(),
});

/** A label, a value, and whether the form showed it. */
const response = z.object({ label: text.nullish().catch(null), value: z.unknown() });
const responses = z.record(z.string().max(200), response.catch({ label: null, value: null }));

const deliveredAttendee = z.object({
  email,
  name: text,
  firstName: text.nullish(),
  lastName: text.nullish(),
  timeZone: text.nullish(),
  phoneNumber: text.nullish(),
});

export const deliveredBookingWire = z.object({
  uid,
  type: text.nullish(),
  eventTitle: text.nullish(),
  eventTypeId: id.nullish(),
  startTime: instant,
  endTime: instant,
  organizer: z.object({ id: id.nullish(), email: email.nullish() }),
  attendees: z.array(deliveredAttendee).min(1).max(2_000),
  responses: responses.nullish(),
  userFieldsResponses: responses.nullish(),
  additionalNotes: text.nullish().catch(null),
  location: text.nullish().catch(null),
  metadata: answers.nullish().catch(null),
  seatsPerTimeSlot: z.number().nullish(),
  status: z.string().max(40).nullish(),
  cancellationReason: text.nullish().catch(null),
  cancelledBy: text.nullish().catch(null),
  rejectionReason: text.nullish().catch(null),
  requestReschedule: z.boolean().nullish().catch(null),
  rescheduleUid: uid.nullish(),
  rescheduleStartTime: instant.nullish().catch(null),
  rescheduleEndTime: instant.nullish().catch(null),
});
export type DeliveredBookingWire = z.infer<typeof deliveredBookingWire>;

export const deliveredAbsenceWire = z.object({
  bookingUid: uid,
  attendees: z.array(z.object({ email, noShow: z.boolean() })).max(2_000),
});
