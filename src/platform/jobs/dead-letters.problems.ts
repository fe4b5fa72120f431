import { defineProblem } from '../errors/problem.js';

export const deadLetterNotFound = defineProblem('dead-letter/not-found', 'not-found', {
  fr: 'Tâche abandonnée introuvable',
  en: 'Dead letter not found',
});
export const deadLetterTaskUnknown = defineProblem('dead-letter/task-unknown', 'conflict', {
  fr: 'Cette version ne sait plus exécuter cette tâche',
  en: 'This version no longer runs this task',
});
