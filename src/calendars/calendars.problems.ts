import { defineProblem } from '../platform/errors/problem.js';

export const calendarNotConnected = defineProblem('calendar/not-connected', 'conflict', {
  fr: 'Aucun agenda de ce type n’est connecté',
  en: 'No calendar of this kind is connected',
});

export const calendarTypeUnknown = defineProblem('calendar/type-unknown', 'not-found', {
  fr: 'Type d’agenda inconnu',
  en: 'Unknown kind of calendar',
});

export const calendarUnknown = defineProblem('calendar/unknown', 'unprocessable', {
  fr: 'Cet agenda n’existe pas dans le compte connecté, ou n’est pas modifiable',
  en: 'This calendar does not exist in the connected account, or cannot be written to',
});

export const exportForNobody = defineProblem('calendar/export-for-nobody', 'conflict', {
  fr: 'Personne n’a d’agenda de ce type où exporter cette formation',
  en: 'Nobody has a calendar of this kind to export this formation to',
});

export const formationNotExportable = defineProblem('formation/not-exportable', 'conflict', {
  fr: 'Cette formation n’a aucune session à exporter : elle est en brouillon, annulée, ou sans date',
  en: 'This formation has no session to export: it is a draft, cancelled, or without dates',
});

export const conflictNotFound = defineProblem('calendar/conflict-not-found', 'not-found', {
  fr: 'Conflit introuvable ou déjà réglé',
  en: 'Conflict not found or already resolved',
});
