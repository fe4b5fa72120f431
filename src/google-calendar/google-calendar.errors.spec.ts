import { describe, expect, it } from '@jest/globals';
import { toApiError, toTokenError } from './google-calendar.errors.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const never = () => 0;

function envelope(reason: string, more: object = {}) {
  return { error: { code: 0, message: 'x', errors: [{ domain: 'global', reason, message: 'x', ...more }] } };
}

function sort(status: number, body?: unknown, headers: Record<string, string> = {}, random = never) {
  return toApiError({ status, headers, body }, NOW, 'calendar.events', random).failure;
}

function inSeconds(seconds: number) {
  return new Date(NOW.getTime() + seconds * 1_000);
}

describe('a refusal of the Calendar API', () => {
  it.each<[number, unknown, object]>([
    [400, envelope('timeRangeEmpty'), { kind: 'unexpected' }],
    [400, envelope('invalid', { location: 'pageToken' }), { kind: 'cursor-expired', word: 'invalid' }],
    [400, envelope('invalid', { location: 'syncToken' }), { kind: 'cursor-expired', word: 'invalid' }],
    [400, envelope('invalid', { location: 'timeMin' }), { kind: 'unexpected' }],
    [
      400,
      envelope('pushNotSupportedForRequestedResource'),
      { kind: 'forbidden', reason: 'pushNotSupportedForRequestedResource' },
    ],
    [400, envelope('push.webhookUrlUnauthorized'), { kind: 'forbidden', reason: 'push.webhookUrlUnauthorized' }],
    [400, envelope('channelIdNotUnique'), { kind: 'unexpected' }],
    [401, envelope('authError'), { kind: 'unauthorized' }],
    [403, envelope('rateLimitExceeded'), { kind: 'rate-limited', retryAt: inSeconds(30) }],
    [403, envelope('userRateLimitExceeded'), { kind: 'rate-limited', retryAt: inSeconds(30) }],
    [429, envelope('rateLimitExceeded'), { kind: 'rate-limited', retryAt: inSeconds(30) }],
    [429, undefined, { kind: 'rate-limited', retryAt: inSeconds(30) }],
    [403, envelope('quotaExceeded'), { kind: 'rate-limited', retryAt: inSeconds(3_600) }],
    [403, envelope('dailyLimitExceeded'), { kind: 'rate-limited', retryAt: inSeconds(3_600) }],
    [403, envelope('insufficientPermissions'), { kind: 'insufficient-scope', missing: ['calendar.events'] }],
    [
      403,
      { error: { status: 'PERMISSION_DENIED', details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } },
      { kind: 'insufficient-scope', missing: ['calendar.events'] },
    ],
    [403, envelope('accessNotConfigured'), { kind: 'misconfigured', variable: 'GOOGLE_CLIENT_ID' }],
    [403, envelope('forbiddenForNonOrganizer'), { kind: 'forbidden', reason: 'forbiddenForNonOrganizer' }],
    [403, undefined, { kind: 'forbidden', reason: 'permission-denied' }],
    [404, envelope('notFound'), { kind: 'gone' }],
    [409, envelope('conflict'), { kind: 'changed' }],
    [409, envelope('duplicate'), { kind: 'unexpected' }],
    [410, envelope('deleted'), { kind: 'gone' }],
    [410, envelope('fullSyncRequired'), { kind: 'cursor-expired', word: 'fullSyncRequired' }],
    [410, envelope('updatedMinTooLongAgo'), { kind: 'cursor-expired', word: 'updatedMinTooLongAgo' }],
    [410, undefined, { kind: 'cursor-expired' }],
    [412, envelope('conditionNotMet'), { kind: 'changed' }],
    [418, undefined, { kind: 'unexpected' }],
    [500, envelope('backendError'), { kind: 'temporary' }],
    [503, undefined, { kind: 'temporary' }],
  ])('with %i %j means %j', (status, body, failure) => {
    expect(sort(status, body)).toEqual(failure);
  });

  it.each([
    undefined,
    null,
    'text',
    42,
    [],
    {},
    { error: 'x' },
    { error: { errors: 'x', details: 1 } },
    { error: { errors: [1] } },
    { error: { errors: [{ reason: { a: 1 } }] } },
  ])('is sorted by its status when its body is %j', (body) => {
    expect(sort(401, body)).toEqual({ kind: 'unauthorized' });
    expect(sort(403, body)).toEqual({ kind: 'forbidden', reason: 'permission-denied' });
    expect(sort(400, body)).toEqual({ kind: 'unexpected' });
    expect(sort(410, body)).toEqual({ kind: 'cursor-expired' });
  });

  it.each<[string, number]>([
    ['7', 7],
    ['2.128', 2.128],
    ['0', 1],
    ['0.2', 1],
    ['999999999', 86_400],
    ['Fri, 20 Nov 2026 10:02:00 GMT', 120],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 1],
    ['soon', 30],
    ['-5', 30],
    ['', 30],
  ])('that says %j is waited for as long as it says, %d seconds', (hint, seconds) => {
    const retryAt = inSeconds(seconds);
    expect(sort(429, undefined, { 'retry-after': hint })).toEqual({ kind: 'rate-limited', retryAt });
  });

  it('that names no time spreads those who come back', () => {
    const waits = [0, 0.5, 0.999].map((lot) => {
      const failure = sort(403, envelope('rateLimitExceeded'), {}, () => lot);
      return (Number((failure as { retryAt?: Date }).retryAt) - NOW.getTime()) / 1_000;
    });
    expect(waits).toEqual([30, 37.5, 44.985]);
  });

  it('for the moment is waited for when it says how long', () => {
    expect(sort(503, undefined, { 'retry-after': '20' })).toEqual({ kind: 'temporary', retryAt: inSeconds(20) });
  });

  it('names the scope that the call needed', () => {
    const answer = { status: 403, headers: {}, body: envelope('insufficientPermissions') };
    const { failure } = toApiError(answer, NOW, 'calendar.calendarlist.readonly');
    expect(failure).toEqual({ kind: 'insufficient-scope', missing: ['calendar.calendarlist.readonly'] });
  });

  it('holds nothing of what was answered but a known kind of word', () => {
    const body = {
      error: { message: 'ines@example.test', errors: [{ reason: 'ines@example.test', message: 'secret' }] },
    };
    const error = toApiError({ status: 403, headers: {}, body }, NOW, 'calendar.events');
    expect(JSON.stringify([error.message, error.code, error.failure, error.stack])).not.toMatch(/secret|ines@/);
  });
});

describe('a refusal of Google’s token endpoint', () => {
  it.each<[number, unknown, object]>([
    [400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }, { kind: 'reauthorize' }],
    [400, { error: 'invalid_grant', error_subtype: 'invalid_rapt' }, { kind: 'reauthorize' }],
    [401, { error: 'invalid_client' }, { kind: 'misconfigured', variable: 'GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET' }],
    [401, { error: 'deleted_client' }, { kind: 'misconfigured', variable: 'GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET' }],
    [400, { error: 'redirect_uri_mismatch' }, { kind: 'misconfigured', variable: 'GOOGLE_REDIRECT_URI' }],
    [400, { error: 'admin_policy_enforced' }, { kind: 'forbidden', reason: 'admin_policy_enforced' }],
    [403, { error: 'org_internal' }, { kind: 'forbidden', reason: 'org_internal' }],
    [400, { error: 'invalid_request' }, { kind: 'unexpected' }],
    [400, undefined, { kind: 'unexpected' }],
    [500, { error: 'invalid_grant' }, { kind: 'temporary' }],
    [429, { error: 'invalid_grant' }, { kind: 'rate-limited', retryAt: inSeconds(60) }],
  ])('with %i %j means %j', (status, body, failure) => {
    expect(toTokenError({ status, headers: {}, body }, NOW).failure).toEqual(failure);
  });
});
