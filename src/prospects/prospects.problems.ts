import { defineProblem } from '../platform/errors/problem.js';

export const prospectNotFound = defineProblem('prospect/not-found', 'not-found', {
  fr: 'Prospect introuvable',
  en: 'Prospect not found',
});
export const prospectEmailTaken = defineProblem('prospect/email-taken', 'conflict', {
  fr: 'Un prospect porte déjà cette adresse e-mail',
  en: 'A prospect already has this e-mail address',
});
export const prospectUnrecognisable = defineProblem('prospect/unrecognisable', 'invalid', {
  fr: 'Un prospect a au moins un nom, une adresse e-mail ou un numéro de téléphone',
  en: 'A prospect has at least a name, an e-mail address or a phone number',
});
