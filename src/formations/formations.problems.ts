import { defineProblem } from '../platform/errors/problem.js';

export const formationNotFound = defineProblem('formation/not-found', 'not-found', {
  fr: 'Formation introuvable',
  en: 'Formation not found',
});
export const formationSessionNotFound = defineProblem('formation-session/not-found', 'not-found', {
  fr: 'Session de formation introuvable',
  en: 'Session of the formation not found',
});
export const formationParticipantNotFound = defineProblem('formation-participant/not-found', 'not-found', {
  fr: 'Participant introuvable',
  en: 'Participant not found',
});
export const formationNotYours = defineProblem('formation/not-yours', 'forbidden', {
  fr: 'Seuls les administrateurs et la personne qui a créé la formation peuvent la modifier',
  en: 'Only administrators and whoever created the formation may change it',
});
export const formationReferenceUnknown = defineProblem('formation/reference-unknown', 'unprocessable', {
  fr: 'La requête nomme une session ou un participant que la formation n’a pas',
  en: 'The request names a session or a participant that the formation does not have',
});
export const localTimeSkipped = defineProblem('formation-session/local-time-skipped', 'unprocessable', {
  fr: 'Cette heure locale n’existe pas : les horloges la sautent au changement d’heure',
  en: 'This local time does not exist: clocks skip it when they change',
});
export const participantTaken = defineProblem('formation-participant/email-taken', 'conflict', {
  fr: 'Un participant de la formation porte déjà cette adresse e-mail',
  en: 'A participant of the formation already has this e-mail address',
});
export const sessionsFull = defineProblem('formation/too-many-sessions', 'conflict', {
  fr: 'Une formation a au plus 200 sessions',
  en: 'A formation has at most 200 sessions',
});
export const participantsFull = defineProblem('formation/too-many-participants', 'conflict', {
  fr: 'Une formation a au plus 500 participants',
  en: 'A formation has at most 500 participants',
});
