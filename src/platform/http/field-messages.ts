import type { Bilingual } from '../errors/problem.js';

/** French for what class-validator says in English, by the name of the rule; its figures and words are in that sentence. */
const FRENCH: Readonly<Record<string, (english: string) => string>> = {
  arrayMaxSize: (english) => `Ne doit pas compter plus de ${figures(english)[0]} éléments`,
  arrayNotEmpty: () => 'Ne doit pas être vide',
  arrayUnique: () => 'Ne doit rien contenir deux fois',
  isArray: () => 'Doit être une liste',
  isBoolean: () => 'Doit être vrai ou faux',
  isCleanText: (english) => {
    const [min, max] = figures(english);
    return `Doit être un texte de ${min} à ${max} caractères, sans caractère de contrôle`;
  },
  isDate: () => 'Doit être un instant ou un jour (ISO 8601)',
  isEmail: () => 'Doit être une adresse e-mail',
  isId: () => 'Doit être un identifiant',
  isIn: (english) => `Doit valoir l’un de : ${english.split(': ')[1]}`,
  isInstant: () => 'Doit être un instant ou un jour (ISO 8601)',
  isInt: () => 'Doit être un nombre entier',
  isIso8601: () => 'Doit être une date (ISO 8601)',
  isLength: (english) => {
    const [min, max] = figures(english);
    return max === undefined ? `Doit compter au moins ${min} caractères` : `Doit compter de ${min} à ${max} caractères`;
  },
  isMailbox: () => 'Doit être une adresse e-mail',
  isMoment: () => 'Doit être une date et une heure (ISO 8601)',
  isObject: () => 'Doit être un objet',
  isOneMailbox: () => 'Doit être une adresse e-mail',
  isString: () => 'Doit être un texte',
  isTimeZone: () => 'Doit être le nom d’un fuseau horaire IANA',
  isTimeZoneName: () => 'Doit être le nom d’un fuseau horaire IANA',
  isUrl: () => 'Doit être une adresse web',
  isUuid: () => 'Doit être un identifiant',
  matches: () => 'N’a pas la forme attendue',
  max: (english) => `Ne doit pas dépasser ${figures(english)[0]}`,
  maxDate: () => 'Est trop loin dans l’avenir',
  maxLength: (english) => `Ne doit pas dépasser ${figures(english)[0]} caractères`,
  min: (english) => `Ne doit pas être inférieur à ${figures(english)[0]}`,
  minDate: () => 'Est trop loin dans le passé',
  nestedValidation: () => 'Doit être un objet',
  whitelistValidation: () => 'Ce champ n’existe pas',
};

export function fieldMessage(rule: string, english: string): Bilingual {
  return { fr: FRENCH[rule]?.(english) ?? 'Valeur refusée', en: english };
}

export function isTranslated(rule: string): boolean {
  return rule in FRENCH;
}

/** The name of a field may hold figures; the rule's own come after it. */
function figures(english: string): string[] {
  return english.replace(/^\S+/, '').match(/-?\d+/g) ?? [];
}
