import { defineProblem } from './problem.js';

export const requestInvalid = defineProblem('request/invalid', 'invalid', {
  fr: 'La requête est invalide',
  en: 'The request is invalid',
});
export const addressInvalid = defineProblem('request/address-invalid', 'invalid', {
  fr: 'L’adresse est illisible',
  en: 'The address cannot be read',
});
/** What Node refuses before there is a request. */
export const requestUnreadable = defineProblem('request/unreadable', 'invalid', {
  fr: 'La requête n’est pas du HTTP lisible',
  en: 'The request is not readable HTTP',
});
export const requestTooSlow = defineProblem('request/too-slow', 'too-slow', {
  fr: 'La requête n’est pas arrivée à temps',
  en: 'The request did not arrive in time',
});
export const requestHeadersTooLarge = defineProblem('request/headers-too-large', 'headers-too-large', {
  fr: 'L’adresse et les en-têtes sont trop longs',
  en: 'The address and the headers are too long',
});
export const bodyMalformed = defineProblem('request/body-malformed', 'invalid', {
  fr: 'Le corps de la requête n’est pas un JSON lisible',
  en: 'The request body is not readable JSON',
});
export const bodyTooLarge = defineProblem('request/body-too-large', 'too-large', {
  fr: 'Le corps de la requête est trop grand',
  en: 'The request body is too large',
});
export const mediaTypeUnsupported = defineProblem('request/media-type-unsupported', 'unsupported-media-type', {
  fr: 'Ce type de contenu n’est pas accepté',
  en: 'This content type is not accepted',
});
export const cursorInvalid = defineProblem('request/cursor-invalid', 'invalid', {
  fr: 'Le curseur de pagination est invalide',
  en: 'The paging cursor is invalid',
});
export const routeNotFound = defineProblem('request/not-found', 'not-found', {
  fr: 'Ressource introuvable',
  en: 'Resource not found',
});
export const methodNotAllowed = defineProblem('request/method-not-allowed', 'method-not-allowed', {
  fr: 'Méthode non autorisée',
  en: 'Method not allowed',
});
export const storageUnavailable = defineProblem('storage/unavailable', 'unavailable', {
  fr: 'Le stockage est momentanément indisponible',
  en: 'Storage is unavailable for the moment',
});
export const unexpectedFailure = defineProblem('server/unexpected', 'unexpected', {
  fr: 'Une erreur inattendue est survenue',
  en: 'An unexpected error occurred',
});
