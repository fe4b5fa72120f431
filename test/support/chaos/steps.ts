import type { Role } from './fleet.js';
import type { Step } from './tripwire.js';

export interface KillStep extends Step {
  readonly role: Role;
  /** Of a provider, not of the database. */
  readonly isCall?: boolean;
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

/** Connecting an account: in the one process that was asked to. */
export const CONNECT_STEPS: readonly KillStep[] = [
  api('the state is spent, nobody was called', /UPDATE oauth_transactions SET consumed_at = clock/, 'after-commit'),
  call('api', 'the code is redeemed, its answer lost', /^POST \/google\/token/, 'after'),
  call('api', 'the account is not read yet', /^GET \/google\/oauth2/, 'before'),
  api('the connection is stored, not committed', /INSERT INTO integrations/, 'before-commit'),
  api('the connection is committed, not answered', /INSERT INTO integrations/, 'after-commit'),
];

export const CHANNEL_STEPS: readonly KillStep[] = [
  worker('the channel is noted, nobody was called', /INSERT INTO channels/, 'after-commit'),
  call('worker', 'the channel is not asked for yet', /^POST \/google.*watch/, 'before'),
  call('worker', 'the channel is open, its answer lost', /^POST \/google.*watch/, 'after'),
  worker('the channel is recorded, not committed', /UPDATE channels SET state = 'open'/, 'before-commit'),
  worker('the channel is recorded', /UPDATE channels SET state = 'open'/, 'after-commit'),
];

export const READING_STEPS: readonly KillStep[] = [
  call('worker', 'the page is not asked for yet', /^GET \/google.*\/events\?/, 'before'),
  call('worker', 'the page was sent and not read', /^GET \/google.*\/events\?/, 'after'),
  worker('the page is written, not committed', /INSERT INTO calendar_events/, 'before-commit'),
  worker('the page is committed', /INSERT INTO calendar_events/, 'after-commit'),
  worker(
    'the cursor is written, not committed',
    /INSERT INTO calendar_cursors|UPDATE calendar_cursors/,
    'before-commit',
  ),
  worker('the cursor is committed', /INSERT INTO calendar_cursors|UPDATE calendar_cursors/, 'after-commit'),
];

/** By what is done to the copy. */
export const COPY_STEPS = {
  create: [
    worker('the create is noted, not sent', /UPDATE copies SET sent_at/, 'after-commit'),
    call('worker', 'the create is not there yet', /^POST \/google.*\/events(\?| )/, 'before'),
    call('worker', 'the event stands, its answer lost', /^POST \/google.*\/events(\?| )/, 'after'),
    worker('the event stands, its id not committed', /UPDATE copies SET state/, 'before-commit'),
    worker('the event and its id stand', /UPDATE copies SET state/, 'after-commit'),
  ],
  update: [
    call('worker', 'the change is not there yet', /^(PATCH|PUT) \/google.*\/events\//, 'before'),
    call('worker', 'the event is changed, its answer lost', /^(PATCH|PUT) \/google.*\/events\//, 'after'),
    worker('the event is changed, not recorded', /UPDATE copies SET state/, 'before-commit'),
  ],
  delete: [
    call('worker', 'the deletion is not there yet', /^DELETE \/google.*\/events\//, 'before'),
    call('worker', 'the event is gone, its answer lost', /^DELETE \/google.*\/events\//, 'after'),
    worker('the event is gone, not recorded', /UPDATE copies SET state/, 'before-commit'),
  ],
} as const satisfies Record<string, readonly KillStep[]>;

const KEEP_TOKENS = /UPDATE integrations SET access_token = \$4/;

export const REFRESH_STEPS: readonly KillStep[] = [
  worker('the attempt is noted, nobody was called', /INSERT INTO token_refresh_attempts/, 'after-commit'),
  call('worker', 'the token is not spent yet', /^POST \/calendly\/auth\/oauth\/token/, 'before'),
  worker('the new pair is stored and committed', KEEP_TOKENS, 'after-commit'),
];

/** Single-use tokens: with these, and only these, the new pair dies with the process. */
export const REFRESH_LOSSES: readonly KillStep[] = [
  call('worker', 'the token is spent, the answer lost', /^POST \/calendly\/auth\/oauth\/token/, 'after'),
  worker('the token is spent, the new pair not stored', KEEP_TOKENS, 'before'),
  worker('the token is spent, the new pair not committed', KEEP_TOKENS, 'before-commit'),
];

export const FAREWELL_STEPS: readonly KillStep[] = [
  worker('the promise is opened', /UPDATE outbox SET attempts/, 'after-commit'),
  call('worker', 'the grant is not revoked yet', /^POST \/google\/revoke/, 'before'),
  call('worker', 'the grant is revoked, its answer lost', /^POST \/google\/revoke/, 'after'),
  worker('the promise is kept, not recorded', /UPDATE outbox SET state = 'done'/, 'before-commit'),
  worker('the promise is recorded', /UPDATE outbox SET state = 'done'/, 'after-commit'),
];

export const RETENTION_STEPS: readonly KillStep[] = [
  worker('a chunk is purged, not committed', /UPDATE deliveries SET body = NULL/, 'before-commit'),
  worker('a chunk is purged and committed', /UPDATE deliveries SET body = NULL/, 'after-commit'),
];

function call(role: Role, name: string, says: RegExp, moment: 'before' | 'after'): KillStep {
  return { name, says, moment, role, isCall: true };
}

function api(name: string, says: RegExp, moment: Step['moment']): KillStep {
  return { name, says, moment, role: 'api' };
}

function worker(name: string, says: RegExp, moment: Step['moment']): KillStep {
  return { name, says, moment, role: 'worker' };
}
