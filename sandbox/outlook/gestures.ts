import { DateTime } from 'luxon';
import { firstFreeAfternoon, type Gestures, lastDelivered } from '../gestures.js';
import type { OutlookControl } from './control.js';
import type { OutlookParts } from './outlook-parts.js';
import { workEmail } from './seed.js';

/** Of the calls that read the events of calendars. */
const readings = { base: 'graph', method: 'GET', path_prefix: '/me/calendars' } as const;

/** With the mailbox of the account that an application listens to. */
export function outlookGestures({ clock, store }: OutlookParts, control: OutlookControl): Gestures {
  const listenedAccount = () => store.accounts.get(control.subscriptions().at(-1)?.creatorId ?? '')?.email ?? workEmail;
  const edit = () => moveNextEvent(control, listenedAccount(), clock.now());
  return {
    edit,
    repeat: () => control.repeatNotification({ notification: lastDelivered(control.notifications()) }),
    forge: () => {
      control.forgeNotifications({ times: 1 });
      edit();
    },
    cursor: () => control.invalidateDeltaTokens(),
    revoke: () => control.revokeGrants(),
    limit: () => control.failNext({ ...readings, status: 429, retry_after: 30 }),
    breakdown: () => control.failNext({ ...readings, status: 500, times: 3 }),
  };
}

/** An hour later; where there is none to move, one is added. */
function moveNextEvent(control: OutlookControl, account: string, now: Date): void {
  const next = control
    .events({ account, from: now.toISOString() })
    .find((event) => event.type === 'singleInstance' && !event.isAllDay && event.isOrganizer);
  if (next) {
    const changes = { start: anHourLater(next.start.dateTime), end: anHourLater(next.end.dateTime) };
    control.changeEvent({ account, event: next.id, changes });
  } else {
    const start = firstFreeAfternoon(now, []);
    const event = { subject: 'Point d’équipe', start: { dateTime: start, timeZone: 'UTC' }, end: anHourLater(start) };
    control.addEvent({ account, event });
  }
}

/** The events are shown in UTC, without saying so in the instant. */
function anHourLater(instant: string): { dateTime: string; timeZone: string } {
  const later = DateTime.fromISO(instant, { zone: 'UTC' }).plus({ hours: 1 });
  return { dateTime: later.toISO({ includeOffset: false }) ?? instant, timeZone: 'UTC' };
}
