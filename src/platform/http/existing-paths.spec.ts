import { describe, expect, it } from '@jest/globals';
import { rewriteExistingPath } from './existing-paths.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const PROGRAM = { accept: 'application/json' };

const rewrite = (method: string, url: string, headers: { accept?: string } = PROGRAM) =>
  rewriteExistingPath({ method, url, headers });

describe('the paths that existed before', () => {
  it.each([
    ['POST', '/auth/calendly/callback', '/api/calendly/callback'],
    ['POST', '/api/auth/calendly/callback', '/api/calendly/callback'],
    ['POST', '/calendly/webhook', '/api/calendly/webhook'],
    ['POST', '/calendly/webhook/kZ3x', '/api/calendly/webhook/kZ3x'],
    ['POST', '/api/calendly/webhook.php', '/api/calendly/webhook'],
    ['GET', '/calendly/status', '/api/calendly/status'],
    ['GET', '/calendly/events?limit=2&from=2026-01-01', '/api/calendly/events?limit=2&from=2026-01-01'],
    ['GET', '/prospects', '/api/prospects'],
    ['GET', '/prospects?search=zo%C3%A9', '/api/prospects?search=zo%C3%A9'],
    ['PATCH', '/prospects/7', '/api/prospects/7'],
    ['GET', '/notifications/unread-count', '/api/notifications/unread-count'],
  ])('%s %s leads to %s', (method, from, to) => {
    expect(rewrite(method, from)).toBe(to);
  });

  it.each([
    '/',
    '/docs',
    '/api/prospects',
    '/prospectsheet',
    '/calendly',
    '/calendly/',
    '/auth/calendly',
    '/api/calendly/webhook.phps',
    '/x/prospects',
  ])('%s stays where it is', (url) => {
    expect(rewrite('GET', url)).toBe(url);
  });

  it('a browser that opens the page of that name is not sent to the list', () => {
    expect(rewrite('GET', '/prospects', BROWSER)).toBe('/prospects');
    expect(rewrite('GET', '/notifications?x=1', BROWSER)).toBe('/notifications?x=1');
  });

  it('the provider’s redirect opens a page; only what is posted there is ours', () => {
    const redirect = '/auth/calendly/callback?code=c&state=s';
    expect(rewrite('GET', redirect, BROWSER)).toBe(redirect);
    expect(rewrite('POST', '/auth/calendly/callback', BROWSER)).toBe('/api/calendly/callback');
  });

  it('an address that names a host is taken for its path', () => {
    expect(rewrite('GET', 'http://evil.test/api/prospects?limit=1')).toBe('/api/prospects?limit=1');
    expect(rewrite('GET', 'HTTPS://evil.test:8443/prospects')).toBe('/api/prospects');
    expect(rewrite('GET', '/x?next=http://evil.test/y')).toBe('/x?next=http://evil.test/y');
  });

  it('a request without an address or a preference is taken as it is', () => {
    expect(rewriteExistingPath({ headers: {} })).toBe('/');
    expect(rewriteExistingPath({ url: '/prospects', headers: {} })).toBe('/api/prospects');
  });
});
