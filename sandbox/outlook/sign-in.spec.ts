import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { homeTenantId } from './store.js';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import { authorizeUrl, newVerifier, personalEmail, usualRedirect, workEmail } from './testing/graph-session.js';

describe('signing in', () => {
  let sandbox: OutlookSandbox;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox();
  });
  afterEach(() => sandbox.close());

  const answerTo = (url: string, account = workEmail, decision: 'accept' | 'refuse' | 'needs-admin' = 'accept') => {
    const { location } = sandbox.control.consent({ authorize_url: url, account, decision });
    return Object.fromEntries(new URL(location).searchParams);
  };
  const show = (url: string) => fetch(url, { redirect: 'manual' });

  it('asks on a page, and returns with a code and the state as it was', async () => {
    const url = authorizeUrl(sandbox, { state: 'a b+c' }, { verifier: newVerifier() });
    const shown = await show(url);
    expect(shown.status).toBe(200);
    expect(await shown.text()).toContain('ceci n’est pas Microsoft');
    expect(await (await show(`${url}&lang=en`)).text()).toContain('this is not Microsoft');
    expect(answerTo(url)).toEqual({ code: expect.stringMatching(/^1\./), state: 'a b+c' });
  });

  it('lets a person answer the page', async () => {
    const url = authorizeUrl(sandbox);
    const fields = { ...Object.fromEntries(new URL(url).searchParams), account: workEmail, decision: 'refuse' };
    const [address = ''] = url.split('?');
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/calendar\/callback\/outlook\?error=access_denied&/,
    );
  });

  it.each([
    ['a redirect with a slash more', { redirect_uri: `${usualRedirect}/` }, 'AADSTS50011'],
    ['a redirect in capitals', { redirect_uri: usualRedirect.toUpperCase() }, 'AADSTS50011'],
    ['a redirect with a query', { redirect_uri: `${usualRedirect}?a=1` }, 'AADSTS50011'],
    ['no redirect', { redirect_uri: null }, 'AADSTS50011'],
    ['an unknown application', { client_id: 'nobody' }, 'AADSTS700016'],
  ])('keeps %s on its own page', async (_, changes, code) => {
    const shown = await show(authorizeUrl(sandbox, changes));
    expect(shown.status).toBe(400);
    expect(shown.headers.get('location')).toBeNull();
    expect(await shown.text()).toContain(code);
  });

  it.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['an unknown scope', { scope: 'openid Calendars.Everything' }, 'invalid_scope'],
    ['a scope of another resource', { scope: 'https://outlook.office.com/Calendars.ReadWrite' }, 'invalid_scope'],
    ['no scope', { scope: '' }, 'invalid_request'],
    ['two prompts', { prompt: 'login consent' }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'abc', code_challenge_method: 'S256' }, 'invalid_request'],
    [
      'an unknown challenge method',
      { code_challenge: 'a'.repeat(43), code_challenge_method: 'S512' },
      'invalid_request',
    ],
    ['nobody signed in, and no page wanted', { prompt: 'none' }, 'login_required'],
    ['no consent yet, and no page wanted', { prompt: 'none', login_hint: workEmail }, 'interaction_required'],
  ])('returns %s to the application, with the state', async (_, changes, error) => {
    const shown = await show(authorizeUrl(sandbox, changes));
    const location = new URL(shown.headers.get('location') ?? '');
    expect([shown.status, location.origin + location.pathname]).toEqual([302, usualRedirect]);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ error, state: 'state-1' });
  });

  it('goes through without a page for somebody who consented before', async () => {
    answerTo(authorizeUrl(sandbox));
    const shown = await show(authorizeUrl(sandbox, { prompt: 'none', login_hint: workEmail }));
    expect(new URL(shown.headers.get('location') ?? '').searchParams.get('code')).not.toBeNull();
  });

  it('takes each one of the four prompts', async () => {
    for (const prompt of ['login', 'consent', 'select_account']) {
      expect((await show(authorizeUrl(sandbox, { prompt }))).status).toBe(200);
    }
  });

  it.each([
    ['common', workEmail, null],
    ['common', personalEmail, null],
    ['organizations', workEmail, null],
    ['organizations', personalEmail, 'AADSTS50020'],
    ['consumers', personalEmail, null],
    ['consumers', workEmail, 'AADSTS500208'],
    [homeTenantId, workEmail, null],
    ['example.test', workEmail, null],
    [homeTenantId, personalEmail, 'AADSTS50020'],
    ['nowhere.example', workEmail, 'AADSTS90002'],
  ])('under /%s lets %s in, or says %s', (tenant, account, refusal) => {
    const url = authorizeUrl(sandbox, {}, { tenant });
    const outcome = () => {
      try {
        return Object.keys(answerTo(url, account)).sort().join();
      } catch (error) {
        return /AADSTS\d+/.exec(String(error))?.[0];
      }
    };
    expect(outcome()).toBe(refusal ?? 'code,state');
  });

  it('refuses the shared addresses to an application of one tenant', async () => {
    sandbox.control.changeSettings({ sign_in_audience: 'AzureADMyOrg' });
    for (const tenant of ['common', 'organizations', 'consumers']) {
      const shown = await show(authorizeUrl(sandbox, {}, { tenant }));
      expect([shown.status, (await shown.text()).includes('AADSTS50194')]).toEqual([400, true]);
    }
    expect(answerTo(authorizeUrl(sandbox, {}, { tenant: homeTenantId }))).toHaveProperty('code');
  });

  it('tells of a person who declined', () => {
    expect(answerTo(authorizeUrl(sandbox), workEmail, 'refuse')).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringContaining('AADSTS65004'),
      state: 'state-1',
    });
  });

  it('tells of an approval that is needed, in either of the two words, until an administrator gives it', () => {
    sandbox.control.changeTenant({ tenant: 'example.test', allows_user_consent: false });
    expect(answerTo(authorizeUrl(sandbox))).toMatchObject({ error: 'consent_required', state: 'state-1' });
    sandbox.control.changeSettings({ admin_approval_error: 'access_denied' });
    expect(answerTo(authorizeUrl(sandbox))).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringContaining('AADSTS90094'),
    });
    const query = new URLSearchParams({
      client_id: sandbox.clientId,
      scope: 'https://graph.microsoft.com/Calendars.ReadWrite',
      redirect_uri: usualRedirect,
      state: 's',
    });
    const url = (tenant: string) => `${sandbox.loginUrl}/${tenant}/v2.0/adminconsent?${query.toString()}`;
    expect(() => sandbox.control.adminConsent({ admin_consent_url: url('common') })).toThrow("not 'common'");
    const refused = sandbox.control.adminConsent({ admin_consent_url: url('organizations'), decision: 'refuse' });
    expect(new URL(refused.location).searchParams.get('error')).toBe('consent_required');
    expect(answerTo(authorizeUrl(sandbox))).toHaveProperty('error');
    const { location } = sandbox.control.adminConsent({ admin_consent_url: url('organizations') });
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      admin_consent: 'True',
      tenant: homeTenantId,
      scope: 'https://graph.microsoft.com/Calendars.ReadWrite',
      state: 's',
    });
    expect(answerTo(authorizeUrl(sandbox))).toHaveProperty('code');
  });

  it('serves a page for the administrator', async () => {
    const query = new URLSearchParams({ client_id: sandbox.clientId, scope: 'User.Read', redirect_uri: usualRedirect });
    const shown = await show(`${sandbox.loginUrl}/organizations/v2.0/adminconsent?${query.toString()}`);
    expect([shown.status, (await shown.text()).includes('toute l’organisation')]).toEqual([200, true]);
  });
});
