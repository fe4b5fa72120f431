import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SocketMessages } from '../../src/realtime/index.js';
import type { Browser } from '../support/browser.js';
import { demand, NORA, type Person } from '../support/app.js';
import { startWholeApp, type WholeApp } from '../support/whole-app.js';
import { quiet } from '../fuzz/estate.js';

/** A message that is added to the contract has to be added here: the compiler asks for it. */
const EVERY_MESSAGE: Record<keyof SocketMessages, true> = {
  'prospect:created': true,
  'prospect:updated': true,
  'prospect:deleted': true,
  notification: true,
  'sync:progress': true,
  'delivery:changed': true,
  'replay:progress': true,
  'integration:status': true,
};

interface Household {
  owner: Person;
  colleague: Person;
  ownersPage: Browser;
  colleaguesPage: Browser;
}

let app: WholeApp;
let first: Household;
let second: Household;

beforeAll(async () => {
  app = await startWholeApp();
  app.sandbox.control.addAccount({ name: 'Ana Blanc', email: 'ana@example.test', plan: 'paid' });
  first = await openHousehold();
  second = await openHousehold();
}, 60_000);

afterAll(async () => {
  await app.close();
});

describe('the sockets of two organizations', () => {
  it('hear every kind of message of their own, and not one of the other', async () => {
    await doEverything(first, { calendly: NORA, google: 'camille@example.test' });
    const heardByFirst = await namesHeard(first.ownersPage);
    expect(heardByFirst).toEqual(Object.keys(EVERY_MESSAGE).toSorted());
    expect([second.ownersPage.heard, second.colleaguesPage.heard]).toEqual([[], []]);

    const pages = [first.ownersPage, first.colleaguesPage];
    // What has become of deliveries is told up to a second later: of those, whose they are is looked at.
    const countOther = () => pages.map((page) => page.heard.filter(({ name }) => name !== 'delivery:changed').length);
    const before = countOther();
    await doEverything(second, { calendly: 'ana@example.test', google: 'alex@example.test' });
    expect(await namesHeard(second.ownersPage)).toEqual(heardByFirst);
    expect(countOther()).toEqual(before);
    const { body } = await app.http('GET', '/api/deliveries?limit=100', { token: first.owner.token });
    const own = (body as { id: string }[]).map(({ id }) => id);
    for (const page of pages) {
      for (const { deliveries } of page.heardOf('delivery:changed'))
        expect(own).toEqual(expect.arrayContaining(deliveries.map(({ id }) => id)));
    }
  }, 90_000);

  it('tell a colleague of the organization’s account, and of nobody’s own calendar', () => {
    for (const { ownersPage, colleaguesPage } of [first, second]) {
      const providersOf = (page: Browser) =>
        new Set(
          [...page.heardOf('sync:progress'), ...page.heardOf('integration:status')].map(({ provider }) => provider),
        );
      expect([...providersOf(ownersPage)].toSorted()).toEqual(['calendly', 'google-calendar']);
      expect([...providersOf(colleaguesPage)]).toEqual(['calendly']);
      expect(colleaguesPage.heardOf('prospect:created')).toEqual(ownersPage.heardOf('prospect:created'));
    }
  });

  it('do not come nearer to each other by asking', async () => {
    const [from, to] = [first, second];
    const before = to.ownersPage.heard.length;
    const rooms = [`org:${from.owner.organizationId}`, `user:${from.owner.userId}`, from.owner.organizationId];
    const nosy = to.ownersPage.socket as unknown as { emit(name: string, ...rest: unknown[]): void };
    for (const room of rooms) {
      for (const name of ['join', 'subscribe', 'room', 'join:org', ...Object.keys(EVERY_MESSAGE)])
        nosy.emit(name, room);
    }
    const { token } = from.owner;
    demand(201, await app.http('POST', '/api/prospects', { token, body: { firstname: 'Secret' } }));
    await app.eventually(() => expect(from.ownersPage.heard.at(-1)?.name).toBe('prospect:created'));
    // What the other side does next is heard after anything that would have come before.
    demand(201, await app.http('POST', '/api/prospects', { token: to.owner.token, body: { firstname: 'Voisine' } }));
    await app.eventually(() => expect(to.ownersPage.heard.length).toBeGreaterThan(before));
    expect(to.ownersPage.heard.slice(before).map(({ payload }) => payload['firstname'])).toEqual(['Voisine']);
    expect(from.ownersPage.heard.some(({ payload }) => payload['firstname'] === 'Voisine')).toBe(false);
  });
});

async function openHousehold(): Promise<Household> {
  const owner = await app.registerOrganization();
  const colleague = await app.addMember(owner);
  const [ownersPage, colleaguesPage] = [await app.browse(owner), await app.browse(colleague)];
  return { owner, colleague, ownersPage, colleaguesPage };
}

/** Everything that makes the server speak. */
async function doEverything({ owner }: Household, accounts: { calendly: string; google: string }): Promise<void> {
  const { token } = owner;
  demand(200, await app.connectCalendly(owner, { account: accounts.calendly }));
  const { body: begun } = demand(200, await app.http('GET', '/api/calendar-integration/google/auth-url', { token }));
  const consent = app.google.control.consent({ authorize_url: begun.authUrl, account: accounts.google });
  const returned = new URL(consent.location).searchParams;
  const callback = { code: returned.get('code'), state: returned.get('state') };
  demand(200, await app.http('POST', '/api/calendar-integration/google/callback', { token, body: callback }));
  await quiet(app);

  app.sandbox.control.book({ account: accounts.calendly, invitees: [{ name: 'Ada', email: 'ada@example.test' }] });
  await app.sandbox.control.deliveriesSettled();
  await quiet(app);
  demand(202, await app.http('POST', '/api/deliveries/replay', { token, body: { provider: 'calendly' } }));
  await quiet(app);
  const body = { firstname: 'Zoé', email: 'zoe@example.test' };
  const { id } = demand(201, await app.http('POST', '/api/prospects', { token, body })).body;
  demand(200, await app.http('PATCH', `/api/prospects/${id}`, { token, body: { phone: '+33 1 23 45 67 89' } }));
  demand(204, await app.http('DELETE', `/api/prospects/${id}`, { token }));
  demand(200, await app.http('POST', '/api/calendly/sync?wait=true', { token }));
  demand(200, await app.http('POST', '/api/calendar-integration/google/import', { token }));
  demand(200, await app.http('POST', '/api/calendly/disconnect', { token }));
  demand(200, await app.http('DELETE', '/api/calendar-integration/integrations/google', { token }));
  await quiet(app);
}

/** Once the last of them has come: the end of the connections, and what became of the deliveries, a second behind. */
async function namesHeard(page: Browser): Promise<string[]> {
  await app.eventually(() =>
    expect(page.heardOf('integration:status').map(({ provider, status }) => `${provider} ${status}`)).toEqual(
      expect.arrayContaining(['calendly disconnected', 'google-calendar disconnected']),
    ),
  );
  await app.eventually(() =>
    expect(
      page
        .heardOf('delivery:changed')
        .at(-1)
        ?.deliveries.map(({ state }) => state),
    ).toEqual(['processed']),
  );
  return [...new Set(page.heard.map(({ name }) => name))].toSorted();
}
