import { firstFreeAfternoon, type Gestures, lastDelivered, nothingTo } from '../gestures.js';
import type { CalendlyParts } from './calendly-parts.js';
import type { CalendlyControl } from './control.js';
import type { Invitee } from './model.js';
import { paidEmail } from './seed.js';

/** Of the calls that read an account's bookings. */
const readings = { base: 'api', method: 'GET', path_prefix: '/scheduled_events' } as const;

/** With the account that an application listens to. */
export function calendlyGestures(parts: CalendlyParts, control: CalendlyControl): Gestures {
  const { clock, store } = parts;
  const freeAfternoon = () =>
    firstFreeAfternoon(
      clock.now(),
      [...store.events.values()].map(({ startsAt }) => startsAt),
    );
  const book = () => control.book({ account: listenedAccount(parts), start_time: freeAfternoon() });
  return {
    book,
    move: () => control.move({ invitee: lastBooked(parts, 'move').id, start_time: freeAfternoon() }),
    cancel: () => control.cancel({ invitee: lastBooked(parts, 'cancel').id, reason: 'Empêchement' }),
    repeat: () => control.repeatDelivery({ delivery: lastDelivered(control.deliveries()) }),
    forge: () => {
      control.forgeDeliveries({ times: 1 });
      book();
    },
    revoke: () => control.revokeGrants(),
    limit: () => control.failNext({ ...readings, status: 429, reset_seconds: 30 }),
    breakdown: () => control.failNext({ ...readings, status: 500, times: 3 }),
  };
}

function listenedAccount({ store }: CalendlyParts): string {
  const subscription = [...store.subscriptions.values()].at(-1);
  const account = store.accounts.get(subscription?.userId ?? subscription?.creatorId ?? '');
  return account?.email ?? paidEmail;
}

/** Of those to come: what is over cannot be moved, and what was there from the start is older. */
function lastBooked({ clock, store }: CalendlyParts, word: string): Invitee {
  const last = [...store.invitees.values()].findLast(
    (invitee) => invitee.status === 'active' && store.eventOf(invitee).startsAt > clock.now(),
  );
  if (!last) throw nothingTo(word, 'booking');
  return last;
}
