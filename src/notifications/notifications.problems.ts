import { defineProblem } from '../platform/errors/problem.js';

export const notificationNotFound = defineProblem('notification/not-found', 'not-found', {
  fr: 'Notification introuvable',
  en: 'Notification not found',
});
