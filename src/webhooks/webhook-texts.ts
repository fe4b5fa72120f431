import type { Locale } from '../platform/errors/problem.js';

/** What people are told when an endpoint was given up. */
export function disabledText(
  host: string,
  reason: 'failing' | 'gone',
  locale: Locale,
): { title: string; message: string } {
  if (locale === 'fr') {
    const cause = reason === 'gone' ? 'a répondu qu’il n’existe plus' : 'n’accepte plus rien depuis des jours';
    return {
      title: 'Webhook désactivé',
      message: `${host} ${cause}. Rien n’y est plus envoyé ; réactivez le webhook une fois l’adresse réparée.`,
    };
  }
  const cause = reason === 'gone' ? 'answered that it no longer exists' : 'has accepted nothing for days';
  return {
    title: 'Webhook disabled',
    message: `${host} ${cause}. Nothing is sent to it any more; enable the webhook once the address works again.`,
  };
}
