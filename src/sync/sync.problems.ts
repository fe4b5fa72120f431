import { defineProblem } from '../platform/errors/problem.js';

export const syncRunNotAwaiting = defineProblem('sync-run/not-awaiting', 'conflict', {
  fr: 'Cette synchronisation n’attend pas d’accord',
  en: 'This synchronisation run does not wait for approval',
});

export const syncRunNotFound = defineProblem('sync-run/not-found', 'not-found', {
  fr: 'Synchronisation introuvable',
  en: 'Synchronisation run not found',
});
