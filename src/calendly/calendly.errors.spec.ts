import { describe, expect, it } from '@jest/globals';
import { toApiError } from './calendly.errors.js';

const NOW = new Date('2026-11-20T10:00:00Z');

function sort(status: number, body?: unknown, headers: Record<string, string> = {}) {
  return toApiError({ status, headers, body }, NOW).failure;
}

describe('a refusal of Calendly', () => {
  it.each<[number, unknown, object]>([
    [400, { title: 'Invalid Argument', message: 'x' }, { kind: 'unexpected' }],
    [
      400,
      { title: 'Invalid Argument', details: [{ parameter: 'page_token', message: 'is invalid' }] },
      { kind: 'cursor-expired' },
    ],
    [
      400,
      { title: 'Invalid Argument', details: [{ parameter: 'count', message: 'page_token' }] },
      { kind: 'unexpected' },
    ],
    [401, { title: 'Unauthenticated' }, { kind: 'unauthorized' }],
    [
      403,
      { title: 'Permission Denied', message: 'You do not have permission' },
      { kind: 'forbidden', reason: 'permission-denied' },
    ],
    [
      403,
      { title: 'Permission Denied', message: 'Please upgrade your Calendly account to Standard' },
      { kind: 'plan', reason: 'webhooks-need-a-paid-plan' },
    ],
    [
      403,
      { title: 'Permission Denied', message: 'Please upgrade your Calendly account to Professional' },
      { kind: 'plan', reason: 'webhooks-need-a-paid-plan' },
    ],
    [
      403,
      { title: 'Insufficient scope', message: 'x', required_scopes: ['webhooks:write'] },
      { kind: 'insufficient-scope', missing: ['webhooks:write'] },
    ],
    [403, { title: 'Insufficient scope', message: 'x' }, { kind: 'insufficient-scope', missing: [] }],
    [404, { title: 'Resource Not Found' }, { kind: 'gone' }],
    [409, { title: 'Already Exists', message: 'Hook with this url already exists' }, { kind: 'unexpected' }],
    [418, undefined, { kind: 'unexpected' }],
    [500, { title: 'Internal Server Error' }, { kind: 'temporary' }],
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
    [{}],
    { details: 'x' },
    { required_scopes: [1] },
    { title: {}, message: [] },
  ])('is sorted by its status when its body is %j', (body) => {
    expect(sort(401, body)).toEqual({ kind: 'unauthorized' });
    expect(sort(403, body)).toEqual({ kind: 'forbidden', reason: 'permission-denied' });
    expect(sort(400, body)).toEqual({ kind: 'unexpected' });
    expect(sort(502, body)).toEqual({ kind: 'temporary' });
  });

  it.each<[Record<string, string>, number]>([
    [{ 'x-ratelimit-reset': '30' }, 30],
    [{ 'x-ratelimit-reset': '0' }, 1],
    [{ 'x-ratelimit-reset': '3600' }, 3_600],
    [{ 'x-ratelimit-reset': '1795000000' }, 60],
    [{ 'x-ratelimit-reset': '-5' }, 60],
    [{ 'x-ratelimit-reset': 'soon' }, 60],
    [{ 'retry-after': '7' }, 7],
    [{ 'x-ratelimit-reset': '9', 'retry-after': '7' }, 9],
    [{}, 60],
  ])('for too many requests, with %j, asks for %i seconds', (headers, seconds) => {
    const retryAt = new Date(NOW.getTime() + seconds * 1_000);
    expect(sort(429, undefined, headers)).toEqual({ kind: 'rate-limited', retryAt });
  });

  it('holds nothing of what was answered', () => {
    const error = toApiError(
      { status: 403, headers: {}, body: { title: 'secret', message: 'ines@example.test' } },
      NOW,
    );
    expect(JSON.stringify([error.message, error.code, error.failure, error.stack])).not.toMatch(/secret|ines@/);
  });
});
