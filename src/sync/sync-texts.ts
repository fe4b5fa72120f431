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
    const bookings = plural(created, 'rendez-vous', 'rendez-vous');
    return isRecovery
      ? {
          title: `Notifications ${providerName} rétablies`,
          message: `La réception en temps réel était interrompue ; ${bookings} manqué${created > 1 ? 's ont' : ' a'} été rattrapé${created > 1 ? 's' : ''}`,
        }
      : {
          title: `Import ${providerName} terminé`,
          message: `${bookings} importé${created > 1 ? 's' : ''}, ${plural(prospects, 'nouveau prospect', 'nouveaux prospects')}`,
        };
  }
  const bookings = plural(created, 'appointment', 'appointments');
  return isRecovery
    ? {
        title: `${providerName} push restored`,
        message: `Real-time delivery was interrupted; ${bookings} missed meanwhile ${created === 1 ? 'was' : 'were'} recovered`,
      }
    : {
        title: `${providerName} import finished`,
        message: `${bookings} imported, ${plural(prospects, 'new prospect', 'new prospects')}`,
      };
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count > 1 ? many : one}`;
}
