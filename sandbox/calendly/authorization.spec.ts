import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from './start-calendly-sandbox.js';
import { authorizeUrl, freeEmail, newVerifier, post, usualRedirect } from './testing/api-session.js';

describe('the consent page', () => {
  let sandbox: CalendlySandbox;
  beforeAll(async () => {
    sandbox = await startCalendlySandbox();
  });
  afterAll(() => sandbox.close());

  const open = (changes: Record<string, string | null>) =>
    fetch(authorizeUrl(sandbox, changes), { redirect: 'manual' });
  const answerForm = (fields: Record<string, string>) => {
    const form = new URL(authorizeUrl(sandbox, {}, newVerifier())).searchParams;
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return post(`${sandbox.authUrl}/oauth/authorize`, form);
  };

  it('shows the scopes asked for, both accounts and where one returns', async () => {
    const text = await (await open({ state: '"><script>alert(1)</script>' })).text();
    for (const shown of ['webhooks:write', 'Nora Petit', 'leo@example.test', usualRedirect])
      expect(text).toContain(shown);
    expect(text).not.toContain('<script>');
  });

  it.each([
    ['another port', 'http://localhost:3001/auth/calendly/callback'],
    ['a trailing slash', `${usualRedirect}/`],
    ['a query', `${usualRedirect}?x=1`],
    ['another case', usualRedirect.replace('localhost', 'LOCALHOST')],
  ])('refuses a redirect with %s and redirects nowhere', async (_difference, redirectUri) => {
    const response = await open({ redirect_uri: redirectUri });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it('refuses an unknown client without redirecting', async () => {
    expect((await open({ client_id: 'somebody-else' })).status).toBe(400);
  });

  it.each([
    ['a response type other than code', { response_type: 'token' }, 'unsupported_response_type'],
    ['the plain method', { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without a method', { code_challenge: 'a'.repeat(43) }, 'invalid_request'],
    ['no scope', { scope: null }, 'invalid_scope'],
    ['an unknown scope', { scope: 'users:read everything' }, 'invalid_scope'],
  ])('tells the application about %s', async (_case, changes, error) => {
    const response = await open(changes);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`${usualRedirect}?error=${error}&state=state-1`);
  });

  it('returns a code of 64 hexadecimal digits and the state', async () => {
    const { status, headers } = await answerForm({ account: freeEmail, decision: 'approve' });
    expect(status).toBe(302);
    expect(headers.get('location')).toMatch(/\/callback\?code=[0-9a-f]{64}&state=state-1$/);
  });

  it('returns access_denied when refused', async () => {
    const { headers } = await answerForm({ account: freeEmail, decision: 'refuse' });
    expect(headers.get('location')).toBe(`${usualRedirect}?error=access_denied&state=state-1`);
  });

  it('checks the redirect again when the form is posted', async () => {
    const fields = { account: freeEmail, decision: 'approve', redirect_uri: 'http://evil.example/' };
    const { status, headers } = await answerForm(fields);
    expect([status, headers.get('location')]).toEqual([400, null]);
  });

  it('accepts a redirect once it is registered', async () => {
    sandbox.control.setRedirectUris({ redirect_uris: [usualRedirect, 'https://crm.example/cb'] });
    expect((await open({ redirect_uri: 'https://crm.example/cb' })).status).toBe(200);
  });
});
