import type { TFunction } from 'i18next';
import { Problem } from '@passerelle/client';

export interface ProblemWords {
  readonly title: string;
  /** The cause, where the server tells one. */
  readonly detail: string | null;
  /** What can be done about it. */
  readonly action: string;
  readonly requestId: string | null;
}

const STATUSES_WITH_WORDS = new Set([400, 401, 403, 404, 409, 429, 503]);

/** What to tell a person about whatever was thrown. */
export function toProblemWords(error: unknown, t: TFunction): ProblemWords {
  const problem = error instanceof Problem ? error : new Problem({ cause: error, status: -1 });
  const kind = problem.isUnreachable
    ? 'unreachable'
    : STATUSES_WITH_WORDS.has(problem.status)
      ? String(problem.status)
      : 'unknown';
  const title = problem.title || t([`errors:title.${kind}`, 'errors:title.unknown']);
  // The fields' own messages are shown at the fields.
  const detail = problem.detail === title ? null : problem.detail;
  return { title, detail, action: actionOf(problem, kind, t), requestId: problem.requestId };
}

function actionOf(problem: Problem, kind: string, t: TFunction): string {
  if (kind === '429' && problem.retryAfterSeconds !== null) {
    return t('errors:action.429_seconds', { count: problem.retryAfterSeconds });
  }
  return t([`errors:action.${kind}`, 'errors:action.unknown']);
}
