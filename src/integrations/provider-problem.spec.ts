import { describe, expect, it } from '@jest/globals';
import { STATUS_OF } from '../platform/errors/problem-status.js';
import type { ProviderFailure } from './provider-error.js';
import { toProviderProblem } from './provider-problem.js';

const FAILURES: ProviderFailure[] = [
  { kind: 'reauthorize' },
  { kind: 'unauthorized' },
  { kind: 'insufficient-scope', missing: ['calendar.events'] },
  { kind: 'forbidden', reason: 'policy' },
  { kind: 'plan', reason: 'webhooks' },
  { kind: 'rate-limited', retryAt: new Date(Date.now() + 5_000) },
  { kind: 'cursor-expired' },
  { kind: 'gone' },
  { kind: 'temporary' },
  { kind: 'timeout' },
  { kind: 'contract' },
  { kind: 'misconfigured', variable: 'X_CLIENT_ID, X_CLIENT_SECRET' },
  { kind: 'denied' },
  { kind: 'unexpected' },
];

function detailOf(failure: ProviderFailure): string | undefined {
  return toProviderProblem({ displayName: 'X' }, failure).detail?.en;
}

function refusedGrantCode(moment: 'connecting' | 'connected'): string {
  return toProviderProblem({ displayName: 'X' }, { kind: 'reauthorize' }, moment).definition.code;
}

describe('provider problem', () => {
  it.each(FAILURES)(
    'tells $kind in both languages, by the name of the provider, and never as our own 401',
    (failure) => {
      for (const moment of ['connecting', 'connected'] as const) {
        const problem = toProviderProblem({ displayName: 'Calendly' }, failure, moment);
        expect([400, 409, 502, 504]).toContain(STATUS_OF[problem.definition.kind]);
        expect(problem.detail?.fr).toContain('Calendly');
        expect(problem.detail?.en).toContain('Calendly');
      }
    },
  );

  it('names what has to be checked, allowed or awaited', () => {
    expect(detailOf({ kind: 'misconfigured', variable: 'X_CLIENT_ID' })).toContain('X_CLIENT_ID');
    expect(detailOf({ kind: 'insufficient-scope', missing: ['calendar.events'] })).toContain('calendar.events');
    const limited = toProviderProblem(
      { displayName: 'X' },
      { kind: 'rate-limited', retryAt: new Date(Date.now() + 5_000) },
    );
    expect(limited.retryAfterSeconds).toBe(5);
  });

  it('takes a refused grant for a refused code while connecting, and for an ended access afterwards', () => {
    expect([refusedGrantCode('connecting'), refusedGrantCode('connected')]).toEqual([
      'provider/code-refused',
      'provider/reauthorize',
    ]);
  });
});
