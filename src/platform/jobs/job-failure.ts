import { isStorageFailure } from '../database/storage-failure.js';
import { Problem, type ProblemKind } from '../errors/problem.js';
import { PermanentJobError } from './permanent-job.error.js';

/** What an error means for the job that met it. */
export interface JobFailure {
  readonly isPermanent: boolean;
  /** May be kept and shown: a code or the name of a class, never a message. */
  readonly code: string;
  /** The sooner end of the wait that the other side asked for. */
  readonly retryAfterMs: number;
}

/** Problems that may pass by themselves; any other says the same thing however often it is asked. */
const PASSING: ReadonlySet<ProblemKind> = new Set([
  'too-many-requests',
  'unexpected',
  'provider-fault',
  'unavailable',
  'provider-timeout',
]);

export function toJobFailure(error: unknown): JobFailure {
  if (error instanceof PermanentJobError) return { isPermanent: true, code: error.code, retryAfterMs: 0 };
  if (error instanceof Problem) {
    return {
      isPermanent: !PASSING.has(error.definition.kind),
      code: error.definition.code,
      retryAfterMs: (error.retryAfterSeconds ?? 0) * 1_000,
    };
  }
  return { isPermanent: false, code: codeOf(error), retryAfterMs: 0 };
}

function codeOf(error: unknown): string {
  if (isStorageFailure(error)) return 'storage/unavailable';
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[\w/.-]{1,64}$/.test(code) ? code : error.name;
}
