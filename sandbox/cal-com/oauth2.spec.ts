import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from './start-cal-com-sandbox.js';
import { ApiCaller, ManagedUser } from './testing/api-caller.js';

const frozenAt = new Date('2026-11-20T10:00:00Z');

interface Tokens {
  access_token: string;
  refresh_token: string;
  error: string;
  error_description: string;
}

describe('the OAuth 2.0 client', () => {
  let sandbox: CalComSandbox;
  let redirect: string;
  beforeEach(async () => {
    sandbox = await startCalComSandbox({ frozenAt });
    redirect = sandbox.control.redirectUris().redirect_uris[0] ?? '';
  });
  afterEach(() => sandbox.close());

  const authorizeUrl = (changes: Record<string, string | undefined> = {}) => {
    const query = {
      client_id: sandbox.clientId,
      redirect_uri: redirect,
      state: 'état 1',
      scope: 'BOOKING_READ PROFILE_READ',
      ...changes,
    };
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return `${sandbox.appUrl}/auth/oauth2/authorize?${new URLSearchParams(given).toString()}`;
  };
  const obtainCode = (changes: Record<string, string> = {}) => {
    const { location } = sandbox.control.consent({ authorize_url: authorizeUrl(changes) });
    return new URL(location).searchParams.get('code') ?? '';
  };
  const postToken = async (changes: Record<string, string | undefined>, asJson = false) => {
    const fields = { client_id: sandbox.clientId, client_secret: sandbox.clientSecret, ...changes };
    const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const body = asJson ? JSON.stringify(Object.fromEntries(given)) : new URLSearchParams(given);
    const headers: Record<string, string> = asJson ? { 'content-type': 'application/json' } : {};
    const response = await fetch(`${sandbox.apiUrl}/auth/oauth2/token`, { method: 'POST', body, headers });
    return { status: response.status, body: (await response.json()) as Tokens };
  };
  const exchange = (code: string, changes: Record<string, string | undefined> = {}, asJson = false) =>
    postToken({ grant_type: 'authorization_code', code, redirect_uri: redirect, ...changes }, asJson);
  const refresh = (token: string) => postToken({ grant_type: 'refresh_token', refresh_token: token });

  it('asks a person of Cal.com, and brings the code and the state back', async () => {
    await ManagedUser.create(sandbox);
    const text = await (await fetch(authorizeUrl())).text();
    expect(text).toContain('Passerelle demande l’accès');
    expect(text).toContain('nora@example.test');
    expect(text).not.toContain('ines');
    const body = new URLSearchParams(new URL(authorizeUrl()).searchParams);
    body.set('account', 'nora@example.test');
    body.set('decision', 'approve');
    const path = `${sandbox.appUrl}/auth/oauth2/authorize`;
    const answer = await fetch(path, { method: 'POST', body, redirect: 'manual' });
    const location = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, location.searchParams.get('state')]).toEqual([302, 'état 1']);
    expect((await exchange(location.searchParams.get('code') ?? '')).status).toBe(200);
  });

  it('is told of a refusal', () => {
    const { location } = sandbox.control.consent({ authorize_url: authorizeUrl(), decision: 'refuse' });
    const query = Object.fromEntries(new URL(location).searchParams);
    expect(query).toEqual({ error: 'access_denied', state: 'état 1' });
  });

  it.each([
    ['a redirect that differs by a slash', () => ({ redirect_uri: `${redirect}/` }), 'invalid_redirect_uri'],
    ['another client', () => ({ client_id: 'clx' }), 'invalid_client'],
  ])('is stopped on the spot with %s', async (_case, changes, problem) => {
    const answer = await fetch(authorizeUrl(changes()), { redirect: 'manual' });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(problem)]);
  });

  it('waits for the approval of Cal.com', async () => {
    sandbox.control.changeSettings({ oauth_client_approved: false });
    expect(await (await fetch(authorizeUrl())).text()).toContain('client_not_approved');
  });

  it.each([
    ['no scope', { scope: undefined }, 'invalid_scope'],
    ['a scope that does not exist', { scope: 'BOOKINGS' }, 'invalid_scope'],
    ['a plain challenge', { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
  ])('is sent back with %s', async (_case, changes, error) => {
    const answer = await fetch(authorizeUrl(changes), { redirect: 'manual' });
    expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe(error);
  });

  it.each([false, true])('gets tokens of half an hour, unwrapped (as JSON: %s)', async (asJson) => {
    const { status, body } = await exchange(obtainCode({ scope: 'BOOKING_READ,PROFILE_READ' }), {}, asJson);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 1800, scope: 'BOOKING_READ PROFILE_READ' });
    const caller = ApiCaller.withBearer(sandbox, body.access_token);
    expect((await caller.get('/me')).body.data).toMatchObject({ email: 'nora@example.test', name: 'Nora Petit' });
    await sandbox.control.advance({ seconds: 1800 });
    expect((await caller.get('/me')).status).toBe(401);
  });

  it('exchanges a code once, within ten minutes, at the redirect it was made for', async () => {
    const code = obtainCode();
    const other = sandbox.control.redirectUris().redirect_uris[1] ?? '';
    const invalid = { error: 'invalid_grant', error_description: 'code_invalid_or_expired' };
    expect((await exchange(code, { redirect_uri: other })).body).toEqual(invalid);
    expect((await exchange(code)).status).toBe(200);
    expect(await exchange(code)).toEqual({ status: 400, body: invalid });
    const late = obtainCode();
    await sandbox.control.advance({ seconds: 600 });
    expect((await exchange(late)).body).toEqual(invalid);
  });

  it('proves itself in the body', async () => {
    const code = obtainCode();
    expect((await exchange(code, { client_secret: 'wrong' })).status).toBe(401);
    expect((await exchange(code, { client_secret: undefined })).body.error).toBe('invalid_request');
    expect((await exchange(code, { client_id: 'clx' })).body.error).toBe('invalid_client');
    expect((await exchange(code, { grant_type: 'password' })).body.error).toBe('unsupported_grant_type');
    expect((await exchange(code)).status).toBe(200);
  });

  it('proves a challenge, which a public client cannot do without', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const asked = { code_challenge: challenge, code_challenge_method: 'S256' };
    const code = obtainCode(asked);
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    expect((await exchange(code, { code_verifier: verifier })).status).toBe(200);
    sandbox.control.changeSettings({ oauth_client_type: 'PUBLIC' });
    expect(() => obtainCode()).not.toThrow();
    expect(obtainCode()).toBe('');
    const publicly = { code_verifier: verifier, client_secret: undefined };
    expect((await exchange(obtainCode(asked), publicly)).status).toBe(200);
  });

  it('gets a new refresh token with each refresh; the old one is spent', async () => {
    const { body } = await exchange(obtainCode());
    const second = await refresh(body.refresh_token);
    expect(second.status).toBe(200);
    expect(await refresh(body.refresh_token)).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'invalid_refresh_token' },
    });
    sandbox.control.changeSettings({ oauth_refresh_single_use: false });
    expect((await refresh(second.body.refresh_token)).status).toBe(200);
    expect((await refresh(second.body.refresh_token)).status).toBe(200);
    sandbox.control.revoke({ account: 'nora@example.test' });
    expect((await refresh(second.body.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('may do what it was given, and no more', async () => {
    const caller = ApiCaller.withBearer(sandbox, (await exchange(obtainCode())).body.access_token);
    const hook = { subscriberUrl: 'https://app.exemple.fr/hook', triggers: ['BOOKING_CREATED'], active: true };
    expect((await caller.get('/bookings')).status).toBe(200);
    const refused = await caller.post('/webhooks', hook);
    expect([refused.status, refused.body.error.message]).toEqual([403, expect.stringContaining('WEBHOOK_WRITE')]);
    expect((await caller.get('/calendars')).status).toBe(403);
  });
});
