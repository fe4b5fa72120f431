import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from './start-calendly-sandbox.js';
import { ApiSession, freeEmail, inviteeOf, paidEmail } from './testing/api-session.js';

const events = (session: ApiSession, query: Record<string, string>) => session.get('/scheduled_events', query);

describe('the API', () => {
  let sandbox: CalendlySandbox;
  beforeEach(async () => {
    sandbox = await startCalendlySandbox({ frozenAt: new Date('2026-11-20T10:00:00.123Z') });
  });
  afterEach(() => sandbox.close());

  it('tells who one is, in six digits, with fields that no page lists', async () => {
    const { body } = await (await ApiSession.connect(sandbox)).get('/users/me');
    expect(body.resource).toMatchObject({ name: 'Nora Petit', email: paidEmail, resource_type: 'User' });
    expect(body.resource.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(body.resource).toHaveProperty('sandbox_unlisted');
  });

  it('refuses a missing token, and shows the rate limit even then', async () => {
    const response = await fetch(`${sandbox.apiUrl}/users/me`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ title: 'Unauthenticated', message: 'The access token is invalid' });
    expect(response.headers.get('x-ratelimit-limit')).toBe('50');
  });

  it('answers an unknown route in its own words, with the rate limit', async () => {
    const { status, body, headers } = await (await ApiSession.connect(sandbox)).get('/nowhere');
    expect([status, body.title]).toEqual([404, 'Resource Not Found']);
    expect(headers.get('x-ratelimit-remaining')).toBe('499');
  });

  it('names the scopes that are missing', async () => {
    const session = await ApiSession.connect(sandbox, paidEmail, ['users:read', 'webhooks:write']);
    const list = await session.get('/scheduled_events', { user: session.tokens.owner });
    expect([list.status, list.body.title, list.body.required_scopes]).toEqual([
      403,
      'Insufficient scope',
      ['scheduled_events:read'],
    ]);
    expect((await session.subscribe('http://localhost/h')).body.required_scopes).toEqual(['scheduled_events:read']);
  });

  it('counts requests by user and plan, and says how many seconds to wait', async () => {
    const free = await ApiSession.connect(sandbox, freeEmail);
    for (let used = 0; used < 50; used += 1) expect((await free.get('/users/me')).status).toBe(200);
    await sandbox.control.advance({ seconds: 20 });
    const { status, headers } = await free.get('/users/me');
    expect([status, headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-reset')]).toEqual([429, '0', '40']);
    const paid = await ApiSession.connect(sandbox);
    expect((await paid.get('/users/me')).headers.get('x-ratelimit-remaining')).toBe('499');
    await sandbox.control.advance({ seconds: 40 });
    expect((await free.get('/users/me')).status).toBe(200);
  });

  it('lists events by user only for oneself, and by organization only for administrators', async () => {
    sandbox.control.addAccount({ name: 'Ana', email: 'ana@example.test', role: 'user', colleague_of: paidEmail });
    const [nora, ana] = [await ApiSession.connect(sandbox), await ApiSession.connect(sandbox, 'ana@example.test')];
    const { organization, owner } = nora.tokens;

    expect((await events(nora, { organization })).body.collection).toHaveLength(13);
    expect((await events(nora, { organization, user: ana.tokens.owner })).body.collection).toHaveLength(0);
    expect((await events(nora, {})).status).toBe(400);
    expect((await events(ana, { organization })).body.message).toBe('You do not have permission');
    expect((await events(ana, { user: owner })).body.message).toContain('Please also specify organization');
    const one = (await events(nora, { user: owner })).body.collection[0]?.uri ?? '';
    expect((await ana.send('GET', one)).body.message).toBe('You are not allowed to view this event');
  });

  it('filters events by status, invitee and start, whose bounds it leaves out', async () => {
    const session = await ApiSession.connect(sandbox);
    const list = async (query: Record<string, string>) =>
      (await session.get('/scheduled_events', { user: session.tokens.owner, ...query })).body.collection;
    const { scheduled_event: booked } = sandbox.control.book({ start_time: '2027-02-01T09:00:00Z' });
    expect(await list({ min_start_time: '2027-02-01T09:00:00.000000Z' })).toHaveLength(0);
    expect(await list({ min_start_time: '2027-02-01T08:59:59.999999Z' })).toHaveLength(1);
    expect(await list({ min_start_time: '2027-01-01T00:00:00Z', max_start_time: booked.start_time })).toHaveLength(0);
    expect(await list({ invitee_email: 'marc.lenoir@example.test' })).toHaveLength(2);
    expect((await list({ status: 'canceled' })).every((event) => event.status === 'canceled')).toBe(true);
  });

  it('refuses times and sorts it cannot read, naming the parameter', async () => {
    const session = await ApiSession.connect(sandbox);
    const query = { user: session.tokens.owner, min_start_time: '2026-11-20', sort: 'created_at:asc' };
    const { status, body } = await session.get('/scheduled_events', query);
    expect([status, body.title]).toEqual([400, 'Invalid Argument']);
    expect(body.details.map((detail) => detail.parameter)).toEqual(['min_start_time', 'sort']);
  });

  it('cancels for the host, once, and not in the past', async () => {
    const session = await ApiSession.connect(sandbox);
    const { scheduled_event: event } = sandbox.control.book();
    const path = `${event.uri}/cancellation`;
    const first = await session.send('POST', path, { reason: 'Malade' });
    expect([first.status, first.body.resource]).toMatchObject([
      201,
      { canceled_by: 'Nora Petit', reason: 'Malade', canceler_type: 'host' },
    ]);
    expect((await session.send('POST', path)).body.message).toBe('Event is already canceled');
    const past = sandbox.control.book({ start_time: '2026-11-19T09:00:00Z' }).scheduled_event;
    expect((await session.send('POST', `${past.uri}/cancellation`)).body.message).toBe('Event in the past');
  });

  it('marks a no-show and takes it back', async () => {
    const session = await ApiSession.connect(sandbox);
    const { invitee } = inviteeOf(sandbox.control.book());
    const marked = await session.send('POST', '/invitee_no_shows', { invitee });
    expect([marked.status, marked.body.resource.invitee]).toEqual([201, invitee]);
    expect((await session.send('GET', invitee)).body.resource.no_show?.uri).toBe(marked.body.resource.uri);
    expect((await session.send('DELETE', marked.body.resource.uri)).status).toBe(204);
    expect((await session.send('GET', marked.body.resource.uri)).status).toBe(404);
    expect((await session.send('GET', invitee)).body.resource.no_show).toBeNull();
  });

  it('lists event types and memberships', async () => {
    const session = await ApiSession.connect(sandbox);
    const types = await session.get('/event_types', { user: session.tokens.owner, sort: 'name:asc' });
    expect(types.body.collection.map((type) => type.name)).toEqual([
      'Atelier collectif',
      'Découverte 30min',
      'Présentation produit',
    ]);
    const memberships = await session.get('/organization_memberships', { user: session.tokens.owner });
    expect(memberships.body.collection).toMatchObject([{ role: 'owner', user: { email: paidEmail } }]);
  });
});
