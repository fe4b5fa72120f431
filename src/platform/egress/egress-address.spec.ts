import { describe, expect, it } from '@jest/globals';
import { addressUnder, routeTemplate, samePlace } from './egress-address.js';

const BASE = 'https://api.calendly.com';

describe('egress address', () => {
  it('joins a path and its query onto the base', () => {
    const address = addressUnder('https://graph.example/v1.0', '/me/events', {
      $top: 10,
      skip: undefined,
      id: ['a', 'b'],
    });
    expect(address.href).toBe('https://graph.example/v1.0/me/events?%24top=10&id=a&id=b');
  });

  it('takes the base alone when there is no path', () => {
    expect(addressUnder('https://oauth2.example/token', '').href).toBe('https://oauth2.example/token');
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '\\\\evil.example',
    '/\\evil.example',
    '@evil.example/',
    '.evil.example/',
    ':8080/',
    '/a//b',
    '/../admin',
    '/a/%2e%2e/b',
    '/a/.%2E/b',
    '/a?b=c',
    '/a#b',
    '/a b',
    '/a\r\nHost: evil',
    '/a\u0000',
    'users/me',
  ])('refuses %j as a path', (path) => {
    expect(() => addressUnder(BASE, path)).toThrow('provider path');
  });

  it.each([
    ['https://api.calendly.com/scheduled_events?page_token=x', BASE],
    ['https://graph.example/v1.0/me/events/delta?$deltatoken=x', 'https://graph.example/v1.0'],
    ['https://graph.example/v1.0', 'https://graph.example/v1.0'],
    ['http://127.0.0.1:4010/calendly/x', 'http://127.0.0.1:4010/calendly'],
  ])('accepts the paging link %s', (link, base) => {
    expect(samePlace(link, base)).toBe(true);
  });

  it.each([
    'http://api.calendly.com/x',
    'https://api.calendly.com.evil.example/x',
    'https://api.calendly.com:8443/x',
    'https://api.calendly.com@evil.example/x',
    'https://user:pass@api.calendly.com/x',
    'https://evil.example/https://api.calendly.com/x',
    'https://169.254.169.254/latest/meta-data',
    'http://[::1]/x',
    'http://0x7f000001/x',
    'http://2130706433/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    '/scheduled_events',
    '//api.calendly.com/x',
    '',
  ])('refuses the paging link %j', (link) => {
    expect(samePlace(link, BASE)).toBe(false);
  });

  it.each(['https://graph.example/v1.0evil/x', 'https://graph.example/beta/x', 'https://graph.example/v1.0/../beta/x'])(
    'refuses the link %s that leaves the path of its base',
    (link) => {
      expect(samePlace(link, 'https://graph.example/v1.0')).toBe(false);
    },
  );

  it('keeps ids and people out of route names', () => {
    expect(routeTemplate('/v1.0/users/3f2c9a1e-77aa/calendars/jane%40example.com/events')).toBe(
      '/v1.0/users/:id/calendars/:id/events',
    );
  });
});
