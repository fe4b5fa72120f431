import type { Bilingual } from '../platform/errors/problem.js';
import type { CalComMode } from './cal-com.config.js';

export interface ModeLimit {
  /** A stable English word for what is not possible. */
  readonly feature: string;
  readonly reason: Bilingual;
}

/** What each way of connecting cannot do, and why. */
export const MODE_LIMITS: Readonly<Record<CalComMode, readonly ModeLimit[]>> = {
  platform: [
    {
      feature: 'new-platform-clients',
      reason: {
        fr: 'Cal.com n’ouvre plus d’offre Platform à de nouveaux clients et prévoit de la retirer. Les modes oauth et apikey la remplacent (CAL_MODE).',
        en: 'Cal.com no longer offers the Platform plan to new customers and means to withdraw it. The modes oauth and apikey replace it (CAL_MODE).',
      },
    },
  ],
  oauth: [
    {
      feature: 'managed-users',
      reason: {
        fr: 'Chaque personne se connecte avec son propre compte Cal.com et y consent : aucun compte n’est créé pour elle.',
        en: 'Each person connects with a Cal.com account of their own and consents to it: no account is made for them.',
      },
    },
    {
      feature: 'atoms',
      reason: {
        fr: 'Les composants React de Cal.com demandent un utilisateur géré, donc le mode platform.',
        en: 'The React atoms of Cal.com need a managed user, hence the platform mode.',
      },
    },
  ],
  apikey: [
    {
      feature: 'calendar-consent',
      reason: {
        fr: 'Cal.com mettrait la clé d’API dans l’adresse de la page de consentement. Les agendas se relient donc sur Cal.com même.',
        en: 'Cal.com would put the API key into the address of the consent page. Calendars are therefore linked on Cal.com itself.',
      },
    },
    {
      feature: 'managed-users',
      reason: {
        fr: 'Une clé agit pour un seul compte Cal.com, celui de l’organisation.',
        en: 'A key acts for one Cal.com account, that of the organization.',
      },
    },
    {
      feature: 'atoms',
      reason: {
        fr: 'Les composants React de Cal.com demandent un utilisateur géré, donc le mode platform.',
        en: 'The React atoms of Cal.com need a managed user, hence the platform mode.',
      },
    },
  ],
};
