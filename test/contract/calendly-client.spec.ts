import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from '../../sandbox/calendly/start-calendly-sandbox.js';
import {
  authorizeUrl,
  basicAuthorization,
  newVerifier,
  obtainCode,
  usualRedirect,
} from '../../sandbox/calendly/testing/api-session.js';
import type { ReadWindow } from '../../src/bookings/index.js';
import { CALENDLY } from '../../src/calendly/calendly.profile.js';
import type { ProviderAccess } from '../../src/integrations/index.js';
import { type CalendlyParts, connectCalendly, makeCalendly } from './support/calendly-bench.js';
import { CalendlySpecification, type SentRequest } from './support/calendly-specification.js';
import { type RecordingProxy, startRecordingProxy } from './support/recording-proxy.js';

const WINDOW: ReadWindow = { from: new Date('2026-11-01T00:00:00.000Z'), to: new Date('2027-01-01T00:00:00.000Z') };
const HOOK = 'https://app.example.test/api/calendly/webhook/an-address-of-its-own';

describe('what we ask of Calendly', () => {
  const specification = new CalendlySpecification();
  let sandbox: CalendlySandbox;
  let proxy: RecordingProxy;
  let calendly: CalendlyParts;
  let access: ProviderAccess;

  beforeAll(async () => {
    sandbox = await startCalendlySandbox({ frozenAt: new Date('2026-11-20T10:00:00.123Z') });
    proxy = await startRecordingProxy(new URL(sandbox.apiUrl).origin);
    const viaProxy = (url: string) => proxy.url + new URL(url).pathname;
    calendly = makeCalendly({ authUrl: viaProxy(sandbox.authUrl), apiUrl: viaProxy(sandbox.apiUrl) }, sandbox);
    const direct = await connectCalendly(sandbox);
    const options = Object.entries(direct.options).map(([name, uri]) => [name, viaProxy(String(uri))]);
    access = { ...direct, options: Object.fromEntries(options) as ProviderAccess['options'] };
  });
  beforeEach(() => void proxy.requests.splice(0));
  afterAll(async () => {
    calendly?.close();
    await proxy?.close();
    await sandbox?.close();
  });

  /** Everything sent to the API since the last look, with what the specification has against it. */
  function sent(): { route: string; faults: string[]; request: SentRequest }[] {
    return proxy.requests.splice(0).map((request) => {
      const path = request.path.replace('/calendly/api', '');
      const faults = specification.findRequestFaults({ ...request, path });
      return { route: `${request.method} ${path.replaceAll(/[0-9A-Z-]{16,36}/gi, ':id')}`, faults, request };
    });
  }

  /** To be called after the one thing a case does. */
  function expectSent(...routes: string[]): SentRequest[] {
    const all = sent();
    expect(all.map(({ route, faults }) => ({ route, faults }))).toEqual(routes.map((route) => ({ route, faults: [] })));
    return all.map(({ request }) => request);
  }

  function book(start_time: string, people = 1) {
    const booked = sandbox.control.book({
      event_type: people > 1 ? 'atelier-collectif' : '30min',
      start_time,
      invitees: Array.from({ length: people }, (_, index) => ({
        name: `Zoé ${index}`,
        email: `z${index}@example.test`,
      })),
    });
    return booked.invitees.map(({ uri }) =>
      new URL(uri).pathname
        .split('/')
        .filter((_, at) => at === 4 || at === 6)
        .join('/'),
    );
  }

  it('for the account is allowed', async () => {
    const account = await calendly.provider.readAccount(access);
    const [request] = expectSent('GET /users/me');
    expect(Object.fromEntries(request!.query)).toEqual({});
    expect(request!.headers).toMatchObject({ accept: 'application/json', 'user-agent': 'Passerelle' });
    expect(account).toEqual({
      accountId: String(access.options['user_uri']).split('/').at(-1),
      email: 'nora@example.test',
      name: 'Nora Petit',
      options: { ...access.options, scheduling_url: expect.stringMatching(/nora-petit$/) },
      settings: { oauth_user_uri: access.options['user_uri'], calendly_link: expect.stringMatching(/nora-petit$/) },
    });
  });

  it('for a page of events is allowed, and repeated with the token', async () => {
    sandbox.control.seed({ bookings: 120, from: '2026-12-01T00:00:00Z', to: '2026-12-28T00:00:00Z' });
    const first = await calendly.provider.listEvents(access, WINDOW, null);
    const second = await calendly.provider.listEvents(access, WINDOW, first.nextPageToken);
    expect(first.events).toHaveLength(100);
    expect(second.events.length).toBeGreaterThan(20);

    const filters = {
      user: access.options['user_uri'],
      min_start_time: '2026-11-01T00:00:00.000Z',
      max_start_time: '2027-01-01T00:00:00.000Z',
      sort: 'start_time:asc',
      count: '100',
    };
    const queries = expectSent('GET /scheduled_events', 'GET /scheduled_events').map(({ query }) =>
      Object.fromEntries(query),
    );
    expect(queries).toEqual([filters, { ...filters, page_token: first.nextPageToken }]);
  });

  it('for the invitees of an event is allowed, and all of them are read', async () => {
    const ids = book('2026-12-29T09:00:00Z', 4);
    const { events } = await calendly.provider.listEvents(
      access,
      { from: new Date('2026-12-29'), to: WINDOW.to },
      null,
    );
    sent();
    const facts = await calendly.provider.readEvent(access, events[0]!);
    const [request] = expectSent('GET /scheduled_events/:id/invitees');
    expect(Object.fromEntries(request!.query)).toEqual({ count: '100' });
    expect(facts.map(({ externalId }) => externalId).sort()).toEqual(ids.sort());
    expect(facts.map(({ invitee }) => invitee.email).sort()).toEqual([0, 1, 2, 3].map((one) => `z${one}@example.test`));
  });

  it('for one booking is allowed', async () => {
    const [id] = book('2026-12-30T09:00:00Z');
    const facts = await calendly.provider.findBooking(access, id!);
    expectSent('GET /scheduled_events/:id', 'GET /scheduled_events/:id/invitees/:id');
    expect(facts).toMatchObject({
      externalId: id,
      externalEventId: id!.split('/')[0],
      status: 'active',
      eventName: 'Découverte 30min',
      startsAt: new Date('2026-12-30T09:00:00Z'),
      endsAt: new Date('2026-12-30T09:30:00Z'),
      invitee: { name: 'Zoé 0', email: 'z0@example.test', timeZone: 'Europe/Paris' },
      previousExternalId: null,
      nextExternalId: null,
    });
  });

  it('for a channel is allowed, from its opening to its end', async () => {
    const { externalId } = await calendly.provider.openChannel(access, { url: HOOK, secret: 'a-secret' });
    expect(await calendly.provider.checkChannel(access, externalId)).toBe('open');
    await calendly.provider.closeChannel(access, externalId);
    await calendly.provider.closeChannel(access, externalId);
    const requests = expectSent(
      'POST /webhook_subscriptions',
      'GET /webhook_subscriptions/:id',
      'DELETE /webhook_subscriptions/:id',
      'DELETE /webhook_subscriptions/:id',
    );
    expect(requests[0]!.headers['content-type']).toBe('application/json');
    expect(JSON.parse(requests[0]!.body)).toEqual({
      url: HOOK,
      events: ['invitee.created', 'invitee.canceled', 'invitee_no_show.created', 'invitee_no_show.deleted'],
      organization: access.options['organization_uri'],
      user: access.options['user_uri'],
      scope: 'user',
      signing_key: 'a-secret',
    });
  });

  it('for the channels of the account is allowed, page by page', async () => {
    const opened: unknown[] = [];
    for (let n = 0; n < 101; n += 1) {
      const url = `${HOOK}-${n}`;
      opened.push({ ...(await calendly.provider.openChannel(access, { url, secret: 'a-secret' })), url });
    }
    sent();
    const listed = await calendly.provider.listChannels(access);
    expect(listed).toHaveLength(101);
    expect(listed).toEqual(expect.arrayContaining(opened));
    const audience = {
      organization: access.options['organization_uri'],
      user: access.options['user_uri'],
      scope: 'user',
      count: '100',
    };
    const queries = expectSent('GET /webhook_subscriptions', 'GET /webhook_subscriptions').map(({ query }) =>
      Object.fromEntries(query),
    );
    expect(queries).toEqual([audience, { ...audience, page_token: expect.stringMatching(/./) }]);
  });

  // The token endpoint stands in no OpenAPI document; its page says form, and HTTP Basic for web applications.
  // https://developer.calendly.com/api-docs/calendly-o-auth/o-auth/post-oauth-refresh-token
  it('for tokens is a form with Basic credentials, and nothing that was not asked for', async () => {
    const verifier = newVerifier();
    const code = obtainCode(sandbox, authorizeUrl(sandbox, { scope: CALENDLY.scopes.join(' ') }, verifier));
    const grant = await calendly.provider.exchangeCode({ code, redirectUri: usualRedirect, verifier });
    expect(grant).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresInSeconds: 7_200,
      scope: CALENDLY.scopes.join(' '),
      tokenType: 'Bearer',
      options: { organization_uri: access.options['organization_uri'] },
    });
    const next = await calendly.provider.refreshGrant(grant.refreshToken!);
    await calendly.provider.revokeGrant(next.refreshToken!);

    const forms = proxy.requests.map(({ method, path, query, headers, body }) => {
      expect({ method, query: [...query] }).toEqual({ method: 'POST', query: [] });
      expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
      return { path, authorization: headers.authorization, ...Object.fromEntries(new URLSearchParams(body)) };
    });
    const authorization = basicAuthorization(sandbox);
    expect(forms).toEqual([
      {
        path: '/calendly/auth/oauth/token',
        authorization,
        grant_type: 'authorization_code',
        code,
        redirect_uri: usualRedirect,
        code_verifier: verifier,
      },
      {
        path: '/calendly/auth/oauth/token',
        authorization,
        grant_type: 'refresh_token',
        refresh_token: grant.refreshToken,
      },
      {
        path: '/calendly/auth/oauth/revoke',
        authorization: undefined,
        client_id: sandbox.clientId,
        client_secret: sandbox.clientSecret,
        token: next.refreshToken,
      },
    ]);
  });

  it('for consent names only what the authorization page knows', () => {
    const { authorizeUrl: address, authorizeParams, scopes } = calendly.provider.oauth;
    expect(new URL(address).pathname).toBe('/calendly/auth/oauth/authorize');
    expect(authorizeParams).toEqual({ client_id: sandbox.clientId });
    expect(scopes).toEqual([
      'users:read',
      'organizations:read',
      'event_types:read',
      'scheduled_events:read',
      'webhooks:write',
    ]);
  });

  it('never carries a token in an address or a body of the API', async () => {
    await calendly.provider.listEvents(access, WINDOW, null);
    await calendly.provider.readAccount(access);
    for (const { query, path, body } of proxy.requests) {
      expect([path, query.toString(), body].join(' ')).not.toContain(access.accessToken);
    }
  });
});
