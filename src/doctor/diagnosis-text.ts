import type { Locale } from '../platform/errors/problem.js';
import type { Diagnosis } from './doctor.service.js';

const MARKS = { error: '✖', warning: '!', info: '·' } as const;

const WORDS = {
  fr: {
    healthy: 'Tout va bien.',
    addresses: 'À enregistrer chez les fournisseurs, à la lettre :',
    unset: 'non configuré',
  },
  en: {
    healthy: 'All is well.',
    addresses: 'To be registered at the providers, to the letter:',
    unset: 'not configured',
  },
} as const;

/** The diagnosis for a terminal. */
export function diagnosisText({ addresses, findings }: Diagnosis, locale: Locale): string {
  const words = WORDS[locale];
  const lines = findings.flatMap(({ code, severity, cause, repair }) => [
    `${MARKS[severity]} ${cause[locale]}  (${code})`,
    `  → ${repair[locale]}`,
  ]);
  const registered = addresses.map(
    ({ name, redirectUri, isConfigured }) => `  ${name}: ${redirectUri}${isConfigured ? '' : ` (${words.unset})`}`,
  );
  return [...(lines.length > 0 ? lines : [words.healthy]), '', words.addresses, ...registered, ''].join('\n');
}
