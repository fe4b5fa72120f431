import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import {
  authorizeUrl,
  emptyEmail,
  GoogleSession,
  mainEmail,
  newVerifier,
  obtainCode,
  postToken,
  reasonOf,
  scope,
  usualRedirect,
  usualScopes,
} from './testing/google-session.js';

const day = 86_400;
const expired = 'Token has been expired or revoked.';

describe('the token endpoint', () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
  });
  afterEach(() => sandbox.close());

  const exchange = (code: string, changes: Record<string, string | null> = {}) =>
    postToken(sandbox, { grant_type: 'authorization_code', code, redirect_uri: usualRedirect, ...changes });
  const errorOf = ({ status, body }: { status: number; body: { error?: string } }) => `${status} ${body.error ?? ''}`;

  it('gives tokens of the longest documented size, once for each code', async () => {
    const code = obtainCode(sandbox, authorizeUrl(sandbox));
    const { status, body } = await exchange(code);
    expect(status).toBe(200);
    expect([code.length, body.access_token.length, body.refresh_token?.length]).toEqual([256, 2048, 512]);
    expect(body.expires_in).toBe(3599);
    expect(errorOf(await exchange(code))).toBe('400 invalid_grant');
  });

  it('spells out and reorders scopes', async () => {
    const { tokens } = await GoogleSession.connect(sandbox);
    expect(tokens.scope).not.toBe(usualScopes.join(' '));
    expect(tokens.scope.split(' ').sort()).toEqual([scope('calendar'), scope('userinfo.email'), 'openid']);
  });

  it('names in scope only what was left ticked', async () => {
    const wanted = { scope: `openid ${scope('calendar.events')} ${scope('calendar.calendarlist.readonly')}` };
    const code = obtainCode(sandbox, authorizeUrl(sandbox, wanted), mainEmail, ['openid', scope('calendar.events')]);
    expect((await exchange(code)).body.scope.split(' ').sort()).toEqual([scope('calendar.events'), 'openid']);
  });

  it.each([
    ['an unknown code', { code: 'other' }, '400 invalid_grant'],
    ['another redirect', { redirect_uri: `${usualRedirect}/` }, '400 redirect_uri_mismatch'],
    ['no redirect', { redirect_uri: null }, '400 invalid_request'],
    ['a wrong secret', { client_secret: 'wrong' }, '401 invalid_client'],
    ['an unknown client', { client_id: 'wrong' }, '401 invalid_client'],
    ['no secret', { client_secret: null }, '400 invalid_request'],
    ['a grant it does not know', { grant_type: 'password' }, '400 unsupported_grant_type'],
    ['a verifier that nobody asked for', { code_verifier: newVerifier() }, '400 invalid_grant'],
  ])('refuses %s', async (_what, changes, refusal) => {
    expect(errorOf(await exchange(obtainCode(sandbox, authorizeUrl(sandbox)), changes))).toBe(refusal);
  });

  it('takes a challenged code with its verifier alone', async () => {
    const verifier = newVerifier();
    const code = obtainCode(sandbox, authorizeUrl(sandbox, {}, verifier));
    expect(errorOf(await exchange(code))).toBe('400 invalid_grant');
    expect(errorOf(await exchange(code, { code_verifier: newVerifier() }))).toBe('400 invalid_grant');
    expect((await exchange(code, { code_verifier: verifier })).status).toBe(200);
  });

  it('takes forms only, and no code after ten minutes', async () => {
    const body = JSON.stringify({ grant_type: 'refresh_token' });
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(sandbox.tokenUrl, { method: 'POST', body, headers })).status).toBe(400);
    const code = obtainCode(sandbox, authorizeUrl(sandbox));
    await sandbox.control.advance({ seconds: 600 });
    expect(errorOf(await exchange(code))).toBe('400 invalid_grant');
  });

  it('gives a refresh token on consent only: the first time, with prompt=consent, and for more than before', async () => {
    const given = async (changes: Record<string, string | null> = {}) => {
      const code = obtainCode(sandbox, authorizeUrl(sandbox, changes), emptyEmail);
      return (await exchange(code)).body.refresh_token !== undefined;
    };
    expect(await given({ access_type: null })).toBe(false);
    expect(await given({ prompt: 'consent' })).toBe(true);
    expect(await given()).toBe(false);
    expect(await given({ scope: `${scope('calendar')} ${scope('calendar.settings.readonly')}` })).toBe(true);
    sandbox.control.revokeGrants({ account: emptyEmail });
    expect(await given()).toBe(true);
  });

  it('adds what was granted earlier when asked to', async () => {
    await GoogleSession.connect(sandbox, mainEmail, [scope('calendar.events')]);
    const second = await GoogleSession.connect(sandbox, mainEmail, [scope('calendar.readonly')]);
    expect(second.tokens.scope).toBe(scope('calendar.readonly'));
    const third = await GoogleSession.connect(sandbox, mainEmail, [scope('calendar.freebusy')], {
      include_granted_scopes: 'true',
    });
    expect(third.tokens.scope.split(' ').sort()).toEqual([
      scope('calendar.events'),
      scope('calendar.freebusy'),
      scope('calendar.readonly'),
    ]);
  });

  it('refreshes again and again, without sending the refresh token back', async () => {
    const { tokens } = await GoogleSession.connect(sandbox);
    const refresh = () =>
      postToken(sandbox, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' });
    const [first, second] = [await refresh(), await refresh()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body.refresh_token).toBeUndefined();
    expect(first.body.access_token).not.toBe(second.body.access_token);
    expect(first.body.id_token).toBeDefined();
  });

  it('says of who one is no more than was granted', async () => {
    const claims = ({ tokens }: GoogleSession) =>
      tokens.id_token &&
      (JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString()) as object);
    const known = await GoogleSession.connect(sandbox);
    expect(claims(known)).toMatchObject({
      aud: sandbox.clientId,
      email: mainEmail,
      sub: expect.stringMatching(/^1\d{20}$/),
    });
    const unknown = await GoogleSession.connect(sandbox, emptyEmail, [scope('calendar.events')]);
    expect(claims(unknown)).toBeUndefined();
    const ask = async ({ tokens }: GoogleSession) => {
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      const response = await fetch(sandbox.userInfoUrl, { headers });
      return { status: response.status, body: (await response.json()) as object };
    };
    const { body } = await ask(known);
    expect(body).toEqual({ id: expect.stringMatching(/^1\d{20}$/), email: mainEmail, verified_email: true });
    expect((await ask(unknown)).status).toBe(403);
  });

  it('ends access tokens on time, which the API answers with 401 authError', async () => {
    const session = await GoogleSession.connect(sandbox);
    expect((await session.events().list()).status).toBe(200);
    await sandbox.control.advance({ seconds: 3600 });
    expect(reasonOf(await session.events().list())).toBe('401 authError');
    expect((await session.refresh()).status).toBe(200);
  });

  it('takes everything back from an account, whichever of its tokens is revoked', async () => {
    const first = await GoogleSession.connect(sandbox);
    const second = await GoogleSession.connect(sandbox, mainEmail, usualScopes, { prompt: 'consent' });
    const other = await GoogleSession.connect(sandbox, emptyEmail);
    const revoke = (token: string) =>
      fetch(sandbox.revokeUrl, { method: 'POST', body: new URLSearchParams({ token }) });
    expect((await revoke(first.tokens.access_token)).status).toBe(200);
    expect(reasonOf(await second.events().list())).toBe('401 authError');
    expect(await second.refresh()).toMatchObject({ status: 400, body: { error_description: expired } });
    expect((await other.refresh()).status).toBe(200);
    expect((await revoke(first.tokens.access_token)).status).toBe(400);
  });

  it('silently ends the oldest refresh token when there are more than a hundred', async () => {
    const first = await GoogleSession.connect(sandbox);
    const second = await GoogleSession.connect(sandbox, mainEmail, usualScopes, { prompt: 'consent' });
    for (let count = 3; count <= 101; count += 1) {
      await exchange(obtainCode(sandbox, authorizeUrl(sandbox, { prompt: 'consent' })));
    }
    expect(errorOf(await first.refresh())).toBe('400 invalid_grant');
    expect((await second.refresh()).status).toBe(200);
  });

  it('ends refresh tokens after six idle months', async () => {
    const [used, idle] = [await GoogleSession.connect(sandbox), await GoogleSession.connect(sandbox, emptyEmail)];
    await sandbox.control.advance({ seconds: 100 * day });
    expect((await used.refresh()).status).toBe(200);
    await sandbox.control.advance({ seconds: 81 * day });
    expect((await used.refresh()).status).toBe(200);
    expect(errorOf(await idle.refresh())).toBe('400 invalid_grant');
  });

  it('ends them after seven days while the project is in testing, unless they only tell who one is', async () => {
    sandbox.control.changeSettings({ publishing_status: 'testing' });
    const calendar = await GoogleSession.connect(sandbox);
    const identity = await GoogleSession.connect(sandbox, emptyEmail, ['openid', 'email', 'profile']);
    expect(calendar.tokens.refresh_token_expires_in).toBeUndefined();
    await sandbox.control.advance({ seconds: 7 * day - 1 });
    expect((await calendar.refresh()).status).toBe(200);
    await sandbox.control.advance({ seconds: 1 });
    expect(await calendar.refresh()).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: expired },
    });
    expect((await identity.refresh()).status).toBe(200);
  });

  it('says when access that was granted for a time ends', async () => {
    const url = authorizeUrl(sandbox);
    const { location } = sandbox.control.consent({ authorize_url: url, access_seconds: day });
    const { body } = await exchange(new URL(location).searchParams.get('code') ?? '');
    expect(body.refresh_token_expires_in).toBe(day);
    await sandbox.control.advance({ seconds: day });
    const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' };
    expect(errorOf(await postToken(sandbox, refresh))).toBe('400 invalid_grant');
  });

  it('fails as ordered', async () => {
    const session = await GoogleSession.connect(sandbox);
    sandbox.control.failNext({ path_prefix: '/token', status: 400, reason: 'invalid_grant' });
    sandbox.control.failNext({ path_prefix: '/token', status: 503 });
    sandbox.control.failNext({ path_prefix: '/token', status: 429, retry_after: 7 });
    expect(await session.refresh()).toMatchObject({ body: { error: 'invalid_grant', error_description: expired } });
    expect((await session.refresh()).status).toBe(503);
    expect((await session.refresh()).headers.get('retry-after')).toBe('7');
    expect((await session.refresh()).status).toBe(200);
  });
});
