import type { Locale } from '../platform/errors/problem.js';
import type { SyncCounts } from './sync-run.js';

/** The one notification that a first import, a backfill or the end of a gap gets. */
export function summaryText(
  isRecovery: boolean,
  providerName: string,
  { created, prospects_created: prospects }: SyncCounts,
  locale: Locale,
): { title: string; message: string } {
  if (locale === 'fr') {
    const bookings = `${created} rendez-vous`;
    return isRecovery
      ? {
          title: `Notifications ${providerName} rétablies`,
          message: `La réception en temps réel était interrompue ; ${bookings} manqué${created > 1 ? 's ont' : ' a'} été rattrapé${created > 1 ? 's' : ''}`,
        }
      : {
          title: `Import ${providerName} terminé`,
          message: `${bookings} importé${created > 1 ? 's' : ''}, ${prospects} ${prospects > 1 ? 'nouveaux prospects' : 'nouveau prospect'}`,
        };
  }
  const bookings = counted(created, 'appointment');
  return isRecovery
    ? {
        title: `${providerName} push restored`,
        message: `Real-time delivery was interrupted; ${bookings} missed meanwhile ${created === 1 ? 'was' : 'were'} recovered`,
      }
    : {
        title: `${providerName} import finished`,
        message: `${bookings} imported, ${counted(prospects, 'new prospect')}`,
      };
}

/** In English, unlike in French, none is a plural. */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
