import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from '../../sandbox/cal-com/start-cal-com-sandbox.js';
import type { ReadWindow } from '../../src/bookings/index.js';
import { CalComApi } from '../../src/cal-com/cal-com.api.js';
import { CalComCalendarsClient } from '../../src/cal-com/cal-com.calendars.client.js';
import { CalComClient } from '../../src/cal-com/cal-com.client.js';
import { CalComConfig, calComConfig } from '../../src/cal-com/cal-com.config.js';
import { CalComGrants } from '../../src/cal-com/cal-com.grants.js';
import { CalComProvider } from '../../src/cal-com/cal-com.provider.js';
import { EventTypeMemory } from '../../src/cal-com/event-type-memory.js';
import { ManagedUsersClient } from '../../src/cal-com/managed-users.client.js';
import type { ProviderAccess } from '../../src/integrations/index.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../src/platform/config/platform.config.js';
import { EgressClient } from '../../src/platform/egress/egress.client.js';
import { CalComSpecification, type SentRequest } from '../support/cal-com-specification.js';
import { type RecordingProxy, startRecordingProxy } from './support/recording-proxy.js';

const FROZEN_AT = new Date('2026-11-20T10:00:00.123Z');
const WINDOW: ReadWindow = { from: new Date('2026-10-01T00:00:00.000Z'), to: new Date('2027-12-01T00:00:00.000Z') };
const HOOK = 'https://app.example.test/api/cal/webhook/an-address-of-its-own';
const NEW_USER = { name: 'Léa Roux', timeZone: 'Europe/Paris', locale: 'fr', metadata: { passerelle_user: 'u1' } };

describe('what we ask of Cal.com', () => {
  const specification = new CalComSpecification();
  let sandbox: CalComSandbox;
  let proxy: RecordingProxy;
  let egress: EgressClient;
  let provider: CalComProvider;
  let users: ManagedUsersClient;
  let calendars: CalComCalendarsClient;
  let grants: CalComGrants;
  let access: ProviderAccess;

  beforeAll(async () => {
    sandbox = await startCalComSandbox({ frozenAt: FROZEN_AT });
    proxy = await startRecordingProxy(new URL(sandbox.apiUrl).origin);
    const config = loadConfig([platformConfig, calComConfig], {
      NODE_ENV: 'test',
      ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      CAL_CLIENT_ID: sandbox.clientId,
      CAL_CLIENT_SECRET: sandbox.clientSecret,
      CAL_API_URL: proxy.url + new URL(sandbox.apiUrl).pathname,
      CAL_APP_URL: sandbox.appUrl,
      PUBLIC_URL: 'http://127.0.0.1:3000',
    });
    const platform = config.get(PlatformConfig) as PlatformConfig;
    const calCom = config.get(CalComConfig) as CalComConfig;
    const clock = new (class extends Clock {
      override now(): Date {
        return new Date(sandbox.control.now().now);
      }
    })();
    egress = new EgressClient(platform);
    const api = new CalComApi(calCom, egress, clock);
    const client = new CalComClient(calCom, api, clock);
    users = new ManagedUsersClient(calCom, api, clock);
    calendars = new CalComCalendarsClient(api, clock);
    grants = new CalComGrants(calCom, client, users, clock);
    provider = new CalComProvider(calCom, platform, client, grants, new EventTypeMemory(client));
    const { api_key: accessToken } = sandbox.control.issueApiKey();
    const { user } = sandbox.control.accounts()[0]!;
    const options = { mode: 'apikey', cal_user_id: user.id };
    access = { integrationId: 'i1', organizationId: 'o1', accessToken, tokenVersion: 1, options };
  });
  beforeEach(() => void proxy.requests.splice(0));
  afterAll(async () => {
    egress?.onModuleDestroy();
    await proxy?.close();
    await sandbox?.close();
  });

  /** To be called after the one thing a case does. */
  function expectSent(...routes: string[]): SentRequest[] {
    const requests = proxy.requests.splice(0).map((request): SentRequest => ({
      ...request,
      path: request.path.replace('/cal-com/api/v2', ''),
    }));
    const seen = requests.map((request) => ({
      route: `${request.method} ${request.path}`
        .replaceAll(sandbox.clientId, ':client')
        .replaceAll(/(?<=\/(bookings|webhooks|users))\/(?!unknown)[\w-]+/g, '/:id'),
      faults: specification.findRequestFaults(request),
    }));
    expect(seen).toEqual(routes.map((route) => ({ route, faults: [] })));
    // A server has no origin, and beside a secret a token would not be looked at.
    for (const { headers } of requests) {
      expect(headers).not.toHaveProperty('origin');
      expect([headers['authorization'], headers['x-cal-secret-key']].filter(Boolean).length).toBeLessThanOrEqual(1);
    }
    return requests;
  }

  it('for managed users and their tokens is allowed, and counted as the client’s', async () => {
    const made = await users.create({ ...NEW_USER, email: 'lea.roux@example.test' });
    if (!('created' in made)) throw new Error('The user was there already');
    expect(await users.create({ ...NEW_USER, email: 'lea.roux@example.test' })).toEqual({
      existingId: made.created.id,
    });
    expect(await users.get(made.created.id)).toMatchObject({ metadata: NEW_USER.metadata });
    const owner = { accountId: String(made.created.id), options: { mode: 'platform' } };
    const grant = await grants.refresh(made.created.refreshToken, owner);
    expect(grant.expiresInSeconds).toBeGreaterThan(58 * 60);
    // The same once more: it is spent, and the client demands new ones.
    await grants.refresh(made.created.refreshToken, owner);
    const sent = expectSent(
      'POST /oauth-clients/:client/users',
      'POST /oauth-clients/:client/users',
      'GET /oauth-clients/:client/users/:id',
      'POST /oauth/:client/refresh',
      'POST /oauth/:client/refresh',
      'POST /oauth-clients/:client/users/:id/force-refresh',
    );
    for (const { headers } of sent) expect(headers).toMatchObject({ 'x-cal-client-id': sandbox.clientId });
  });

  it('for consent by OAuth 2.0 is allowed', async () => {
    const { oauth } = provider;
    const url = new URL(oauth.authorizeUrl);
    const verifier = 'v'.repeat(43);
    const challenge = 'x4Dc1ZkrsRkxJ1hv8xN3r7ZyU4gV1qwZk7q9mX2kQwE';
    url.search = new URLSearchParams({
      ...oauth.authorizeParams,
      redirect_uri: oauth.redirectUri,
      scope: oauth.scopes.join(' '),
      state: 's',
    }).toString();
    expect(challenge).toHaveLength(43);
    const { location } = sandbox.control.consent({ authorize_url: url.href });
    const code = new URL(location).searchParams.get('code')!;
    await expect(provider.exchangeCode({ code, redirectUri: oauth.redirectUri, verifier })).rejects.toMatchObject({
      failure: { kind: 'reauthorize' },
    });
    const grant = await provider.exchangeCode({ code, redirectUri: oauth.redirectUri, verifier: null });
    expect(grant).toMatchObject({ expiresInSeconds: 1_800, options: { mode: 'oauth' } });
    const owner = { accountId: '1', options: { mode: 'oauth' } };
    await provider.refreshGrant(grant.refreshToken!, owner);
    await expect(provider.refreshGrant(grant.refreshToken!, owner)).rejects.toMatchObject({
      failure: { kind: 'reauthorize' },
    });
    expectSent(
      'POST /auth/oauth2/token',
      'POST /auth/oauth2/token',
      'POST /auth/oauth2/token',
      'POST /auth/oauth2/token',
    );
  });

  it('for an API key is allowed, and a deleted one is noticed', async () => {
    const { api_key: key } = sandbox.control.issueApiKey();
    await grants.ofApiKey(key);
    await expect(grants.ofApiKey('cal_live_unknown')).rejects.toMatchObject({ failure: { kind: 'reauthorize' } });
    expectSent('GET /me', 'GET /me');
  });

  it('for the account is allowed', async () => {
    expect(await provider.readAccount(access, { options: {} } as never)).toMatchObject({
      accountId: String(access.options['cal_user_id']),
      email: 'nora@example.test',
      name: 'Nora Petit',
    });
    expectSent('GET /me');
  });

  it('for bookings is allowed, page by page, in the form we know', async () => {
    sandbox.control.seed({ bookings: 230, from: '2027-02-01T00:00:00Z', to: '2027-06-01T00:00:00Z' });
    const ids: string[] = [];
    let pageToken: string | null = null;
    do {
      const page = await provider.listEvents(access, { ...WINDOW, changedSince: new Date('2026-01-01') }, pageToken);
      ids.push(...page.events.map(({ externalEventId }) => externalEventId));
      pageToken = page.nextPageToken;
    } while (pageToken !== null);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(sandbox.control.bookings().length);
    const sent = expectSent('GET /bookings', 'GET /bookings', 'GET /bookings');
    expect(sent.map(({ query }) => query.get('skip'))).toEqual(['0', '100', '200']);
    expect(sent[0]!.query.get('afterUpdatedAt')).toBe('2026-01-01T00:00:00.000Z');
    await expect(provider.listEvents(access, WINDOW, 'nonsense')).rejects.toMatchObject({
      failure: { kind: 'cursor-expired' },
    });
  });

  it('for one booking is allowed, and says what the list says', async () => {
    const { events } = await provider.listEvents(access, WINDOW, null);
    for (const event of events.slice(0, 8)) {
      const listed = await provider.readEvent(access, event);
      for (const facts of listed) expect(await provider.findBooking(access, facts.externalId)).toEqual(facts);
    }
    expect(proxy.requests.length).toBeGreaterThan(8);
    for (const request of proxy.requests.splice(0)) {
      const path = request.path.replace('/cal-com/api/v2', '');
      expect(specification.findRequestFaults({ ...request, path })).toEqual([]);
    }
  });

  it('for a booking that is not there, or not this account’s, is answered with nothing', async () => {
    const other = sandbox.control.addAccount({ name: 'Léo Blanc', email: 'leo@example.test' });
    const theirs = sandbox.control.book({ account: other.id });
    expect(await provider.findBooking(access, theirs.uid)).toBeNull();
    expect(await provider.findBooking(access, 'unknown')).toBeNull();
    expectSent('GET /bookings/:id', 'GET /bookings/unknown');
  });

  it('for the webhook is allowed, from its opening to its end, twice if need be', async () => {
    const { externalId } = await provider.openChannel(access, { url: HOOK, secret: 'a secret of its own' });
    expect(await provider.checkChannel(access, externalId)).toBe('open');
    await provider.closeChannel(access, externalId);
    expect(await provider.checkChannel(access, externalId)).toBe('lost');
    await provider.closeChannel(access, externalId);
    expectSent(
      'POST /webhooks',
      'GET /webhooks/:id',
      'DELETE /webhooks/:id',
      'GET /webhooks/:id',
      'DELETE /webhooks/:id',
    );
  });

  it('for calendars is allowed', async () => {
    const made = await users.create({ ...NEW_USER, email: 'ines.roy@example.test' });
    if (!('created' in made)) throw new Error('The user was there already');
    const theirs = { ...access, accessToken: made.created.accessToken };
    proxy.requests.splice(0);

    expect(await calendars.check(theirs, 'google')).toBe('missing');
    const url = await calendars.consentUrl(theirs, 'google', 'https://app.example.test/back?state=s');
    const direct = url.replaceAll(encodeURIComponent(proxy.url), encodeURIComponent(new URL(sandbox.apiUrl).origin));
    const consent = sandbox.control.consentToCalendar({
      auth_url: direct.replace(proxy.url, new URL(sandbox.apiUrl).origin),
    });
    const { searchParams } = new URL(consent.location);
    const given = { code: searchParams.get('code')!, state: searchParams.get('state')! };
    await calendars.complete(theirs, 'google', given);
    expect(await calendars.check(theirs, 'google')).toBe('linked');
    const { linked } = await calendars.list(theirs);
    expect(linked).toMatchObject([{ integration: 'google_calendar', name: 'nora.agenda@example.test', isDead: false }]);
    const days = { from: '2026-11-20', to: '2026-11-21', timeZone: 'Europe/Paris' };
    expect(await calendars.listBusyTimes(theirs, days)).toEqual([]);
    await calendars.setDestination(theirs, { integration: 'google_calendar', externalId: 'nora.agenda@example.test' });
    expectSent(
      'GET /calendars/google/check',
      'GET /calendars/google/connect',
      'GET /calendars/google/save',
      'GET /calendars/google/check',
      'GET /calendars',
      'GET /calendars',
      'GET /calendars/busy-times',
      'PUT /destination-calendars',
    );
  });

  it.each([
    ['invalid', 'dead'],
    ['refused', 'dead'],
    ['not-connected', 'dead'],
    ['good', 'linked'],
  ] as const)('about a calendar that is %s is understood as %s', async (how, state) => {
    const user = sandbox.control.managedUsers().find(({ user: one }) => one.email.startsWith('ines.roy'))!.user;
    sandbox.control.killCredential({ account: user.id, how });
    const { accessToken } = await users.forceRefresh(user.id);
    expect(await calendars.check({ ...access, accessToken }, 'google')).toBe(state);
    await expect(calendars.check({ ...access, accessToken: 'unknown' }, 'google')).rejects.toMatchObject({
      failure: { kind: 'unauthorized' },
    });
  });
});
