import { defineProblem } from '../platform/errors/problem.js';

export const sandboxMissing = defineProblem('sandbox/not-running', 'not-found', {
  fr: 'Ce serveur n’a pas de bac à sable',
  en: 'This server has no sandbox',
});
export const gestureUnknown = defineProblem('sandbox/gesture-unknown', 'not-found', {
  fr: 'Le bac à sable ne sait pas faire cela',
  en: 'The sandbox cannot do that',
});
export const nothingThere = defineProblem('sandbox/nothing-there', 'conflict', {
  fr: 'Il n’y a rien encore à quoi le faire',
  en: 'There is nothing yet to do it to',
});
export const sandboxUnreachable = defineProblem('sandbox/unreachable', 'unavailable', {
  fr: 'Le bac à sable ne répond pas',
  en: 'The sandbox does not answer',
});
