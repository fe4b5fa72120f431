import { explainStatus } from '../integrations/index.js';
import type { Bilingual } from '../platform/errors/problem.js';
import type { ConnectionState } from './connection-state.js';

/** What goes into the sentences. */
export interface CauseContext {
  readonly state: ConnectionState;
  /** The stable word of the verdict. */
  readonly cause: string;
  /** As people know the provider. */
  readonly provider: string;
  readonly kind: 'booking' | 'calendar';
  readonly missingVariables: readonly string[];
  readonly intervalMinutes: number;
  /** Who paused it, where that is known. */
  readonly pausedBy: string | null;
}

export interface CauseText {
  readonly title: Bilingual;
  readonly detail: Bilingual;
}

/** A cause in words: what is so, why, what follows from it, and what to do. */
export function explainCause(context: CauseContext): CauseText {
  return { title: titleOf(context), detail: detailOf(context) };
}

function titleOf({ state, cause, provider }: CauseContext): Bilingual {
  if (cause === 'insufficient-scope') return { fr: 'Autorisation manquante', en: 'Permission missing' };
  if (cause === 'approval-required') return { fr: 'Accord attendu', en: 'Approval awaited' };
  switch (state) {
    case 'not_configured':
      return { fr: `${provider} n’est pas configuré`, en: `${provider} is not configured` };
    case 'needs_reauth':
      return { fr: 'Reconnexion nécessaire', en: 'Reconnection needed' };
    case 'rate_limited':
      return { fr: `Limité par ${provider}`, en: `Limited by ${provider}` };
    case 'paused':
      return { fr: 'En pause', en: 'Paused' };
    case 'stale':
      return { fr: 'En retard', en: 'Behind' };
    case 'polling':
      return { fr: 'Sans temps réel', en: 'Without real time' };
    default:
      return { fr: 'La synchronisation a échoué', en: 'Synchronisation failed' };
  }
}

function detailOf(context: CauseContext): Bilingual {
  const { state, cause, provider, intervalMinutes } = context;
  switch (cause) {
    case 'not_configured': {
      const names = context.missingVariables.join(', ');
      return { fr: `Variables manquantes : ${names}`, en: `Missing variables: ${names}` };
    }
    case 'paused':
      return pausedText(context);
    case 'stale':
      return {
        fr: `Aucune lecture n’a abouti depuis plus de deux intervalles de ${intervalMinutes} minutes. Synchronisez le compte ; si cela dure, prévenez l’administrateur de ce serveur.`,
        en: `No reading has succeeded for more than two intervals of ${intervalMinutes} minutes. Synchronise the account; if it lasts, tell the administrator of this server.`,
      };
    case 'approval-required':
      return {
        fr: 'Une lecture supprimerait plus d’événements que d’habitude : elle attend votre accord.',
        en: 'A reading would remove more events than usual: it waits for your approval.',
      };
    case 'public-url-local':
      return {
        fr: `PUBLIC_URL est locale : ${provider} ne peut pas nous joindre. Le compte est lu toutes les ${intervalMinutes} minutes.`,
        en: `PUBLIC_URL is local: ${provider} cannot reach us. The account is read every ${intervalMinutes} minutes.`,
      };
    case 'channel-pending':
      return {
        fr: `Le temps réel avec ${provider} n’est pas encore établi. En attendant, le compte est lu toutes les ${intervalMinutes} minutes.`,
        en: `Real time with ${provider} is not established yet. Until then the account is read every ${intervalMinutes} minutes.`,
      };
  }
  if (state === 'polling') return refusedText(context);
  const explained = explainStatus(cause, provider) ?? { fr: '', en: '' };
  return state === 'needs_reauth' ? withConsequence(explained, context) : explained;
}

function pausedText({ pausedBy, kind }: CauseContext): Bilingual {
  const by = pausedBy === null ? { fr: '', en: '' } : { fr: ` par ${pausedBy}`, en: ` by ${pausedBy}` };
  return kind === 'booking'
    ? {
        fr: `Mise en pause${by.fr} : les nouveaux rendez-vous n’arrivent plus. Ceux de la pause seront rattrapés à la reprise.`,
        en: `Paused${by.en}: new appointments do not come in. Those made meanwhile are caught up when it resumes.`,
      }
    : {
        fr: `Mise en pause${by.fr} : l’agenda n’est lu que sur demande. Les changements de la pause seront rattrapés à la reprise.`,
        en: `Paused${by.en}: the calendar is read on request only. Changes made meanwhile are caught up when it resumes.`,
      };
}

/** Why the provider will not push, said as such: the same word on a failed reading means something else. */
function refusedText({ cause, provider, intervalMinutes }: CauseContext): Bilingual {
  if (cause === 'plan') return explainStatus(cause, provider) ?? { fr: '', en: '' };
  return {
    fr: `${provider} a refusé d’envoyer les changements en temps réel (${cause}). Le compte est lu toutes les ${intervalMinutes} minutes ; la demande est renouvelée chaque jour.`,
    en: `${provider} refused to push changes in real time (${cause}). The account is read every ${intervalMinutes} minutes; it is asked again every day.`,
  };
}

function withConsequence({ fr, en }: Bilingual, { kind }: CauseContext): Bilingual {
  return kind === 'booking'
    ? {
        fr: `${fr} Les nouveaux rendez-vous n’arrivent plus ; l’historique est conservé.`,
        en: `${en} New appointments no longer come in; the history is kept.`,
      }
    : {
        fr: `${fr} L’agenda n’est plus lu ni mis à jour ; ce qui a été importé est conservé.`,
        en: `${en} The calendar is no longer read or written to; what was imported is kept.`,
      };
}
