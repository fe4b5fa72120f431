import { describe, expect, it } from '@jest/globals';
import { toApiError, toClientError } from './cal-com.errors.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const answer = (status: number, message = '', headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: { status: 'error', error: { code: 'X', message } },
});

describe('a refusal of Cal.com', () => {
  it.each([
    [498, 'ACCESS_TOKEN_IS_EXPIRED', { kind: 'unauthorized' }],
    [401, 'Invalid Access Token.', { kind: 'unauthorized' }],
    [404, 'x', { kind: 'gone' }],
    [410, 'x', { kind: 'gone' }],
    [400, 'x', { kind: 'unexpected' }],
    [500, 'x', { kind: 'temporary' }],
    [403, 'not yours', { kind: 'forbidden', reason: 'permission-denied' }],
    [
      403,
      'oAuth client with id=cl1 does not have the required permissions=APPS_READ, APPS_WRITE',
      { kind: 'insufficient-scope', missing: ['APPS_READ', 'APPS_WRITE'] },
    ],
  ])('with %d to a person’s call: %s', (status, message, failure) => {
    expect(toApiError(answer(status, message), NOW).failure).toEqual(failure);
  });

  it.each([
    [401, 'Invalid client secret', { kind: 'misconfigured', variable: 'CAL_CLIENT_ID, CAL_CLIENT_SECRET' }],
    [404, 'User with ID 5 is not part of this OAuth client.', { kind: 'reauthorize' }],
    [
      404,
      'Cannot POST /v2/oauth-clients/x/users',
      { kind: 'withdrawn', alternatives: 'CAL_MODE=oauth, CAL_MODE=apikey' },
    ],
    [410, 'gone', { kind: 'withdrawn', alternatives: 'CAL_MODE=oauth, CAL_MODE=apikey' }],
    [503, 'x', { kind: 'temporary' }],
  ])('with %d to the client’s call: %s', (status, message, failure) => {
    expect(toClientError(answer(status, message), NOW).failure).toEqual(failure);
  });

  it.each([
    [{ 'x-ratelimit-reset-default': '17' }, 17],
    [{ 'x-ratelimit-reset-default': String(NOW.getTime() / 1_000 + 23) }, 23],
    [{ 'retry-after': '5', 'x-ratelimit-reset-default': '17' }, 5],
    [{ 'x-ratelimit-reset-default': '0' }, 1],
    [{ 'x-ratelimit-reset-default': 'soon' }, 60],
    [{}, 60],
  ])('for too many requests, until %j', (headers, seconds) => {
    const { failure } = toApiError(answer(429, 'x', headers), NOW);
    expect(failure).toEqual({ kind: 'rate-limited', retryAt: new Date(NOW.getTime() + seconds * 1_000) });
  });

  it('without any body, as an old proxy sends it', () => {
    expect(toApiError({ status: 403, headers: {}, body: undefined }, NOW).failure.kind).toBe('forbidden');
  });
});
