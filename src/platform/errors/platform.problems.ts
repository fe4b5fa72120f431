import { defineProblem } from './problem.js';

export const requestInvalid = defineProblem('request/invalid', 'invalid', {
  fr: 'La requête est invalide',
  en: 'The request is invalid',
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
