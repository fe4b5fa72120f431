import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  addEvent,
  brokenNews,
  connections,
  newAccount,
  settled,
  titles,
  titlesAt,
} from '../support/chaos/google-people.js';
import { History } from '../support/chaos/history.js';
import { choose, print, SCENARIO_MS } from '../support/chaos/scope.js';
import {
  CHANNEL_STEPS,
  CONNECT_STEPS,
  COPY_STEPS,
  FAREWELL_STEPS,
  type KillStep,
  READING_STEPS,
  REFRESH_LOSSES,
  REFRESH_STEPS,
  RETENTION_STEPS,
} from '../support/chaos/steps.js';
import { IN_TIME, type Owner, World } from '../support/chaos/world.js';
import { eventually } from '../support/eventually.js';

jest.setTimeout(SCENARIO_MS);

const HOUR_MS = 3_600_000;

let world: World;
let owner: Owner;
let account: string;
let formations = 0;

// One of each role: whose call it was is then plain.
beforeAll(async () => {
  world = await World.create();
  for (const role of ['worker', 'api'] as const) world.fleet.warm(role);
  await Promise.all([world.fleet.launch('worker'), world.fleet.launch('api')]);
  account = newAccount(world);
  owner = await world.register();
  expect((await world.connect(owner, 'google', account)).status).toBe(200);
  await settled(world, owner);
});
afterAll(async () => {
  if (world) print(`${world.fleet.kills} kills around calls: nothing lost, nothing doubled`);
  await world?.close();
});

/** Kills at the step that `provoke` leads to, and brings a replacement. */
async function killAt(step: KillStep, provoke: () => Promise<unknown>): Promise<void> {
  world.fleet.warm(step.role);
  const killed = step.isCall
    ? world.fleet.killAtCall(step, step.role, { line: world.providers, wire: world.providersWire })
    : world.fleet.killAt(step, step.role);
  // Whoever asked for it may get no answer.
  const asked = provoke().catch(() => undefined);
  await killed;
  await world.fleet.launch(step.role);
  await asked;
}

/** Everything that calls a provider, killed before, during and after the call. The short form draws a few. */
const CASES: readonly { what: string; step: KillStep; run: (step: KillStep) => Promise<void> }[] = [
  ...CONNECT_STEPS.map((step) => ({ what: 'connects once', step, run: connectsOnce })),
  ...CHANNEL_STEPS.map((step) => ({ what: 'opens its channel', step, run: opensItsChannel })),
  ...READING_STEPS.map((step) => ({ what: 'reads the whole calendar', step, run: readsTheWholeCalendar })),
  ...COPY_STEPS.create.map((step) => ({ what: 'makes one copy', step, run: makesOneCopy })),
  ...COPY_STEPS.update.map((step) => ({ what: 'changes the copy', step, run: changesTheCopy })),
  ...COPY_STEPS.delete.map((step) => ({ what: 'deletes the copy', step, run: deletesTheCopy })),
  ...FAREWELL_STEPS.map((step) => ({ what: 'gives the grant back', step, run: givesTheGrantBack })),
  ...RETENTION_STEPS.map((step) => ({ what: 'purges what is old and nothing else', step, run: purgesWhatIsOld })),
  ...REFRESH_STEPS.map((step) => ({ what: 'keeps the connection', step, run: keepsTheConnection })),
  ...REFRESH_LOSSES.map((step) => ({ what: 'says so once, where nothing can be saved', step, run: saysThatItIsLost })),
];

describe('a process killed around a call to a provider', () => {
  it.each(choose(CASES, 5))('$what: $step.name', async ({ step, run }) => {
    await run(step);
  });
});

async function connectsOnce(step: KillStep): Promise<void> {
  const [person, theirs] = [await world.register(), newAccount(world)];
  const { path, body } = await world.consent(person, 'google', theirs);
  await killAt(step, () => world.ask('POST', path, { token: person.token, body }));
  // A front end that saw no answer looks, and a person tries again.
  const found = await connections(world, person);
  if (found.length === 0) expect((await world.connect(person, 'google', theirs)).status).toBe(200);
  await settled(world, person);
  expect(await connections(world, person)).toMatchObject([{ state: 'connected', account_email: theirs }]);
  expect(await titles(world, person)).toEqual(titlesAt(world, theirs));
  expect(liveChannels(theirs)).toHaveLength(1);
}

async function opensItsChannel(step: KillStep): Promise<void> {
  const [person, theirs] = [await world.register(), newAccount(world)];
  const { path, body } = await world.consent(person, 'google', theirs);
  await killAt(step, () => world.ask('POST', path, { token: person.token, body }));
  await settled(world, person);
  // What is pushed now arrives, by whichever channel the product knows.
  addEvent(world, theirs, 'Poussé');
  await world.google.control.pushesSettled();
  await eventually(
    async () => {
      await world.quiet();
      return await titles(world, person);
    },
    (shown) => shown.includes('Poussé'),
    IN_TIME,
  );
  expect(await titles(world, person)).toEqual(titlesAt(world, theirs));
}

async function readsTheWholeCalendar(step: KillStep): Promise<void> {
  world.google.control.dropPushes({ times: 4 });
  for (const hour of [1, 2, 3]) addEvent(world, account, `Lu ${hour}`, hour);
  await killAt(step, () => world.lookAfter(owner));
  await settled(world, owner);
  expect(await titles(world, owner)).toEqual(titlesAt(world, account));
}

async function makesOneCopy(step: KillStep): Promise<void> {
  const formation = await makeFormation();
  await killAt(step, () => exportIt(formation));
  await world.quiet();
  expect(copiesOf(formation)).toEqual([formation.title]);
}

async function changesTheCopy(step: KillStep): Promise<void> {
  const formation = await makeFormation();
  await exportIt(formation);
  await world.quiet();
  const title = `${formation.title}, corrigée`;
  await killAt(step, () => change(formation, { title }));
  await world.quiet();
  expect(copiesOf(formation)).toEqual([title]);
}

async function deletesTheCopy(step: KillStep): Promise<void> {
  const formation = await makeFormation();
  await exportIt(formation);
  await world.quiet();
  await killAt(step, () => world.insist('DELETE', `/api/formations/${formation.id}`, { token: owner.token }));
  await world.quiet();
  expect(copiesOf(formation)).toEqual([]);
}

async function givesTheGrantBack(step: KillStep): Promise<void> {
  const [person, theirs] = [await world.register(), newAccount(world)];
  expect((await world.connect(person, 'google', theirs)).status).toBe(200);
  await settled(world, person);
  await killAt(step, () =>
    world.insist('DELETE', '/api/calendar-integration/integrations/google', { token: person.token }),
  );
  await world.quiet();
  expect(await world.database.query(`SELECT FROM outbox WHERE state <> 'done'`)).toEqual([]);
  expect(world.google.control.revokeGrants({ account: theirs })).toEqual({ revoked: 0 });
  expect(liveChannels(theirs)).toEqual([]);
}

async function purgesWhatIsOld(step: KillStep): Promise<void> {
  const history = await History.begin(world);
  for (const delivery of [...history.book(), ...history.book(), ...history.book()]) await history.deliver(delivery);
  await world.quiet();
  const [old] = await world.database.query<{ id: string }>(
    `UPDATE deliveries SET received_at = now() - interval '100 days'
     WHERE id = (SELECT id FROM deliveries WHERE organization_id = $1 LIMIT 1) RETURNING id`,
    [history.owner.organizationId],
  );
  await killAt(step, () => world.database.query(`SELECT graphile_worker.add_job('deliveries.purge', '{}')`));
  await world.quiet();
  const emptied = await world.database.query('SELECT id FROM deliveries WHERE organization_id = $1 AND body IS NULL', [
    history.owner.organizationId,
  ]);
  expect(emptied).toEqual([{ id: old?.id }]);
  expect(await history.judge()).toEqual({ lost: [], doubled: [], wrong: [] });
}

async function keepsTheConnection(step: KillStep): Promise<void> {
  const history = await History.begin(world);
  await killAt(step, () => staleTokens(history.owner));
  await world.quiet();
  const { body } = await world.insist('GET', '/api/calendly/status', { token: history.owner.token });
  expect(body).toMatchObject({ connected: true, delivery_mode: 'webhook' });
  expect(await brokenNews(world, history.owner)).toEqual([]);
}

async function saysThatItIsLost(step: KillStep): Promise<void> {
  const history = await History.begin(world);
  await killAt(step, () => staleTokens(history.owner));
  const shown = await eventually(
    async () => {
      await world.lookAfter(history.owner);
      await world.quiet();
      return await connections(world, history.owner);
    },
    ([connection]) => connection?.state === 'needs_reauth',
    IN_TIME,
  );
  expect(shown[0]?.cause).toMatchObject({ code: 'rotation_response_lost' });
  expect(await brokenNews(world, history.owner)).toHaveLength(1);
  // What is pushed meanwhile is taken in all the same.
  for (const delivery of history.book()) await history.deliver(delivery);
  await world.quiet();
  const verdict = await history.judge();
  expect([verdict.lost, verdict.doubled]).toEqual([[], []]);
}

interface Formation {
  id: string;
  title: string;
}

function liveChannels(email: string) {
  return world.google.control.channels().filter((channel) => channel.account === email && channel.is_live);
}

async function makeFormation(): Promise<Formation> {
  formations += 1;
  const startsAt = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 7 * 24 * HOUR_MS;
  const { status, body } = await world.insist('POST', '/api/formations', {
    token: owner.token,
    body: {
      title: `Évacuation ${formations}`,
      sessions: [
        { starts_at: new Date(startsAt).toISOString(), ends_at: new Date(startsAt + 2 * HOUR_MS).toISOString() },
      ],
    },
  });
  expect(status).toBe(201);
  return body as Formation;
}

async function exportIt({ id }: Formation): Promise<void> {
  const asked = { token: owner.token, body: { formationId: id } };
  await world.insist('POST', '/api/calendar-integration/google/export-formation', asked);
}

async function change({ id }: Formation, body: object): Promise<void> {
  await world.insist('PATCH', `/api/formations/${id}`, { token: owner.token, body });
}

/** As they stand in the calendar. */
function copiesOf({ title }: Formation): string[] {
  return titlesAt(world, account).filter((shown) => shown === title || shown.startsWith(`${title},`));
}

/** The access token is over: whoever needs it next must renew it. */
async function staleTokens(person: Owner): Promise<void> {
  await world.database.query(
    `UPDATE integrations SET expires_at = now() + interval '5 seconds', issued_at = now() - interval '2 hours'
     WHERE organization_id = $1`,
    [person.organizationId],
  );
  await world.lookAfter(person);
}
