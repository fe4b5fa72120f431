import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { homeTenantId } from './store.js';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import {
  authorizeUrl,
  GraphSession,
  newVerifier,
  obtainCode,
  personalEmail,
  postToken,
  usualRedirect,
  workEmail,
} from './testing/graph-session.js';

const day = 86_400;

describe('the token endpoint', () => {
  let sandbox: OutlookSandbox;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox({ frozenAt: new Date('2026-03-01T09:00:00Z') });
  });
  afterEach(() => sandbox.close());

  const redeem = (code: string, changes: Record<string, string> = {}) =>
    postToken(sandbox, { grant_type: 'authorization_code', code, redirect_uri: usualRedirect, ...changes });

  it('answers long tokens, a random lifetime between 60 and 90 minutes, and the scopes without offline_access', async () => {
    const lifetimes = new Set<number>();
    for (let turn = 0; turn < 8; turn += 1) {
      const { tokens } = await GraphSession.connect(sandbox);
      lifetimes.add(tokens.expires_in);
      expect(tokens.expires_in).toBeGreaterThanOrEqual(3600);
      expect(tokens.expires_in).toBeLessThan(5400);
      expect(tokens.scope).toBe('openid profile email User.Read Calendars.ReadWrite');
      expect(tokens.access_token.length).toBeGreaterThan(2000);
      expect(tokens.refresh_token.length).toBeGreaterThan(1000);
    }
    expect(lifetimes.size).toBeGreaterThan(1);
  });

  it('names scopes in full when told to', async () => {
    sandbox.control.changeSettings({ scope_echo: 'full' });
    const { tokens } = await GraphSession.connect(sandbox);
    expect(tokens.scope).toBe(
      'openid profile email https://graph.microsoft.com/User.Read https://graph.microsoft.com/Calendars.ReadWrite',
    );
  });

  it('gives a refresh token only with offline_access, and an id_token only with openid', async () => {
    const { tokens: bare } = await GraphSession.connect(sandbox, workEmail, 'User.Read');
    expect(bare).not.toHaveProperty('refresh_token');
    expect(bare).not.toHaveProperty('id_token');
    const { tokens } = await GraphSession.connect(sandbox, workEmail, 'openid offline_access User.Read');
    const [header = '', claims = '', signature] = tokens.id_token.split('.');
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
    const account = sandbox.control.accounts().find(({ email }) => email === workEmail);
    expect(read(claims)).toMatchObject({ oid: account?.id, tid: homeTenantId, aud: sandbox.clientId });
    expect([read(header)['alg'], signature === '']).toEqual(['RS256', false]);
    sandbox.control.changeSettings({ id_token: 'unsigned' });
    const { tokens: plain } = await GraphSession.connect(sandbox, personalEmail);
    expect(plain.id_token.endsWith('.')).toBe(true);
    expect(read(plain.id_token.split('.')[1] ?? '')['tid']).toBe('9188040d-6c67-4c5b-b112-36a304b66dad');
  });

  it('redeems a code once: the second time is 54005, with all a diagnosis needs', async () => {
    const code = obtainCode(sandbox, authorizeUrl(sandbox));
    expect((await redeem(code)).status).toBe(200);
    const { status, body } = await redeem(code);
    expect(status).toBe(400);
    expect(body).toEqual({
      error: 'invalid_grant',
      error_description: expect.stringMatching(/^AADSTS54005: .+\r\nTrace ID: .+\r\nCorrelation ID: .+\r\nTimestamp: /),
      error_codes: [54005],
      timestamp: '2026-03-01 09:00:00Z',
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      error_uri: 'https://login.microsoftonline.com/error?code=54005',
    });
  });

  it('forgets a code after ten minutes', async () => {
    const code = obtainCode(sandbox, authorizeUrl(sandbox));
    await sandbox.control.advance({ seconds: 601 });
    expect((await redeem(code)).body.error_codes).toEqual([70008]);
  });

  it('wants the verifier of the challenge, and none without a challenge', async () => {
    const verifier = newVerifier();
    const code = obtainCode(sandbox, authorizeUrl(sandbox, {}, { verifier }));
    expect((await redeem(code)).body.error_codes).toEqual([501481]);
    expect((await redeem(code, { code_verifier: newVerifier() })).body.error_codes).toEqual([501481]);
    expect((await redeem(code, { code_verifier: verifier })).status).toBe(200);
    const open = obtainCode(sandbox, authorizeUrl(sandbox));
    expect((await redeem(open, { code_verifier: verifier })).body.error_codes).toEqual([501481]);
    const plain = obtainCode(sandbox, authorizeUrl(sandbox, { code_challenge: verifier }));
    expect((await redeem(plain, { code_verifier: verifier })).status).toBe(200);
  });

  it.each([
    ['another redirect', { redirect_uri: 'http://localhost:5173/calendar/callback/outlook' }, 400, 'invalid_grant'],
    ['no redirect', { redirect_uri: '' }, 400, 'invalid_request'],
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['no secret', { client_secret: '' }, 401, 'invalid_client'],
    ['an unknown application', { client_id: 'nobody' }, 400, 'unauthorized_client'],
    ['an unknown grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['an unknown code', { code: 'nothing' }, 400, 'invalid_grant'],
    ['more scopes than consented', { scope: 'Calendars.ReadWrite MailboxSettings.Read' }, 400, 'invalid_grant'],
    ['an unknown scope', { scope: 'Everything' }, 400, 'invalid_scope'],
  ])('refuses %s', async (_, changes, status, error) => {
    const answer = await redeem(obtainCode(sandbox, authorizeUrl(sandbox)), changes);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(answer.body.error_codes).toHaveLength(1);
  });

  it('takes the client as HTTP Basic too, and no JSON', async () => {
    const code = obtainCode(sandbox, authorizeUrl(sandbox));
    const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64');
    const address = `${sandbox.loginUrl}/common/oauth2/v2.0/token`;
    const fields = { grant_type: 'authorization_code', code, redirect_uri: usualRedirect };
    const asJson = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${basic}` },
      body: JSON.stringify(fields),
    });
    expect(asJson.status).toBe(400);
    const headers = { authorization: `Basic ${basic}` };
    const answer = await fetch(address, { method: 'POST', headers, body: new URLSearchParams(fields) });
    expect(answer.status).toBe(200);
  });

  it('redeems only where the account may sign in', async () => {
    const code = obtainCode(sandbox, authorizeUrl(sandbox), personalEmail);
    const fields = { grant_type: 'authorization_code', code, redirect_uri: usualRedirect };
    expect((await postToken(sandbox, fields, { tenant: 'organizations' })).body.error).toBe('invalid_grant');
    expect((await postToken(sandbox, fields, { tenant: 'consumers' })).status).toBe(200);
  });

  it('hands out a new refresh token each time, and leaves the old one alive', async () => {
    const session = await GraphSession.connect(sandbox);
    const first = await session.refresh();
    const again = await session.refresh();
    expect([first.status, again.status]).toEqual([200, 200]);
    const all = [session.tokens, first.body, again.body].map((body) => body.refresh_token);
    expect(new Set(all).size).toBe(3);
    for (const token of all) expect((await session.refresh(token)).status).toBe(200);
  });

  it('narrows a refresh, and widens none', async () => {
    const session = await GraphSession.connect(sandbox);
    const narrow = await session.refresh(undefined, { scope: 'User.Read' });
    expect([narrow.status, narrow.body.scope, typeof narrow.body.refresh_token]).toEqual([200, 'User.Read', 'string']);
    const wide = await session.refresh(undefined, { scope: 'MailboxSettings.Read' });
    expect(wide.body).toMatchObject({ error: 'invalid_grant', suberror: 'consent_required' });
  });

  it('ends a refresh token after ninety days without use, counted from its last use', async () => {
    const session = await GraphSession.connect(sandbox);
    await sandbox.control.advance({ seconds: 80 * day });
    const { body } = await session.refresh();
    await sandbox.control.advance({ seconds: 80 * day });
    expect((await session.refresh()).status).toBe(200);
    expect((await session.refresh(body.refresh_token)).status).toBe(200);
    await sandbox.control.advance({ seconds: 90 * day });
    const late = await session.refresh(body.refresh_token);
    expect(late.body).toMatchObject({ error: 'invalid_grant', error_codes: [700082] });
  });

  it('ends access tokens on time and on demand, and everything when the grant is revoked', async () => {
    sandbox.control.changeSettings({ access_token_seconds: 3600 });
    const session = await GraphSession.connect(sandbox);
    await sandbox.control.advance({ seconds: 3599 });
    expect((await session.get('/me')).status).toBe(200);
    await sandbox.control.advance({ seconds: 1 });
    const late = await session.get('/me');
    expect([late.status, late.body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
    expect(late.headers.get('www-authenticate')).toMatch(/^Bearer/);

    const other = await GraphSession.connect(sandbox);
    expect(sandbox.control.revokeGrants({ account: workEmail, access_tokens: false }).revoked).toBe(2);
    expect((await other.get('/me')).status).toBe(200);
    expect((await other.refresh()).body).toMatchObject({ error: 'invalid_grant', error_codes: [50173] });
    sandbox.control.revokeGrants();
    expect((await other.get('/me')).status).toBe(401);
  });

  it.each([
    ['interaction_required', 50076, 400],
    ['invalid_grant', 50173, 400],
    ['invalid_client', 7000222, 401],
    ['consent_required', 65001, 400],
    ['temporarily_unavailable', 90033, 503],
  ] as const)('says %s on demand, so many times', async (error, code, status) => {
    const session = await GraphSession.connect(sandbox);
    sandbox.control.failTokens({ error, times: 2, grant_type: 'refresh_token' });
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await session.refresh();
      expect([answer.status, answer.body.error, answer.body.error_codes]).toEqual([status, error, [code]]);
    }
    expect((await session.refresh()).status).toBe(200);
  });

  it('goes on saying it until told to stop, to one account only', async () => {
    const session = await GraphSession.connect(sandbox);
    const other = await GraphSession.connect(sandbox, personalEmail);
    sandbox.control.failTokens({ error: 'invalid_grant', code: 700082, account: workEmail, times: null });
    for (let turn = 0; turn < 3; turn += 1) expect((await session.refresh()).body.error_codes).toEqual([700082]);
    expect((await other.refresh()).status).toBe(200);
    sandbox.control.clearTokenFaults();
    expect((await session.refresh()).status).toBe(200);
  });

  it('has nothing that revokes', async () => {
    const answer = await fetch(`${sandbox.loginUrl}/common/oauth2/v2.0/revoke`, { method: 'POST' });
    expect(answer.status).toBe(404);
  });
});
