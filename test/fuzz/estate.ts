import { randomUUID } from 'node:crypto';
import { SchedulerRegistry } from '@nestjs/schedule';
import { demand, NORA, type Person } from '../support/app.js';
import type { WholeApp } from '../support/whole-app.js';
import type { Operation } from './api-description.js';

/** Stands in everything that people of the estate have written: whoever else reads it has read too much. */
export const CANARY = 'Kanarienvogel';

/** An organization that has one of everything that routes can name. */
export interface Estate {
  readonly owner: Person;
  readonly administrator: Person;
  readonly member: Person;
  /** By the path of the route up to the parameter: "/api/prospects/" has a prospect. */
  readonly byPath: Readonly<Record<string, string>>;
  /** By the name of a field or of a parameter of the query, for those that name something. */
  readonly byName: Readonly<Record<string, string>>;
}

/** Parts of addresses that name nothing of anybody's: a kind of calendar, a secret that is itself the permission. */
export const NOT_IDS: Readonly<Record<string, string>> = { type: 'google', token: 'nobody-knows-this-token' };

/** What of the estate each parameter of a path would name; throws where nobody has made such a thing. */
export function pathValuesOf(estate: Estate, { name, path, parameters }: Operation): Record<string, string> {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  return Object.fromEntries(
    inPath.map((parameter) => {
      const value = estate.byPath[path.slice(0, path.indexOf(`{${parameter.name}}`))] ?? NOT_IDS[parameter.name];
      if (value === undefined) throw new Error(`${name} names something that the estate has not: add it there`);
      return [parameter.name, value];
    }),
  );
}

/** Everything is made the way it is made in life, save three rows that only trouble makes. */
export async function furnishEstate(app: WholeApp): Promise<Estate> {
  const owner = await app.registerOrganization();
  const { token } = owner;
  const make = async (path: string, body: object): Promise<{ id: string }> =>
    demand(201, await app.http('POST', path, { token, body })).body;

  const member = await app.addMember(owner, 'member');
  const administrator = await app.addMember(owner, 'admin');
  // Somebody who may be removed without loss.
  const guest = await app.addMember(owner, 'member');
  await connectEverything(app, owner);
  const prospect = await make('/api/prospects', { firstname: CANARY, email: 'canary@example.test', notes: CANARY });
  const formation = await make('/api/formations', {
    title: CANARY,
    sessions: [{ starts_at: '2027-03-10T09:00:00+01:00', ends_at: '2027-03-10T17:00:00+01:00' }],
    participants: [{ email: 'participant@example.test', name: CANARY }],
  });
  const { sessions, participants } = demand(
    200,
    await app.http('GET', `/api/formations/${formation.id}`, { token }),
  ).body;
  const webhook = await make('/api/webhooks', {
    url: 'https://canary.example/hooks',
    events: ['prospect.created', 'booking.created'],
  });
  app.sandbox.control.book({ invitees: [{ name: CANARY, email: 'booked@example.test' }] });
  await app.sandbox.control.deliveriesSettled();
  await quiet(app);

  const firstOf = async (table: string, condition = 'true'): Promise<string> => {
    const [row] = await app.database.query<{ id: string }>(
      `SELECT id FROM ${table} WHERE organization_id = $1 AND ${condition} ORDER BY id LIMIT 1`,
      [owner.organizationId],
    );
    if (!row) throw new Error(`The estate has no row of ${table} where ${condition}`);
    return row.id;
  };
  demand(202, await app.http('POST', `/api/webhooks/${webhook.id}/test`, { token }));
  const again = { provider: 'calendly' };
  const replay = demand(202, await app.http('POST', '/api/deliveries/replay', { token, body: again })).body;
  const integration = await firstOf('integrations', `provider = 'calendly'`);
  const booking = await firstOf('bookings');
  const notification = await firstOf('notifications');
  const trouble = await makeTrouble(app, owner, {
    sessionId: sessions[0].id,
    calendarId: await firstOf('integrations', `provider = 'google-calendar'`),
  });

  return {
    owner,
    administrator,
    member,
    byPath: {
      '/api/bookings/': booking,
      '/api/calendar-integration/conflicts/': trouble.conflict,
      '/api/dead-letters/': trouble.letter,
      '/api/deliveries/': await firstOf('deliveries'),
      '/api/deliveries/replays/': replay.run_id,
      '/api/formations/': formation.id,
      '/api/formations/{id}/participants/': participants[0].id,
      '/api/formations/{id}/sessions/': sessions[0].id,
      '/api/integrations/': integration,
      '/api/mails/': await firstOf('mails'),
      '/api/notifications/': notification,
      '/api/organization/members/': guest.userId,
      '/api/prospects/': prospect.id,
      '/api/sync-runs/': trouble.run,
      '/api/webhooks/': webhook.id,
      '/api/webhooks/{id}/deliveries/': await firstOf('webhook_messages'),
    },
    byName: {
      after: notification,
      booking_id: booking,
      formationId: formation.id,
      formation_id: formation.id,
      integration_id: integration,
      notification_id: notification,
      organizationId: owner.organizationId,
      participant_id: participants[0].id,
      replaces_session_id: sessions[0].id,
    },
  };
}

async function connectEverything(app: WholeApp, owner: Person): Promise<void> {
  const { token } = owner;
  demand(200, await app.connectCalendly(owner, { account: NORA }));
  for (const type of ['google', 'outlook'] as const) {
    const { body } = demand(200, await app.http('GET', `/api/calendar-integration/${type}/auth-url`, { token }));
    const account = { google: 'camille@example.test', outlook: 'dominique@example.test' }[type];
    const { location } = app[type].control.consent({ authorize_url: body.authUrl, account });
    const returned = new URL(location).searchParams;
    const callback = { code: returned.get('code'), state: returned.get('state') };
    demand(200, await app.http('POST', `/api/calendar-integration/${type}/callback`, { token, body: callback }));
  }
  demand(200, await app.http('POST', '/api/cal/connect', { token, body: {} }));
  await quiet(app);
}

/** A reading that waits for a decision, two versions of one date, a job that could not be done. */
async function makeTrouble(app: WholeApp, { organizationId }: Person, of: { sessionId: string; calendarId: string }) {
  const [run, copy, conflict, letter] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await app.database.query(
    `INSERT INTO sync_runs (id, organization_id, integration_id, provider, trigger, state, window_start, window_end)
     VALUES ($1, $2, $3, 'google-calendar', 'push', 'needs_approval', now(), now())`,
    [run, organizationId, of.calendarId],
  );
  await app.database.query(
    `INSERT INTO copies (id, organization_id, session_id, integration_id, event_key, state)
     VALUES ($1, $2, $3, $4, $1, 'refused') ON CONFLICT (session_id, integration_id) DO NOTHING`,
    [copy, organizationId, of.sessionId, of.calendarId],
  );
  await app.database.query(
    `INSERT INTO copy_conflicts (id, organization_id, copy_id, session_id, field, ours, theirs, kept)
     SELECT $1, $2, id, session_id, 'title', $5, '"theirs"', 'theirs' FROM copies
     WHERE session_id = $3 AND integration_id = $4`,
    [conflict, organizationId, of.sessionId, of.calendarId, JSON.stringify(CANARY)],
  );
  await app.database.query(
    `INSERT INTO dead_letters (id, organization_id, task, payload, error_class, error_code, attempts)
     VALUES ($1, $2, 'deliveries.process', '{"deliveryIds": []}', 'permanent', 'unexpected', 3)`,
    [letter, organizationId],
  );
  return { run, conflict, letter };
}

/** Nothing due is left in the queue, and nothing is being read. */
export async function quiet(app: WholeApp): Promise<void> {
  await app.eventually(
    async () => {
      const [left] = await app.database.query<{ jobs: number; runs: number; received: number }>(
        `SELECT (SELECT count(*)::int FROM graphile_worker._private_jobs
                 WHERE run_at <= now() + interval '2 seconds' AND attempts = 0) AS jobs,
                (SELECT count(*)::int FROM sync_runs WHERE state IN ('queued', 'running')) AS runs,
                (SELECT count(*)::int FROM deliveries WHERE state = 'received') AS received`,
      );
      if (left!.jobs + left!.runs + left!.received > 0) throw new Error(`Still at work: ${JSON.stringify(left)}`);
    },
    { within: 30_000 },
  );
}

/** From here on nothing happens by itself: what has changed was changed by a request. */
export async function stopTheClocks(app: WholeApp): Promise<void> {
  const schedule = app.get(SchedulerRegistry);
  for (const name of schedule.getIntervals()) schedule.deleteInterval(name);
  for (const job of schedule.getCronJobs().values()) await job.stop();
  await quiet(app);
  // A job under way writes its own next time when it comes back.
  await app.eventually(async () => {
    await app.database.query(
      `UPDATE graphile_worker._private_jobs SET run_at = now() + interval '1 day' WHERE locked_at IS NULL`,
    );
    const underWay = await app.database.query(`SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL`);
    if (underWay.length > 0) throw new Error('Still at work');
  });
}
