import { z } from 'zod';
import { faultSchema } from './faults.js';
import { knownScopes } from './scopes.js';
import { paidEmail } from './seed.js';

/** What each control accepts, over HTTP and in process alike. Ids may be given as URIs or as their last segment. */

const reference = z.string().min(1);
const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone' })
  .transform((value) => new Date(value));
const account = z.string().default(paidEmail);
const by = z.enum(['host', 'invitee']);
const reason = z.string().nullable().default(null);
const times = z.number().int().positive().default(1);

const tracking = z.strictObject({
  utm_campaign: z.string().nullable().default(null),
  utm_source: z.string().nullable().default(null),
  utm_medium: z.string().nullable().default(null),
  utm_content: z.string().nullable().default(null),
  utm_term: z.string().nullable().default(null),
  salesforce_uuid: z.string().nullable().default(null),
});

const invitee = z.strictObject({
  name: z.string().min(1).default('Zoé Martin'),
  email: z.email().default('zoe.martin@example.test'),
  first_name: z.string().nullable().default(null),
  last_name: z.string().nullable().default(null),
  timezone: z.string().nullable().default('Europe/Paris'),
  text_reminder_number: z.string().nullable().default(null),
  questions_and_answers: z
    .array(z.strictObject({ question: z.string(), answer: z.string(), position: z.number().int().optional() }))
    .default([]),
  tracking: tracking.prefault({}),
  routing_form_submission: reference.nullable().default(null),
  payment: z
    .strictObject({
      external_id: z.string(),
      provider: z.enum(['stripe', 'paypal']),
      amount: z.union([z.number(), z.string()]),
      currency: z.enum(['AUD', 'CAD', 'EUR', 'GBP', 'USD']),
      terms: z.string().nullable(),
      successful: z.boolean(),
    })
    .nullable()
    .default(null),
});

const location = z.looseObject({
  type: z.string(),
  status: z.enum(['initiated', 'processing', 'pushed', 'failed']).optional(),
  join_url: z.string().nullable().optional(),
  location: z.string().nullable().optional(),
});

export const bookOrder = z.strictObject({
  account,
  /** Name, slug, id or URI of one of the account's event types. */
  event_type: z.string().default('30min'),
  /** Default: tomorrow 14:00 in the account's zone. */
  start_time: instant.optional(),
  invitees: z
    .array(invitee)
    .min(1)
    .default([invitee.parse({})]),
  event_guests: z.array(z.email()).max(10).default([]),
  location: location.nullable().optional(),
});
export const moveOrder = z.strictObject({
  invitee: reference,
  start_time: instant,
  by: by.default('invitee'),
  reason,
  order: z.enum(['canceled-first', 'created-first']).default('canceled-first'),
});
export const cancelOrder = z
  .strictObject({ invitee: reference.optional(), event: reference.optional(), by: by.default('invitee'), reason })
  .refine((order) => Boolean(order.invitee) !== Boolean(order.event), {
    path: ['invitee'],
    message: 'give either invitee or event',
  });
export const inviteeOrder = z.strictObject({ invitee: reference });
export const pushLocationOrder = z.strictObject({ event: reference, join_url: z.url().optional() });
export const submitRoutingFormOrder = z.strictObject({
  account,
  event_type: z.string().default('30min'),
  questions_and_answers: z
    .array(z.strictObject({ question: z.string(), answer: z.string() }))
    .min(1)
    .default([{ question: 'Secteur ?', answer: 'Santé' }]),
  tracking: tracking.prefault({}),
});
export const seedOrder = z.strictObject({
  account,
  bookings: z.number().int().positive().max(100_000),
  /** Default: twenty days on either side of now. */
  from: instant.optional(),
  to: instant.optional(),
});
export const addAccountOrder = z.strictObject({
  name: z.string().min(1),
  email: z.email(),
  plan: z.enum(['free', 'paid']).default('paid'),
  role: z.enum(['user', 'admin', 'owner']).default('owner'),
  /** Joins this account's organization. */
  colleague_of: z.string().optional(),
});
export const changeAccountOrder = z.strictObject({
  account,
  plan: z.enum(['free', 'paid']).optional(),
  role: z.enum(['user', 'admin', 'owner']).optional(),
});
export const advanceOrder = z.strictObject({ seconds: z.number().nonnegative() });
export const accountsOrder = z.strictObject({ account: z.string().optional() });
export const redirectUrisOrder = z.strictObject({ redirect_uris: z.array(z.string().min(1)).min(1) });
export const consentOrder = z.strictObject({
  authorize_url: z.url(),
  account,
  decision: z.enum(['approve', 'refuse']).default('approve'),
});
export const personalTokenOrder = z.strictObject({
  account,
  scopes: z.array(z.enum(knownScopes)).default([...knownScopes]),
});
export const releaseOrder = z.strictObject({
  order: z.union([z.enum(['oldest-first', 'newest-first']), z.array(z.string())]).default('oldest-first'),
  concurrency: z.number().int().positive().max(256).default(1),
});
export const dropOrder = z.strictObject({ times });
export const staleOrder = z.strictObject({ times, age_seconds: z.number().int().positive().default(600) });
export const repeatOrder = z.strictObject({ delivery: z.string(), times });
export { faultSchema as faultOrder };
