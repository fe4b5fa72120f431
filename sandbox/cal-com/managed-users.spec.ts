import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from './start-cal-com-sandbox.js';
import { ApiCaller, createUser, ManagedUser, usersPath } from './testing/api-caller.js';

const frozenAt = new Date('2026-11-20T10:00:30.500Z');

describe('managed users', () => {
  let sandbox: CalComSandbox;
  let client: ApiCaller;
  beforeEach(async () => {
    sandbox = await startCalComSandbox({ frozenAt });
    client = ApiCaller.asClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const pathTo = (id: number, action = '') => `${usersPath(sandbox)}/${id}${action}`;

  it('get their address rewritten with the client id', async () => {
    const { status, body } = await createUser(sandbox, { email: 'inès.roy@exemple.fr', metadata: { crm: '12' } });
    expect(status).toBe(201);
    expect(body.data.user).toMatchObject({
      email: `inès.roy+${sandbox.clientId}@exemple.fr`,
      name: 'Inès Roy',
      timeZone: 'Europe/Paris',
      locale: 'en',
      metadata: { crm: '12' },
    });
    const marked = await createUser(sandbox, { email: `leo+${sandbox.clientId}@exemple.fr` });
    expect(marked.body.data.user.email).toBe(`leo+${sandbox.clientId}@exemple.fr`);
  });

  it('exist once for an address: the second is 409 and names the first', async () => {
    const { id } = await ManagedUser.create(sandbox);
    const { status, body } = await createUser(sandbox);
    expect([status, body.error.code, body.error.message]).toEqual([
      409,
      'ConflictException',
      `User with the provided e-mail already exists. Existing user ID=${id}`,
    ]);
  });

  it.each([
    ['no name', { name: undefined }],
    ['no address', { email: undefined }],
    ['an address that is none', { email: 'ines' }],
    ['a zone that does not exist', { timeZone: 'Europe/Lutece' }],
    ['a time format of its own', { timeFormat: 13 }],
    ['a language Cal.com does not speak', { locale: 'oc' }],
    ['metadata with a long name', { metadata: { ['x'.repeat(41)]: '1' } }],
    ['metadata with a long value', { metadata: { x: '1'.repeat(501) } }],
  ])('are refused with %s', async (_case, changes) => {
    const { status, body } = await createUser(sandbox, changes);
    expect([status, body.status, body.error.code]).toEqual([400, 'error', 'BadRequestException']);
    expect(body.path).toBe(`/v2${usersPath(sandbox)}`);
  });

  it('without a time zone have no schedule and cannot be booked, until they get one', async () => {
    const user = await ManagedUser.create(sandbox, { timeZone: undefined });
    expect(user.data.user.defaultScheduleId).toBeNull();
    const order = {
      start: '2026-11-24T10:00:00Z',
      attendee: { name: 'Zoé', email: 'zoe@exemple.fr', timeZone: 'Europe/Paris' },
      eventTypeId: sandbox.control.managedUsers()[0]?.event_types[0]?.id,
    };
    const nobody = new ApiCaller(sandbox);
    expect((await nobody.post('/bookings', order)).body.error.message).toMatch(/not available/);
    const schedule = { name: 'Semaine', timeZone: 'Europe/Paris', isDefault: true };
    expect((await user.post('/schedules', schedule)).status).toBe(201);
    expect((await nobody.post('/bookings', order)).status).toBe(201);
  });

  it('are listed by page, and by plain or rewritten address', async () => {
    for (const name of ['a', 'b', 'c']) await createUser(sandbox, { email: `${name}@exemple.fr` });
    const emails = async (query: Record<string, string>) => {
      const { body } = await client.get(usersPath(sandbox), query);
      return (body.data as unknown as { email: string }[]).map(({ email }) => email[0]);
    };
    expect(await emails({})).toEqual(['a', 'b', 'c']);
    expect(await emails({ limit: '1', offset: '1' })).toEqual(['b']);
    expect(await emails({ emails: `a@exemple.fr,c+${sandbox.clientId}@exemple.fr` })).toEqual(['a', 'c']);
  });

  it('change address and username together, and vanish for good', async () => {
    const { id, data } = await ManagedUser.create(sandbox);
    const changed = await client.send('PATCH', pathTo(id), { body: { email: 'ines.dupont@exemple.fr' } });
    expect(changed.body.data['email']).toBe(`ines.dupont+${sandbox.clientId}@exemple.fr`);
    expect(changed.body.data['username']).not.toBe(data.user.username);
    expect((await client.send('DELETE', pathTo(id))).body.data.id).toBe(id);
    const gone = await client.get(pathTo(id));
    expect([gone.status, gone.body.error.message]).toEqual([
      404,
      `User with ID ${id} is not part of this OAuth client.`,
    ]);
    expect((await ApiCaller.withBearer(sandbox, data.accessToken).get('/me')).status).toBe(401);
  });

  it('belong to their client: people of Cal.com are none of its business', async () => {
    const nora = sandbox.control.accounts()[0]?.user.id ?? 0;
    expect((await client.get(pathTo(nora))).status).toBe(404);
  });

  it('answer to the secret, whatever bearer comes along', async () => {
    const user = await ManagedUser.create(sandbox);
    const path = usersPath(sandbox);
    const statusWith = async (headers: Record<string, string>) =>
      (await new ApiCaller(sandbox).send('GET', path, { headers })).status;
    expect(await statusWith({})).toBe(401);
    expect(await statusWith(user.credentials)).toBe(401);
    expect(await statusWith({ 'x-cal-secret-key': 'wrong' })).toBe(401);
    expect(await statusWith({ 'x-cal-secret-key': sandbox.clientSecret })).toBe(200);
    expect(await statusWith({ ...client.credentials, authorization: 'Bearer nothing' })).toBe(200);
    const wrong = await new ApiCaller(sandbox, { ...user.credentials, 'x-cal-secret-key': 'wrong' }).get('/me');
    expect(wrong.status).toBe(401);
  });

  it('bring four event types along if the client is set so', async () => {
    await ManagedUser.create(sandbox);
    expect(sandbox.control.managedUsers()[0]?.event_types).toHaveLength(4);
    const admin = ApiCaller.withApiKey(sandbox);
    const path = `/oauth-clients/${sandbox.clientId}`;
    await admin.send('PATCH', path, { body: { areDefaultEventTypesEnabled: false } });
    await ManagedUser.create(sandbox, { email: 'leo@exemple.fr' });
    expect(sandbox.control.managedUsers()[1]?.event_types).toHaveLength(0);
  });

  describe('their tokens', () => {
    const refresh = (refreshToken: string, caller = client) =>
      caller.post(`/oauth/${sandbox.clientId}/refresh`, { refreshToken });

    it('live 59 to 60 minutes and a year, rounded down, in epoch milliseconds', async () => {
      const { data } = await ManagedUser.create(sandbox);
      expect(data['accessTokenExpiresAt']).toBe(Date.parse('2026-11-20T11:00:00Z'));
      expect(data['refreshTokenExpiresAt']).toBe(Date.parse('2027-11-20T00:00:00Z'));
      const [, claims = ''] = data.accessToken.split('.');
      const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
      expect(read).toMatchObject({ type: 'access_token', clientId: sandbox.clientId, ownerId: data.user.id });
      expect(read).not.toHaveProperty('exp');
    });

    it('answer 498 when expired, and 401 once anybody of the client has refreshed', async () => {
      const user = await ManagedUser.create(sandbox);
      const other = await ManagedUser.create(sandbox, { email: 'leo@exemple.fr' });
      await sandbox.control.advance({ seconds: 3600 });
      const expired = await user.get('/me');
      expect([expired.status, expired.body.error.message]).toEqual([498, 'ACCESS_TOKEN_IS_EXPIRED']);
      await refresh(other.data.refreshToken);
      const purged = await user.get('/me');
      expect([purged.status, purged.body.error.message]).toEqual([401, 'Invalid Access Token.']);
    });

    it('are renewed by a refresh token that works once, and leaves other access tokens alone', async () => {
      const user = await ManagedUser.create(sandbox);
      const { status, body } = await refresh(user.data.refreshToken);
      expect(status).toBe(200);
      expect((await ApiCaller.withBearer(sandbox, body.data.accessToken).get('/me')).status).toBe(200);
      expect((await user.get('/me')).status).toBe(200);
      const again = await refresh(user.data.refreshToken);
      expect([again.status, again.body.error.message]).toEqual([400, 'Invalid refresh token']);
      expect((await refresh(body.data.refreshToken)).status).toBe(200);
    });

    it('are lost to one of two that refresh together', async () => {
      const { data } = await ManagedUser.create(sandbox);
      const answers = await Promise.all([refresh(data.refreshToken), refresh(data.refreshToken)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    });

    it('are all cut off by a force-refresh, which issues one pair', async () => {
      const user = await ManagedUser.create(sandbox);
      const second = await refresh(user.data.refreshToken);
      const { body } = await client.post(pathTo(user.id, '/force-refresh'));
      expect((await user.get('/me')).status).toBe(401);
      expect((await refresh(second.body.data.refreshToken)).status).toBe(400);
      expect((await ApiCaller.withBearer(sandbox, body.data.accessToken).get('/me')).status).toBe(200);
    });

    it('need the secret to be renewed, and a refresh token within its year', async () => {
      const { data } = await ManagedUser.create(sandbox);
      const wrong = new ApiCaller(sandbox, { 'x-cal-secret-key': 'wrong' });
      const refused = await refresh(data.refreshToken, wrong);
      expect([refused.status, refused.body.error.message]).toEqual([401, 'Invalid client secret']);
      expect((await refresh(data.refreshToken, new ApiCaller(sandbox))).status).toBe(401);
      expect((await refresh('unknown')).status).toBe(400);
      sandbox.control.expireTokens({ tokens: 'refresh' });
      expect((await refresh(data.refreshToken)).status).toBe(400);
    });

    it('may come without the end of the refresh token, as they used to', async () => {
      sandbox.control.changeSettings({ answers_refresh_expiry: false });
      const { data } = await ManagedUser.create(sandbox);
      expect(data).not.toHaveProperty('refreshTokenExpiresAt');
      expect(data).toHaveProperty('accessTokenExpiresAt');
    });

    it('are refused from a browser at another site', async () => {
      const user = await ManagedUser.create(sandbox);
      const from = async (origin: string) => (await user.send('GET', '/me', { headers: { origin } })).status;
      expect(await from('http://localhost:3000')).toBe(200);
      expect(await from('https://evil.example')).toBe(401);
    });
  });

  describe('withdrawn', () => {
    it.each([404, 410] as const)('answer %i, while people of Cal.com go on', async (status) => {
      const user = await ManagedUser.create(sandbox);
      const key = ApiCaller.withApiKey(sandbox);
      sandbox.control.platformGone({ status });
      const paths: [string, string][] = [
        ['POST', usersPath(sandbox)],
        ['POST', pathTo(user.id, '/force-refresh')],
        ['POST', `/oauth/${sandbox.clientId}/refresh`],
        ['GET', `/oauth-clients/${sandbox.clientId}/webhooks`],
        ['GET', `/provider/${sandbox.clientId}`],
      ];
      const statuses = await Promise.all(paths.map(async ([method, path]) => (await client.send(method, path)).status));
      expect(statuses).toEqual(paths.map(() => status));
      expect((await key.get('/me')).status).toBe(200);
      expect((await new ApiCaller(sandbox).get(`/auth/oauth2/clients/${sandbox.clientId}`)).status).toBe(200);
      sandbox.control.platformGone({ status: null });
      expect((await client.get(usersPath(sandbox))).status).toBe(200);
    });
  });

  it('let the atoms of a page find the client and prove a token', async () => {
    const user = await ManagedUser.create(sandbox);
    const provider = await user.get(`/provider/${sandbox.clientId}`);
    expect(provider.body.data).toMatchObject({ clientId: sandbox.clientId, name: 'Passerelle' });
    expect((await user.get('/provider/unknown')).body.error.message).toBe('Invalid oAuth Client.');
    const path = `/provider/${sandbox.clientId}/access-token`;
    expect((await user.get(path)).status).toBe(200);
    sandbox.control.expireTokens();
    expect((await user.get(path)).status).toBe(498);
    sandbox.control.revoke();
    expect((await user.get(path)).status).toBe(401);
  });
});
