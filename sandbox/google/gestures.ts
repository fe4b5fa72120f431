import { DateTime } from 'luxon';
import { firstFreeAfternoon, type Gestures, lastDelivered } from '../gestures.js';
import type { GoogleControl } from './control.js';
import type { GoogleParts } from './google-parts.js';
import type { StoredEvent } from './model.js';
import { mainEmail } from './seed.js';

/** Of the calls that read the events of calendars. */
const readings = { base: 'api', method: 'GET', path_prefix: '/calendars' } as const;

/** With the calendar of the account that an application listens to. */
export function googleGestures(parts: GoogleParts, control: GoogleControl): Gestures {
  const edit = () => moveNextEvent(parts, control);
  return {
    edit,
    repeat: () => control.repeatPush({ push: lastDelivered(control.pushes()) }),
    forge: () => {
      control.forgePushes({ times: 1 });
      edit();
    },
    cursor: () => control.invalidateSyncTokens(),
    revoke: () => control.revokeGrants(),
    limit: () => control.failNext({ ...readings, status: 429, retry_after: 30 }),
    breakdown: () => control.failNext({ ...readings, status: 500, times: 3 }),
  };
}

/** An hour later; where there is none to move, one is added. */
function moveNextEvent({ clock, store }: GoogleParts, control: GoogleControl): void {
  const account = control.channels().findLast(({ is_live: isLive }) => isLive)?.account ?? mainEmail;
  const next = [...(store.findCalendar('primary', account)?.events.values() ?? [])].find((event) =>
    isToCome(event, clock.now()),
  );
  if (next?.fields.start.dateTime && next.fields.end.dateTime) {
    const changes = { start: anHourLater(next.fields.start.dateTime), end: anHourLater(next.fields.end.dateTime) };
    control.changeEvent({ account, event: next.id, changes });
  } else {
    const start = firstFreeAfternoon(clock.now(), []);
    const event = { summary: 'Point d’équipe', start: { dateTime: start }, end: anHourLater(start) };
    control.addEvent({ account, event });
  }
}

/** Neither a series nor one of its days: those want to be asked which of them are meant. */
function isToCome({ status, fields, place }: StoredEvent, now: Date): boolean {
  const { start, recurrence } = fields;
  const isAlone = place === null && !recurrence?.length;
  return isAlone && status !== 'cancelled' && start.dateTime !== undefined && new Date(start.dateTime) > now;
}

function anHourLater(instant: string): { dateTime: string } {
  return { dateTime: DateTime.fromISO(instant, { setZone: true }).plus({ hours: 1 }).toISO() ?? instant };
}
