import { describe, expect, it } from '@jest/globals';
import type { ProviderFailure } from '../integrations/index.js';
import { codesOf, diagnosticsOf, findDuplicate, toApiError, toTokenError } from './outlook.errors.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const envelope = (code: string, innerError?: object) => ({ error: { code, message: 'secret', innerError } });

function sort(status: number, body: unknown, headers: Record<string, string> = {}, missing: string[] = []) {
  return toApiError({ status, headers, body }, missing, NOW).failure;
}

describe('a refusal of Graph', () => {
  it.each<[number, unknown, ProviderFailure]>([
    [400, envelope('ErrorInvalidRequest'), { kind: 'unexpected' }],
    [400, envelope('ErrorOccurrenceCrossingBoundary'), { kind: 'unexpected' }],
    [400, envelope('ErrorInvalidIdMalformed'), { kind: 'gone' }],
    [401, envelope('InvalidAuthenticationToken'), { kind: 'unauthorized' }],
    [403, envelope('ErrorAccessDenied'), { kind: 'forbidden', reason: 'access-denied' }],
    [403, envelope('accessDenied'), { kind: 'forbidden', reason: 'access-denied' }],
    [404, envelope('ErrorItemNotFound'), { kind: 'gone' }],
    [404, envelope('MailboxNotEnabledForRESTAPI'), { kind: 'forbidden', reason: 'mailbox-not-enabled' }],
    [403, envelope('mailboxNotEnabledForRESTAPI'), { kind: 'forbidden', reason: 'mailbox-not-enabled' }],
    [409, envelope('ErrorConflict'), { kind: 'changed' }],
    [412, envelope('ErrorIrresolvableConflict'), { kind: 'changed' }],
    [410, envelope('resyncRequired'), { kind: 'cursor-expired', word: 'resyncRequired' }],
    [410, undefined, { kind: 'cursor-expired' }],
    [404, envelope('SyncStateNotFound'), { kind: 'cursor-expired', word: 'SyncStateNotFound' }],
    [400, envelope('syncstatenotfound'), { kind: 'cursor-expired', word: 'syncstatenotfound' }],
    [400, envelope('BadRequest', { code: 'resyncRequired' }), { kind: 'cursor-expired', word: 'resyncRequired' }],
    [
      400,
      envelope('BadRequest', { innererror: { code: 'SyncStateNotFound' } }),
      { kind: 'cursor-expired', word: 'SyncStateNotFound' },
    ],
    [302, undefined, { kind: 'unexpected' }],
    [500, envelope('InternalServerError'), { kind: 'temporary' }],
    [503, undefined, { kind: 'temporary' }],
  ])('with %i %j means %j', (status, body, failure) => {
    expect(sort(status, body)).toEqual(failure);
  });

  it('names the scopes that the call needs and the consent lacks', () => {
    expect(sort(403, envelope('ErrorAccessDenied'), {}, ['Calendars.ReadWrite'])).toEqual({
      kind: 'insufficient-scope',
      missing: ['Calendars.ReadWrite'],
    });
  });

  it.each<[Record<string, string>, number]>([
    [{ 'retry-after': '2.128' }, 3],
    [{ 'retry-after': '0' }, 1],
    [{ 'retry-after': '0.4' }, 1],
    [{ 'retry-after': '120' }, 120],
    [{ 'retry-after': ' 7 ' }, 7],
    [{ 'retry-after': '999999999' }, 86_400],
    [{ 'retry-after': 'Fri, 20 Nov 2026 10:00:09 GMT' }, 9],
    [{ 'retry-after': 'soon' }, 30],
    [{ 'retry-after': '-3' }, 30],
    [{}, 30],
  ])('for too many requests, with %j, asks for %i seconds', (headers, seconds) => {
    expect(sort(429, envelope('ApplicationThrottled'), headers)).toEqual({
      kind: 'rate-limited',
      retryAt: after(seconds),
    });
  });

  it.each([503, 504])('with %i waits as long as it is told', (status) => {
    expect(sort(status, undefined, { 'retry-after': '2.5' })).toEqual({ kind: 'temporary', retryAt: after(3) });
  });

  it.each([undefined, null, 'text', 42, [], { error: 'x' }, { error: { code: 7 } }, { error: [] }])(
    'is sorted by its status when its body is %j',
    (body) => {
      expect(sort(401, body)).toEqual({ kind: 'unauthorized' });
      expect(sort(404, body)).toEqual({ kind: 'gone' });
      expect(sort(400, body)).toEqual({ kind: 'unexpected' });
    },
  );

  it('is read to some depth and no deeper', () => {
    let body: Record<string, unknown> = { code: 'last' };
    for (let depth = 0; depth < 100; depth += 1) body = { code: `c${depth}`, innerError: body };
    expect(codesOf({ error: body })).toHaveLength(8);
  });

  it('holds nothing of what was answered', () => {
    const error = toApiError({ status: 403, headers: {}, body: envelope('secret') }, [], NOW);
    expect(JSON.stringify([error.message, error.code, error.failure, error.stack])).not.toMatch(/secret/);
  });
});

describe('a transaction id that was used before', () => {
  const refusal = { error: { code: 'ErrorDuplicateTransactionId', '@event.existingEventId': 'E1' } };

  it.each([400, 409])('is known with %i, and names the event of the first time', (status) => {
    expect(findDuplicate({ status, headers: {}, body: refusal })).toEqual({ duplicateOf: 'E1' });
  });

  it.each([undefined, '', 42, null])('may not name it: %j', (id) => {
    const body = { error: { code: 'errorDuplicateTransactionId', '@event.existingEventId': id } };
    expect(findDuplicate({ status: 400, headers: {}, body })).toEqual({ duplicateOf: null });
  });

  it.each([
    [200, refusal],
    [400, envelope('ErrorInvalidRequest')],
    [409, undefined],
  ])('is something else with %i %j', (status, body) => {
    expect(findDuplicate({ status, headers: {}, body })).toBeNull();
  });
});

describe('a refusal of the token endpoint', () => {
  const refuse = (status: number, body: unknown, headers = {}) => toTokenError({ status, headers, body }, NOW).failure;

  it.each([
    ['invalid_grant', 'reauthorize'],
    ['interaction_required', 'reauthorize'],
    ['login_required', 'reauthorize'],
    ['consent_required', 'reauthorize'],
    ['invalid_client', 'misconfigured'],
    ['unauthorized_client', 'misconfigured'],
    ['invalid_scope', 'misconfigured'],
    ['invalid_request', 'misconfigured'],
    ['invalid_resource', 'misconfigured'],
    ['unsupported_grant_type', 'misconfigured'],
    ['temporarily_unavailable', 'temporary'],
    ['server_error', 'temporary'],
    ['access_denied', 'denied'],
    ['something_new', 'unexpected'],
  ])('that says %s means %s', (error, kind) => {
    expect(refuse(400, { error }).kind).toBe(kind);
  });

  it.each([500, 503])('with %i leaves the connection alive, whatever it says', (status) => {
    expect(refuse(status, { error: 'invalid_grant' })).toEqual({ kind: 'temporary' });
  });

  it('names variables that exist, and the one that a refused client comes from', () => {
    expect(refuse(401, { error: 'invalid_client' })).toEqual({
      kind: 'misconfigured',
      variable: 'OUTLOOK_CLIENT_ID, OUTLOOK_CLIENT_SECRET',
    });
    expect(refuse(400, { error: 'unauthorized_client' })).toMatchObject({
      variable: 'OUTLOOK_CLIENT_ID, OUTLOOK_TENANT',
    });
  });

  it('decides by no number: they may change', () => {
    expect(refuse(400, { error: 'something_new', error_codes: [700_082] })).toEqual({ kind: 'unexpected' });
  });

  it('gives an operator numbers to look up, and none of its words', () => {
    const body = {
      error: 'invalid_grant',
      error_description: 'AADSTS50034: The user account iris@example.test does not exist.',
      error_codes: [50_034],
      correlation_id: '5b1a0f5e-7c0b-4f0a-9d0e-2f1c7b7c0001',
    };
    const diagnostics = diagnosticsOf(body);
    expect(diagnostics).toEqual({ codes: ['AADSTS50034'], correlation_id: body.correlation_id });
    expect(diagnosticsOf({ ...body, error_codes: 'iris@example.test', correlation_id: 'iris@example.test' })).toEqual({
      codes: [],
      correlation_id: null,
    });
    expect(diagnosticsOf(undefined)).toEqual({ codes: [], correlation_id: null });
  });
});
