import { describe, expect, it } from '@jest/globals';
import { defineProblem, Problem, type ProblemKind } from '../errors/problem.js';
import { toJobFailure } from './job-failure.js';
import { PermanentJobError } from './permanent-job.error.js';

function problem(kind: ProblemKind, retryAfterSeconds?: number): Problem {
  return new Problem(defineProblem('thing/wrong', kind, { fr: 'x', en: 'x' }), { retryAfterSeconds });
}

describe('toJobFailure', () => {
  it('gives up at once on what says the same thing however often it is asked', () => {
    for (const kind of ['invalid', 'not-found', 'forbidden', 'conflict', 'unprocessable'] as const) {
      expect(toJobFailure(problem(kind))).toMatchObject({ isPermanent: true, code: 'thing/wrong' });
    }
    expect(toJobFailure(new PermanentJobError('mail/refused'))).toMatchObject({
      isPermanent: true,
      code: 'mail/refused',
    });
  });

  it('tries again after what may pass, no sooner than asked', () => {
    for (const kind of ['unavailable', 'provider-timeout', 'provider-fault', 'unexpected'] as const) {
      expect(toJobFailure(problem(kind)).isPermanent).toBe(false);
    }
    expect(toJobFailure(problem('too-many-requests', 30))).toEqual({
      isPermanent: false,
      code: 'thing/wrong',
      retryAfterMs: 30_000,
    });
  });

  it('keeps a code or the name of a class, and never a message', () => {
    const withCode = Object.assign(new Error('jane@example.com'), { code: '23505' });
    const withText = Object.assign(new TypeError('jane@example.com'), { code: 'for jane@example.com' });
    expect(toJobFailure(withCode).code).toBe('23505');
    expect(toJobFailure(withText).code).toBe('TypeError');
    expect(toJobFailure('jane@example.com').code).toBe('unknown');
  });
});
