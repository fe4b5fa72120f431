import { z } from 'zod';
import { faultSchema } from './faults.js';
import { sendUpdatesChoices } from './mails.js';
import { accessRoles } from './model.js';
import { findScope, type Scope } from './scopes.js';
import { mainEmail } from './seed.js';

/** What each control accepts, over HTTP and in process alike. */

const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone' })
  .transform((value) => new Date(value));
const times = z.number().int().positive().max(10_000).default(1);
const account = z.string().default(mainEmail);
const calendar = z.string().min(1).default('primary');
/** An event in Google's own shape, as far as it is written. */
const event = z.record(z.string(), z.unknown());
const edit = { account, calendar, send_updates: z.enum(sendUpdatesChoices).default('none') };
const scope = z.enum(['this', 'following', 'all']).optional();

export const addEventOrder = z.strictObject({ ...edit, event });
export const changeEventOrder = z.strictObject({ ...edit, event: z.string().min(1), scope, changes: event });
export const deleteEventOrder = z.strictObject({ ...edit, event: z.string().min(1), scope });
export const eventOrder = z.strictObject({ account, calendar, event: z.string().min(1) });
export const eventsOrder = z.strictObject({ account, calendar, from: instant.optional(), to: instant.optional() });
export const seedOrder = z.strictObject({
  account,
  calendar,
  events: z.number().int().positive().max(50_000),
  from: instant.optional(),
  to: instant.optional(),
});
export const addAccountOrder = z.strictObject({ name: z.string().trim().min(1), email: z.email() });
export const shareOrder = z.strictObject({
  account,
  calendar,
  with: z.string().min(1),
  role: z.enum(accessRoles),
});
export const consentOrder = z.strictObject({
  authorize_url: z.url(),
  account,
  decision: z.enum(['approve', 'refuse']).default('approve'),
  /** Those left ticked; all when absent. */
  scopes: z
    .array(z.string().refine((text) => findScope(text) !== null, 'is not a scope'))
    .transform((texts) => texts.map(findScope).filter((found): found is Scope => found !== null))
    .optional(),
  /** The user grants access for so long only. */
  access_seconds: z.number().int().positive().optional(),
  /** What Google sends back instead of a decision: `admin_policy_enforced`, say. */
  error: z.string().min(1).optional(),
});
export const accountsOrder = z.strictObject({ account: z.string().optional() });
export const calendarsOrder = z.strictObject({ account: z.string().optional(), calendar: z.string().optional() });
export const redirectUrisOrder = z.strictObject({ redirect_uris: z.array(z.string().min(1)).min(1) });
export const advanceOrder = z.strictObject({ seconds: z.number().positive() });
export const timesOrder = z.strictObject({ times });
export const releaseOrder = z.strictObject({ order: z.enum(['oldest-first', 'newest-first']).default('oldest-first') });
export const repeatOrder = z.strictObject({ push: z.number().int().positive(), times });
export const expireChannelsOrder = z.strictObject({ channel: z.string().optional() });
export { faultSchema as faultOrder };
