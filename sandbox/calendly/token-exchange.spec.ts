import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from './start-calendly-sandbox.js';
import {
  ApiSession,
  authorizeUrl,
  basicAuthorization,
  newVerifier,
  obtainCode,
  post,
  postToken,
  usualRedirect,
} from './testing/api-session.js';

describe('the token endpoint', () => {
  let sandbox: CalendlySandbox;
  beforeEach(async () => {
    sandbox = await startCalendlySandbox({ frozenAt: new Date('2026-11-20T10:00:00.123Z') });
  });
  afterEach(() => sandbox.close());

  const verifier = newVerifier();
  const codeFields = () => ({
    grant_type: 'authorization_code',
    code: obtainCode(sandbox, authorizeUrl(sandbox, {}, verifier)),
    redirect_uri: usualRedirect,
    code_verifier: verifier,
  });

  it('exchanges a code for a pair, with long tokens and seconds', async () => {
    const { status, body } = await postToken(sandbox, codeFields());
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 7200, created_at: 1795168800 });
    expect(body.access_token.length).toBeGreaterThan(255);
    expect(body.owner).toMatch(new RegExp(`^${sandbox.apiUrl}/users/`));
    expect(body.organization).toMatch(new RegExp(`^${sandbox.apiUrl}/organizations/[A-Z2-7]{16}$`));
  });

  it('takes credentials and fields from a JSON body too', async () => {
    const response = await fetch(`${sandbox.authUrl}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...codeFields(), client_id: sandbox.clientId, client_secret: sandbox.clientSecret }),
    });
    expect(response.status).toBe(200);
  });

  it.each([
    ['another verifier', { code_verifier: newVerifier() }, 'invalid_grant'],
    ['a verifier that is too short', { code_verifier: 'short' }, 'invalid_grant'],
    ['another redirect', { redirect_uri: 'http://localhost:5173/auth/calendly/callback' }, 'invalid_grant'],
    ['an unknown code', { code: 'f'.repeat(64) }, 'invalid_grant'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['an empty code', { code: '' }, 'invalid_request'],
  ])('refuses %s', async (_case, changes, error) => {
    const { status, body } = await postToken(sandbox, { ...codeFields(), ...changes });
    expect([status, body.error]).toEqual([400, error]);
  });

  it('refuses a wrong secret with 401 invalid_client, and leaves the code usable', async () => {
    const fields = codeFields();
    const wrong = await postToken(sandbox, { ...fields, client_id: sandbox.clientId, client_secret: 'no' }, {});
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client']);
    expect((await postToken(sandbox, fields)).status).toBe(200);
  });

  it('refuses a missing verifier, and one that no challenge asked for', async () => {
    const { code_verifier: _left, ...unproven } = codeFields();
    expect((await postToken(sandbox, unproven)).body.error).toBe('invalid_grant');
    const plain = obtainCode(sandbox, authorizeUrl(sandbox));
    expect((await postToken(sandbox, { ...codeFields(), code: plain })).body.error).toBe('invalid_grant');
  });

  it('takes a code once', async () => {
    const fields = codeFields();
    expect((await postToken(sandbox, fields)).status).toBe(200);
    expect((await postToken(sandbox, fields)).body.error).toBe('invalid_grant');
  });

  it('lets a code live 600 seconds and not one more', async () => {
    const [early, late] = [codeFields(), codeFields()];
    await sandbox.control.advance({ seconds: 599 });
    expect((await postToken(sandbox, early)).status).toBe(200);
    await sandbox.control.advance({ seconds: 1 });
    expect((await postToken(sandbox, late)).body.error).toBe('invalid_grant');
  });

  it('rotates refresh tokens, and the second use of one harms nobody', async () => {
    const session = await ApiSession.connect(sandbox);
    const first = await session.refresh();
    expect(first.status).toBe(200);
    expect(first.body.refresh_token).not.toBe(session.tokens.refresh_token);
    const again = await session.refresh();
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
    expect((await session.refresh(first.body.refresh_token)).status).toBe(200);
  });

  it('answers one of two simultaneous refreshes', async () => {
    const session = await ApiSession.connect(sandbox);
    const both = await Promise.all([session.refresh(), session.refresh()]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 400]));
  });

  it('answers 429 to the ninth token request of a user within a minute', async () => {
    const session = await ApiSession.connect(sandbox);
    const statuses: number[] = [];
    for (let used = 1; used < 9; used += 1) statuses.push((await session.refresh()).status);
    expect(statuses).toEqual([200, 400, 400, 400, 400, 400, 400, 429]);
  });

  it('keeps the refresh token after a 429', async () => {
    sandbox.control.changeSettings({ token_requests_per_minute: 1 });
    const session = await ApiSession.connect(sandbox);
    expect((await session.refresh()).status).toBe(429);
    await sandbox.control.advance({ seconds: 60 });
    expect((await session.refresh()).status).toBe(200);
  });

  it('ends access tokens after two hours, while the refresh token still works', async () => {
    const session = await ApiSession.connect(sandbox);
    await sandbox.control.advance({ seconds: 7199 });
    expect((await session.get('/users/me')).status).toBe(200);
    await sandbox.control.advance({ seconds: 1 });
    expect((await session.get('/users/me')).body.message).toBe('The access token is invalid');
    expect((await session.refresh()).status).toBe(200);
  });

  it('revokes a pair, and introspection then finds it inactive', async () => {
    const session = await ApiSession.connect(sandbox);
    const about = new URLSearchParams({
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
      token: session.tokens.access_token,
    });
    expect((await post(`${sandbox.authUrl}/oauth/introspect`, about)).body).toMatchObject({ active: true });
    expect((await post(`${sandbox.authUrl}/oauth/revoke`, about)).status).toBe(200);
    expect((await post(`${sandbox.authUrl}/oauth/introspect`, about)).body).toEqual({ active: false });
    expect((await session.refresh()).body.error).toBe('invalid_grant');
  });

  it('refuses revocation to a stranger with 403, and without a token with 400', async () => {
    const revoke = (fields: Record<string, string>, authorization: string) =>
      post(`${sandbox.authUrl}/oauth/revoke`, new URLSearchParams(fields), { authorization });
    expect((await revoke({ token: 'x' }, 'Basic eDp5')).status).toBe(403);
    expect((await revoke({}, basicAuthorization(sandbox))).body.error).toBe('invalid_request');
  });

  it('refuses everything of a revoked grant', async () => {
    const session = await ApiSession.connect(sandbox);
    expect(sandbox.control.revokeGrants({ account: 'nora@example.test' })).toEqual({ revoked: 1 });
    expect((await session.get('/users/me')).status).toBe(401);
    expect((await session.refresh()).body.error).toBe('invalid_grant');
  });
});
