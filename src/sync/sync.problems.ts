import { defineProblem } from '../platform/errors/problem.js';

export const syncRunNotFound = defineProblem('sync-run/not-found', 'not-found', {
  fr: 'Synchronisation introuvable',
  en: 'Synchronisation run not found',
});
