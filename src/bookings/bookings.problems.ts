import { defineProblem } from '../platform/errors/problem.js';

export const bookingNotFound = defineProblem('booking/not-found', 'not-found', {
  fr: 'Rendez-vous introuvable',
  en: 'Booking not found',
});
