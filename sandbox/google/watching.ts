import { setTimeout as wait } from 'node:timers/promises';
import type { ApiCall, Handler } from './api-call.js';
import { openCalendar } from './calendar-access.js';
import { toWireChannel } from './channels.js';
import { eventTypes } from './event-body.js';
import type { GoogleParts } from './google-parts.js';
import type { MethodId } from './methods.js';

/** So long a receiver that answers slowly, perhaps because it waits for the watch itself, holds the answer back. */
const patienceMs = 500;

/** `events.watch` and `channels.stop` (contract 9). */
export function watching({ channels, settings, store }: GoogleParts) {
  async function watch(call: ApiCall) {
    const view = openCalendar(store, call, call.path['calendarId'] ?? '');
    const types = call.query.someOf('eventTypes', eventTypes);
    const channel = channels.open(view.calendar, view.email, types, call.body);
    const answer = toWireChannel(channel);
    if (settings.sync_message === 'before') {
      await Promise.race([channels.synchronise(channel), wait(patienceMs, undefined, { ref: false })]);
    } else {
      setImmediate(() => void channels.synchronise(channel));
    }
    return answer;
  }

  return {
    'calendar.events.watch': watch,
    'calendar.channels.stop': (call: ApiCall) => channels.stop(call.caller.account.email, call.body),
  } satisfies Partial<Record<MethodId, Handler>>;
}
