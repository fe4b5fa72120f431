import { describe, expect, it } from '@jest/globals';
import { readRetryAt, toOAuthRefusal } from './oauth-refusal.js';

const NOW = new Date('2026-01-16T15:30:00Z');
const VARIABLES = { client: 'X_CLIENT_ID, X_CLIENT_SECRET', redirect: 'X_REDIRECT_URI' };

const refusal = (status: number, body: unknown, headers = {}) =>
  toOAuthRefusal({ status, body, headers }, VARIABLES, NOW).failure;

describe('OAuth refusal', () => {
  it.each([
    [400, 'invalid_grant', { kind: 'reauthorize' }],
    [401, 'invalid_grant', { kind: 'reauthorize' }],
    [401, 'invalid_client', { kind: 'misconfigured', variable: VARIABLES.client }],
    [400, 'redirect_uri_mismatch', { kind: 'misconfigured', variable: VARIABLES.redirect }],
    [400, 'access_denied', { kind: 'denied' }],
    [400, 'temporarily_unavailable', { kind: 'temporary' }],
    [400, 'invalid_request', { kind: 'unexpected' }],
  ])('%i %s', (status, error, expected) => {
    expect(refusal(status, { error })).toEqual(expected);
  });

  it('lets no server error and no limit end a connection, whatever the body says', () => {
    expect(refusal(500, { error: 'invalid_grant' })).toEqual({ kind: 'temporary' });
    expect(refusal(429, { error: 'invalid_grant' }, { 'retry-after': '7' })).toEqual({
      kind: 'rate-limited',
      retryAt: new Date('2026-01-16T15:30:07Z'),
    });
  });

  it.each([undefined, null, 'invalid_grant', ['invalid_grant'], { error: { code: 'invalid_grant' } }])(
    'ends no connection over the body %j',
    (body) => {
      expect(refusal(400, body)).toEqual({ kind: 'unexpected' });
    },
  );

  it.each([
    ['7', '15:30:07'],
    ['Fri, 16 Jan 2026 15:32:00 GMT', '15:32:00'],
    ['0', '15:30:01'],
    ['soon', '15:31:00'],
    ['', '15:31:00'],
  ])('reads the hint %j', (hint, time) => {
    expect(readRetryAt({ headers: { 'retry-after': hint } }, NOW)).toEqual(new Date(`2026-01-16T${time}Z`));
  });
});
