import type { Locale } from '../platform/errors/problem.js';
import type { CopyField } from './copy-content.js';

interface Text {
  title: string;
  message: string;
}

const FIELD_NAMES: Record<Locale, Record<CopyField | 'existence', string>> = {
  fr: {
    title: 'le titre',
    description: 'la description',
    location: 'le lieu',
    schedule: 'l’horaire',
    existence: 'l’existence',
  },
  en: {
    title: 'the title',
    description: 'the description',
    location: 'the place',
    schedule: 'the time',
    existence: 'the existence',
  },
};

export function conflictText(
  provider: string,
  field: CopyField | 'existence',
  kept: 'ours' | 'theirs',
  session: string,
  locale: Locale,
): Text {
  const name = FIELD_NAMES[locale][field];
  return locale === 'fr'
    ? {
        title: `Modification des deux côtés (${provider})`,
        message: `Pour « ${session} », ${name} a été modifié ici et dans ${provider}. ${
          kept === 'ours' ? 'La version d’ici' : `La version de ${provider}`
        } a été gardée ; l’autre peut être reprise.`,
      }
    : {
        title: `Changed on both sides (${provider})`,
        message: `For “${session}”, ${name} was changed here and in ${provider}. ${
          kept === 'ours' ? 'The version from here' : `The version of ${provider}`
        } was kept; the other can still be taken.`,
      };
}

export function approvalText(provider: string, removals: number, live: number, locale: Locale): Text {
  return locale === 'fr'
    ? {
        title: `${provider} : votre accord est demandé`,
        message: `La dernière lecture supprimerait ${removals} événements sur ${live}. Rien n’a été supprimé : vérifiez la liste, puis approuvez ou ignorez.`,
      }
    : {
        title: `${provider}: your approval is needed`,
        message: `The last reading would remove ${removals} events of ${live}. Nothing was removed: look at the list, then approve or ignore it.`,
      };
}
