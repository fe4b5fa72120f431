import { firstFreeAfternoon, type Gestures, lastDelivered, nothingTo } from '../gestures.js';
import type { CalComParts } from './cal-com-parts.js';
import type { CalComControl } from './control.js';
import type { Booking } from './model.js';
import { seededEmail } from './seed.js';

/** Of the calls that read a host's bookings. */
const readings = { base: 'api', method: 'GET', path_prefix: '/bookings' } as const;

/** With the host whom an application listens to. A managed user's access cannot be withdrawn: the platform renews it. */
export function calComGestures(parts: CalComParts, control: CalComControl): Gestures {
  const { clock, store } = parts;
  const freeAfternoon = () =>
    firstFreeAfternoon(
      clock.now(),
      [...store.bookings.values()].map(({ startsAt }) => startsAt),
    );
  const book = () => control.book({ account: listenedHost(parts), start: freeAfternoon() });
  return {
    book,
    move: () => control.move({ booking: lastBooked(parts, 'move').uid, start: freeAfternoon() }),
    cancel: () => control.cancel({ booking: lastBooked(parts, 'cancel').uid, reason: 'Empêchement' }),
    repeat: () => control.repeatDelivery({ delivery: lastDelivered(control.deliveries()) }),
    forge: () => {
      control.forgeDeliveries({ times: 1 });
      book();
    },
    limit: () => control.failNext({ ...readings, status: 429, reset_seconds: 30 }),
    breakdown: () => control.failNext({ ...readings, status: 500, times: 3 }),
  };
}

function listenedHost({ store }: CalComParts): string | number {
  const owner = [...store.webhooks.values()].at(-1)?.owner;
  if (owner?.kind === 'user') return owner.userId;
  if (owner?.kind === 'event-type') return store.eventTypes.get(owner.eventTypeId)?.ownerId ?? seededEmail;
  return [...store.users.values()].findLast(({ clientId }) => clientId === owner?.clientId)?.id ?? seededEmail;
}

/** Of those to come: what is over cannot be moved, and what was there from the start is older. */
function lastBooked({ clock, store }: CalComParts, word: string): Booking {
  const last = [...store.bookings.values()].findLast(
    ({ status, startsAt }) => status === 'accepted' && startsAt > clock.now(),
  );
  if (!last) throw nothingTo(word, 'booking');
  return last;
}
