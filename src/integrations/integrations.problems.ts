import { defineProblem } from '../platform/errors/problem.js';

export const providerUnknown = defineProblem('provider/unknown', 'not-found', {
  fr: 'Ce service n’existe pas ici',
  en: 'There is no such provider here',
});
export const providerNotConfigured = defineProblem('provider/not-configured', 'conflict', {
  fr: 'Ce service n’est pas configuré sur ce serveur',
  en: 'This provider is not configured on this server',
});

export const integrationNotFound = defineProblem('integration/not-found', 'not-found', {
  fr: 'Connexion introuvable',
  en: 'Integration not found',
});

export const stateMissing = defineProblem('oauth/state-missing', 'invalid', {
  fr: 'Le paramètre « state » manque : recommencez la connexion depuis l’application',
  en: 'The “state” parameter is missing: start the connection again from the application',
});
export const stateInvalid = defineProblem('oauth/state-invalid', 'invalid', {
  fr: 'Cette demande de connexion a expiré, a déjà servi ou n’est pas la vôtre : recommencez',
  en: 'This connection request has expired, was used already or is not yours: start again',
});
export const codeInvalid = defineProblem('oauth/code-invalid', 'invalid', {
  fr: 'Le code d’autorisation est absent ou illisible',
  en: 'The authorization code is missing or unreadable',
});
export const organizationMismatch = defineProblem('oauth/organization-mismatch', 'forbidden', {
  fr: 'Cette organisation n’est pas la vôtre',
  en: 'This organization is not yours',
});
export const redirectMismatch = defineProblem('oauth/redirect-mismatch', 'invalid', {
  fr: 'L’adresse de retour n’est pas celle de la demande de connexion',
  en: 'The redirect address is not the one of the connection request',
});
export const issuerMismatch = defineProblem('oauth/issuer-mismatch', 'invalid', {
  fr: 'Cette réponse vient d’un autre service que celui demandé',
  en: 'This answer comes from another provider than the one asked',
});
export const consentDenied = defineProblem('oauth/denied', 'invalid', {
  fr: 'L’accès a été refusé sur la page du service',
  en: 'Access was denied on the provider’s page',
});
export const tooManyStarts = defineProblem('oauth/too-many-starts', 'too-many-requests', {
  fr: 'Trop de demandes de connexion en une minute',
  en: 'Too many connection requests within a minute',
});

// What a provider did, for the routes that wait for its answer. None of them is a 401: a front end takes that for the
// end of our own session.
export const providerCodeRefused = defineProblem('provider/code-refused', 'invalid', {
  fr: 'Le service a refusé le code d’autorisation',
  en: 'The provider refused the authorization code',
});
export const providerReauthorize = defineProblem('provider/reauthorize', 'conflict', {
  fr: 'L’accès au compte a pris fin : il faut le reconnecter',
  en: 'Access to the account has ended: it must be reconnected',
});
export const providerAccessRefused = defineProblem('provider/access-refused', 'provider-fault', {
  fr: 'Le service n’accepte pas le jeton qu’il vient de donner',
  en: 'The provider does not accept the token it has just issued',
});
export const providerScopeMissing = defineProblem('provider/scope-missing', 'conflict', {
  fr: 'Des autorisations nécessaires n’ont pas été accordées',
  en: 'Permissions that are needed were not granted',
});
export const providerForbidden = defineProblem('provider/forbidden', 'conflict', {
  fr: 'Le service interdit cette action à ce compte',
  en: 'The provider forbids this to the account',
});
export const providerPlan = defineProblem('provider/plan', 'conflict', {
  fr: 'L’abonnement de ce compte ne comprend pas cette fonction',
  en: 'The plan of this account does not include this feature',
});
export const providerRateLimited = defineProblem('provider/rate-limited', 'provider-fault', {
  fr: 'Le service limite le nombre de demandes',
  en: 'The provider limits the number of requests',
});
export const providerUnavailable = defineProblem('provider/unavailable', 'provider-fault', {
  fr: 'Le service est momentanément indisponible',
  en: 'The provider is unavailable for the moment',
});
export const providerTimeout = defineProblem('provider/timeout', 'provider-timeout', {
  fr: 'Le service n’a pas répondu à temps',
  en: 'The provider did not answer in time',
});
export const providerContract = defineProblem('provider/contract', 'provider-fault', {
  fr: 'La réponse du service n’est pas conforme à sa documentation',
  en: 'The provider’s answer is not what its documentation promises',
});
export const providerMisconfigured = defineProblem('provider/misconfigured', 'conflict', {
  fr: 'Le service ne reconnaît pas l’application telle qu’elle est configurée',
  en: 'The provider does not recognise the application as configured',
});
export const providerWithdrawn = defineProblem('provider/withdrawn', 'conflict', {
  fr: 'Le service a mis fin à ce mode de connexion',
  en: 'The provider has ended this way of connecting',
});
export const providerUnexpected = defineProblem('provider/unexpected', 'provider-fault', {
  fr: 'Le service a répondu d’une façon imprévue',
  en: 'The provider answered in an unforeseen way',
});

/** All that `ConnectFlow.complete` can answer, for the documentation of the callback routes. */
export const CONNECT_PROBLEMS = [
  stateMissing,
  stateInvalid,
  codeInvalid,
  organizationMismatch,
  redirectMismatch,
  issuerMismatch,
  consentDenied,
  providerCodeRefused,
  providerAccessRefused,
  providerScopeMissing,
  providerForbidden,
  providerPlan,
  providerRateLimited,
  providerUnavailable,
  providerTimeout,
  providerContract,
  providerMisconfigured,
  providerWithdrawn,
  providerUnexpected,
] as const;
