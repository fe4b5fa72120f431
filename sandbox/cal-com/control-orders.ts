import { z } from 'zod';
import { calendarKinds, knownScopes } from './model.js';
import { emailAddress } from './parameters.js';
import { seededEmail } from './seed.js';

/** What each control accepts, over HTTP and in process alike. */

const reference = z.string().min(1);
const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone' })
  .transform((value) => new Date(value));
/** An e-mail address, with or without the client's mark, a username or an id. */
const account = z.union([reference, z.number().int()]);
const by = z.enum(['host', 'attendee']).default('attendee');
const reason = z.string().nullable().default(null);
const times = z.number().int().positive().default(1);
const metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({});
const email = emailAddress;

const attendee = z.strictObject({
  name: z.string().min(1).default('Zoé Martin'),
  email: email.default('zoe.martin@example.test'),
  time_zone: z.string().default('Europe/Paris'),
  language: z.string().default('fr'),
  phone_number: z.string().nullable().default(null),
  /** By the slug of the question. */
  responses: z.record(z.string(), z.unknown()).default({}),
});

const booking = {
  account: account.default(seededEmail),
  /** Default: tomorrow 14:00 in the host's zone. */
  start: instant.optional(),
  attendee: attendee.prefault({}),
  guests: z.array(email).default([]),
  /** Campaigns too, as `utm_source` and so on: Cal.com has no field of its own for them. */
  metadata,
  location: z.string().optional(),
  /** Weekly, tied together by one uid. */
  occurrences: z.number().int().min(2).max(52).optional(),
};

/** Title, slug or id of one of the account's event types. */
const eventType = z.union([reference, z.number().int()]);
export const bookOrder = z.strictObject({ ...booking, event_type: eventType.optional() });
export const requestOrder = bookOrder;
export const bookingOrder = z.strictObject({ booking: reference });
export const rejectOrder = z.strictObject({ booking: reference, reason });
const change = { booking: reference, by, reason, seat: reference.optional() };
export const moveOrder = z.strictObject({ ...change, start: instant });
export const cancelOrder = z.strictObject(change);
export const requestRescheduleOrder = z.strictObject({ booking: reference, reason });
export const absenceOrder = z.strictObject({
  booking: reference,
  /** Default: everybody but the host. */
  attendees: z.array(email).optional(),
  host: z.boolean().default(false),
});

export const addAccountOrder = z.strictObject({
  name: z.string().min(1),
  email,
  /** Its organization is the seeded one, or one of its own. */
  organization: z.enum(['seeded', 'own']).default('own'),
});
export const addEventTypeOrder = z.strictObject({
  account: account.default(seededEmail),
  title: z.string().min(1),
  slug: z.string().regex(/^[a-z0-9-]+$/),
  length: z.number().int().positive().default(30),
  location: z.string().default('integrations:daily'),
  requires_confirmation: z.boolean().default(false),
  seats: z.number().int().positive().nullable().default(null),
  fields: z
    .array(
      z.strictObject({
        slug: reference,
        label: reference,
        type: z.enum(['text', 'textarea', 'phone']).default('text'),
      }),
    )
    .default([]),
});
export const seedOrder = z.strictObject({
  account: account.default(seededEmail),
  bookings: z.number().int().positive().max(100_000),
  /** Default: twenty days on either side of now. */
  from: instant.optional(),
  to: instant.optional(),
});

const decision = z.enum(['approve', 'refuse']).default('approve');
export const consentOrder = z.strictObject({
  authorize_url: z.url(),
  account: account.default(seededEmail),
  decision,
});
export const calendarConsentOrder = z.strictObject({
  auth_url: z.url(),
  /** The account at Google or Microsoft. */
  email: email.default('nora.agenda@example.test'),
  decision,
});
export const apiKeyOrder = z.strictObject({
  account: account.default(seededEmail),
  limit: z.number().int().positive().nullable().default(null),
});
export const redirectUrisOrder = z.strictObject({ redirect_uris: z.array(z.string().min(1)).min(1) });
export const tokensOrder = z.strictObject({
  account: account.optional(),
  tokens: z.enum(['access', 'refresh', 'both']).default('access'),
});
export const accountOrder = z.strictObject({ account: account.optional() });
export const platformOrder = z.strictObject({
  status: z.union([z.literal(404), z.literal(410), z.null()]).default(404),
});
export const permissionsOrder = z.strictObject({ permissions: z.array(z.enum(knownScopes)) });

export const killCredentialOrder = z.strictObject({
  account,
  calendar: z.enum([...calendarKinds, 'ics-feed']).default('google'),
  how: z.enum(['invalid', 'refused', 'not-connected', 'good']).default('invalid'),
});
export const busyOrder = z.strictObject({
  account,
  calendar: z.enum([...calendarKinds, 'ics-feed']).default('google'),
  start: instant,
  end: instant,
});

export const advanceOrder = z.strictObject({ seconds: z.number().nonnegative() });
export const releaseOrder = z.strictObject({
  order: z.union([z.enum(['oldest-first', 'newest-first']), z.array(z.string())]).default('oldest-first'),
  concurrency: z.number().int().positive().max(256).default(1),
});
export const dropOrder = z.strictObject({ times });
export const forgeOrder = z.strictObject({ times, how: z.enum(['other-secret', 'no-secret']).default('other-secret') });
export const repeatOrder = z.strictObject({ delivery: z.string(), times });
