import type { Role } from './fleet.js';
import type { Step } from './tripwire.js';

export interface KillStep extends Step {
  readonly role: Role;
}

/** The way of a booking: from the request that tells of it to the mail and the webhook that follow from it. */
export const BOOKING_STEPS: readonly KillStep[] = [
  api('the delivery is not stored yet', /INSERT INTO deliveries/, 'before'),
  api('the delivery is stored, not committed', /INSERT INTO deliveries/, 'before-commit'),
  api('the delivery is committed, not answered', /INSERT INTO deliveries/, 'after-commit'),
  worker('the job is fetched', /UPDATE deliveries d\s+SET state|FROM deliveries WHERE id = ANY/, 'before'),
  worker('the delivery is locked', /FOR UPDATE OF d/, 'after'),
  worker('the booking is written', /INSERT INTO bookings/, 'after'),
  worker('the prospect is written', /INSERT INTO prospects/, 'after'),
  worker('the note is written', /INSERT INTO prospect_notes/, 'after'),
  worker('the notification is written', /INSERT INTO notifications/, 'after'),
  worker('the mail is promised', /INSERT INTO mails/, 'after'),
  worker('the webhook is promised', /INSERT INTO webhook_messages/, 'after'),
  worker('the delivery is closed, not committed', /UPDATE deliveries d\s+SET state/, 'before-commit'),
  worker('the delivery is closed and committed', /UPDATE deliveries d\s+SET state/, 'after-commit'),
  worker('the job is done, not removed', /delete from .*_private_jobs/is, 'before'),
  worker('the mail is claimed, not sent', /UPDATE mails\s+SET attempts/, 'after-commit'),
  worker('the mail is taken, not recorded', /UPDATE mails\s+SET state/, 'before'),
  worker('the mail is recorded', /UPDATE mails\s+SET state/, 'after-commit'),
  worker('the webhook is leased, not sent', /UPDATE webhook_messages SET leased_until/, 'after-commit'),
  worker('the webhook is accepted, not recorded', /INSERT INTO webhook_attempts/, 'before'),
  worker('the webhook is recorded', /INSERT INTO webhook_attempts/, 'after-commit'),
];

function api(name: string, says: RegExp, moment: Step['moment']): KillStep {
  return { name, says, moment, role: 'api' };
}

function worker(name: string, says: RegExp, moment: Step['moment']): KillStep {
  return { name, says, moment, role: 'worker' };
}
