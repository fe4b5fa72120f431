import { requestInvalid } from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';

/** A replay of everything has to be asked for, with a `since` long ago: it must not be what an empty body means. */
export function demandCriterion(criteria: object): void {
  if (Object.values(criteria).some((value) => value !== undefined)) return;
  throw new Problem(requestInvalid, {
    detail: { fr: 'Au moins un critère est attendu.', en: 'At least one criterion is expected.' },
  });
}
