import { defineProblem } from '../platform/errors/problem.js';

export const calComNotConnected = defineProblem('cal-com/not-connected', 'conflict', {
  fr: 'Aucun compte Cal.com n’est connecté',
  en: 'No Cal.com account is connected',
});
export const calComNotInThisMode = defineProblem('cal-com/not-in-this-mode', 'conflict', {
  fr: 'Le mode de connexion à Cal.com de ce serveur ne le permet pas',
  en: 'The way in which this server connects to Cal.com does not allow it',
});
export const calComApiKeyRefused = defineProblem('cal-com/api-key-refused', 'invalid', {
  fr: 'Cal.com ne reconnaît pas cette clé d’API',
  en: 'Cal.com does not recognise this API key',
});
export const calComApiKeyMissing = defineProblem('cal-com/api-key-missing', 'invalid', {
  fr: 'La clé d’API de Cal.com manque',
  en: 'The Cal.com API key is missing',
});
export const calendarNotLinked = defineProblem('cal-com/calendar-not-linked', 'conflict', {
  fr: 'Cet agenda n’est pas relié à Cal.com',
  en: 'This calendar is not linked to Cal.com',
});
export const calendarCredentialDead = defineProblem('cal-com/calendar-credential-dead', 'conflict', {
  fr: 'Cal.com n’a plus accès à cet agenda',
  en: 'Cal.com no longer has access to this calendar',
});
/** Said to whoever shows a token of Cal.com, which is their only proof. */
export const accessTokenUnknown = defineProblem('cal-com/access-token-unknown', 'unauthenticated', {
  fr: 'Ce jeton d’accès Cal.com n’a pas été remis par ce serveur, ou il y a trop longtemps',
  en: 'This Cal.com access token was not handed out by this server, or too long ago',
});
