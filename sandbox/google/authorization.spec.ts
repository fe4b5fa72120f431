import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import { authorizeUrl, mainEmail, scope, usualRedirect } from './testing/google-session.js';

describe('asking for consent', () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox();
  });
  afterEach(() => sandbox.close());

  const open = (changes: Record<string, string | null>) =>
    fetch(authorizeUrl(sandbox, changes), { redirect: 'manual' });

  it.each([
    [{ redirect_uri: `${usualRedirect}/` }, 'redirect_uri_mismatch'],
    [{ redirect_uri: usualRedirect.replace('localhost', 'LOCALHOST') }, 'redirect_uri_mismatch'],
    [{ client_id: 'other' }, 'invalid_client'],
    [{ client_id: null }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'openid https://www.googleapis.com/auth/everything' }, 'invalid_scope'],
    [{ scope: null }, 'invalid_request'],
    [{ prompt: 'none consent' }, 'invalid_request'],
    [{ prompt: 'login' }, 'invalid_request'],
    [{ access_type: 'forever' }, 'invalid_request'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
  ])('shows a page of its own for %j, and sends nobody back', async (changes, problem) => {
    const response = await open(changes);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain(`<code>${problem}</code>`);
  });

  it('shows a tick box for each permission, and none that lets one hide who one is', async () => {
    const page = await (await open({ scope: `openid email ${scope('calendar.events')}` })).text();
    const boxes = [...page.matchAll(/<input\s+type="checkbox"[^>]*>/g)].map(([box]) => box.replace(/\s+/g, ' '));
    expect(boxes).toHaveLength(3);
    expect(boxes.filter((box) => box.includes('disabled'))).toHaveLength(2);
    expect(boxes.find((box) => box.includes('calendar.events'))).not.toContain('disabled');
    expect(page).toContain('lang="fr"');
  });

  it('grants what was left ticked when the form is sent', async () => {
    const parameters = Object.fromEntries(new URL(authorizeUrl(sandbox)).searchParams);
    const body = new URLSearchParams({
      ...parameters,
      scope: `openid ${scope('calendar.events')} ${scope('calendar.readonly')}`,
      account: mainEmail,
      decision: 'approve',
      ticked: scope('calendar.readonly'),
    });
    const response = await fetch(sandbox.authUrl, { method: 'POST', body, redirect: 'manual' });
    const answer = new URL(response.headers.get('location') ?? '').searchParams;
    expect(answer.get('state')).toBe('state-1');
    expect(answer.get('scope')?.split(' ').sort()).toEqual([scope('calendar.readonly'), 'openid']);
  });

  it.each([
    [{ decision: 'refuse' as const }, 'access_denied'],
    [{ error: 'admin_policy_enforced' }, 'admin_policy_enforced'],
  ])('goes back with an error after %j', (answer, error) => {
    const { location } = sandbox.control.consent({ authorize_url: authorizeUrl(sandbox), ...answer });
    expect(location).toBe(`${usualRedirect}?error=${error}&state=state-1`);
  });

  it('asks nothing with prompt=none: a code if all was granted before, else an error', async () => {
    const silently = async () => {
      const response = await open({ prompt: 'none', login_hint: mainEmail });
      return new URL(response.headers.get('location') ?? '').searchParams;
    };
    expect((await silently()).get('error')).toBe('interaction_required');
    sandbox.control.consent({ authorize_url: authorizeUrl(sandbox) });
    expect((await silently()).get('code')).toMatch(/^4\/0A/);
  });
});
