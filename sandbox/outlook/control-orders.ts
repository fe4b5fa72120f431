import { z } from 'zod';
import { faultSchema } from './faults.js';
import { workEmail } from './seed.js';
import { tokenFaultSchema } from './token-faults.js';

/** What each control accepts, over HTTP and in process alike. */

const account = z.string().default(workEmail);
const times = z.number().int().positive().default(1);
const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone' })
  .transform((value) => new Date(value));
const person = z.strictObject({ name: z.string(), address: z.string() });

/** Checked by the code that serves the API, so that a person can write no event the service could not hold. */
const event = z.custom<object>((value) => typeof value === 'object' && value !== null, 'must be an event');
const scope = z.enum(['this', 'following', 'series']);

export const addEventOrder = z.strictObject({
  account,
  /** Name or id; the default calendar otherwise. */
  calendar: z.string().optional(),
  /** In the API's words. A zone nobody knows is let in: its wall time is then read in the mailbox's own zone. */
  event,
  /** Somebody else's meeting: the account is invited. */
  organizer: person.optional(),
  response: z.enum(['none', 'notResponded', 'tentativelyAccepted', 'accepted', 'declined']).optional(),
  is_cancelled: z.boolean().default(false),
});
export const changeEventOrder = z.strictObject({
  account,
  /** An id in either format. That of an occurrence means this occurrence, unless `scope` says otherwise. */
  event: z.string(),
  scope: scope.default('this'),
  changes: event.default({}),
  is_cancelled: z.boolean().optional(),
  response: z.enum(['none', 'notResponded', 'tentativelyAccepted', 'accepted', 'declined']).optional(),
});
export const moveEventOrder = z.strictObject({ account, event: z.string(), calendar: z.string() });
export const deleteEventOrder = z.strictObject({ account, event: z.string(), scope: scope.default('this') });
export const eventsOrder = z.strictObject({
  account,
  calendar: z.string().optional(),
  from: instant.optional(),
  to: instant.optional(),
  /** Answers in this zone. */
  time_zone: z.string().default('UTC'),
  id_format: z.enum(['immutable', 'mutable']).default('immutable'),
});
export const addCalendarOrder = z.strictObject({ account, name: z.string().min(1) });
export const seedOrder = z.strictObject({
  account,
  calendar: z.string().optional(),
  events: z.number().int().positive().max(100_000),
  /** Default: thirty days on either side of now. */
  from: instant.optional(),
  to: instant.optional(),
});

export const addAccountOrder = z.strictObject({
  name: z.string().min(1),
  email: z.email(),
  kind: z.enum(['work', 'personal']).default('work'),
  time_zone: z.string().default('Romance Standard Time'),
  /** The domain of another tenant. */
  tenant: z.string().optional(),
  /** Without one, Graph answers MailboxNotEnabledForRESTAPI. */
  has_mailbox: z.boolean().default(true),
});
export const changeTenantOrder = z.strictObject({
  tenant: z.string(),
  allows_user_consent: z.boolean().optional(),
  has_admin_consent: z.boolean().optional(),
});
export const consentOrder = z.strictObject({
  authorize_url: z.url(),
  account,
  decision: z.enum(['accept', 'refuse', 'needs-admin']).default('accept'),
});
export const adminConsentOrder = z.strictObject({
  admin_consent_url: z.url(),
  account,
  decision: z.enum(['accept', 'refuse']).default('accept'),
});
export const accountsOrder = z.strictObject({ account: z.string().optional() });
export const revokeOrder = z.strictObject({
  account: z.string().optional(),
  /** At Microsoft's they may live on for an hour: false keeps them. */
  access_tokens: z.boolean().default(true),
});
export const redirectUrisOrder = z.strictObject({ redirect_uris: z.array(z.string().min(1)).min(1) });

export const advanceOrder = z.strictObject({ seconds: z.number().nonnegative() });
export const endTokensOrder = z.strictObject({
  account: z.string().optional(),
  status: z.union([z.literal(410), z.literal(404), z.literal(400)]).default(410),
});
export const emptyPageOrder = z.strictObject({ times, mode: z.enum(['continue', 'end']).default('continue') });

export const subscriptionOrder = z.strictObject({ subscription: z.string() });
export const lifecycleOrder = z.strictObject({
  subscription: z.string(),
  event: z.enum(['reauthorizationRequired', 'subscriptionRemoved', 'missed']),
});
export const releaseOrder = z.strictObject({
  order: z.union([z.enum(['oldest-first', 'newest-first']), z.array(z.string())]).default('oldest-first'),
  concurrency: z.number().int().positive().max(256).default(1),
});
export const dropOrder = z.strictObject({ times });
export const repeatOrder = z.strictObject({ notification: z.string(), times });
export { faultSchema as faultOrder, tokenFaultSchema as tokenFaultOrder };
