import type { SocketMessageName, SocketMessages } from '@passerelle/client';
import type { QueryKey } from '@tanstack/react-query';

/**
 * Which lists a message makes old. Query keys begin with the subject, so a screen that keeps to that is up to date
 * without a line of its own; a new subject gets its line here.
 */
export const MADE_OLD_BY: Record<SocketMessageName, readonly QueryKey[]> = {
  'prospect:created': [['prospects'], ['bookings'], ['activity']],
  'prospect:updated': [['prospects'], ['bookings'], ['activity']],
  'prospect:deleted': [['prospects'], ['activity']],
  notification: [['notifications'], ['activity'], ['mails']],
  'sync:progress': [['sync-runs'], ['connections'], ['calendar-events'], ['activity']],
  // Nothing by itself: only who follows the list wants to see each of them come in.
  'delivery:changed': [],
  'replay:progress': [
    ['deliveries', 'replays'],
    ['deliveries', 'list'],
  ],
  'integration:status': [['connections'], ['system']],
};

/** What a message is about, to be pointed at for a few seconds where it is shown. */
export function subjectOf<Name extends SocketMessageName>(name: Name, payload: SocketMessages[Name]): string | null {
  switch (name) {
    case 'prospect:created':
    case 'prospect:updated':
    case 'notification':
      return (payload as { id: string }).id;
    case 'sync:progress':
      return (payload as SocketMessages['sync:progress']).run_id;
    default:
      return null;
  }
}
