import { ControlError } from '../control-errors.js';
import { ApiError } from './api-error.js';
import { type EventBody, readEventBody } from './event-body.js';
import { shift } from './event-check.js';
import { readEventTime, toMillis } from './event-time.js';
import { plainWrite } from './event-draft.js';
import type { EventWriting } from './event-writing.js';
import type { SendUpdates } from './mails.js';
import { merge } from './merge.js';
import type { Account, Calendar, StoredEvent } from './model.js';
import { findEvent, findMaster, originalMillis } from './occurrences.js';
import { continueFrom, endBefore, seriesOf, startOf, toStamp } from './recurrence.js';

export type EditScope = 'this' | 'following' | 'all';

/**
 * What a person does in Google Calendar's own window. Of a series he chooses what he means: this occurrence, this and the
 * following, or all of them. There is no call for the second; Google ends the series and begins another (contract 8).
 */
export class PersonEdits {
  constructor(private readonly writing: EventWriting) {}

  add(calendar: Calendar, account: Account, given: unknown, sendUpdates: SendUpdates): StoredEvent {
    return asOrdered(() =>
      this.writing.insert(calendar, account, readEventBody(given), { ...plainWrite, sendUpdates }),
    );
  }

  /** Answers what now stands for what was changed: for "following" the new series. */
  change(
    calendar: Calendar,
    account: Account,
    id: string,
    scope: EditScope | undefined,
    given: unknown,
    sendUpdates: SendUpdates,
  ): StoredEvent {
    const event = getEvent(calendar, id);
    const options = { ...plainWrite, sendUpdates };
    return asOrdered(() => {
      const changes = readEventBody(given);
      const master = findMaster(calendar, event);
      if (!master || (scope ?? 'this') === 'this') return this.writing.patch(calendar, event, changes, options);
      if (scope === 'following' && !isFirst(master, event)) {
        return this.#splitOff(calendar, account, master, event, changes, sendUpdates);
      }
      return this.writing.patch(calendar, master, toWholeSeries(master, event, changes), options);
    });
  }

  delete(calendar: Calendar, id: string, scope: EditScope | undefined, sendUpdates: SendUpdates): void {
    const event = getEvent(calendar, id);
    const master = findMaster(calendar, event);
    asOrdered(() => {
      if (!master || (scope ?? 'this') === 'this') this.writing.delete(calendar, event, sendUpdates);
      else if (scope === 'following' && !isFirst(master, event)) this.#end(calendar, master, event, sendUpdates);
      else this.writing.delete(calendar, master, sendUpdates);
    });
  }

  #splitOff(
    calendar: Calendar,
    account: Account,
    master: StoredEvent,
    event: StoredEvent,
    changes: EventBody,
    sendUpdates: SendUpdates,
  ): StoredEvent {
    const series = seriesOf(master.fields);
    if (!series) throw new ControlError('event', 'is not part of a series');
    const at = originalMillis(event);
    const { start, end } = event.fields;
    const recurrence = continueFrom(series, at);
    const body = merge({ ...master.fields, start, end, recurrence }, changes) as EventBody;
    this.#end(calendar, master, event, sendUpdates);
    // As Google names them: where the series came from and where it was cut.
    const id = `${master.id}_R${toStamp(series, at).replace('Z', '')}`;
    const ids = { event: () => id, calendar: () => '' };
    return this.writing.insert(calendar, account, body, { ...plainWrite, sendUpdates }, ids);
  }

  #end(calendar: Calendar, master: StoredEvent, event: StoredEvent, sendUpdates: SendUpdates): void {
    const series = seriesOf(master.fields);
    if (!series) return;
    const recurrence = endBefore(series, originalMillis(event));
    this.writing.patch(calendar, master, { recurrence }, { ...plainWrite, sendUpdates });
  }
}

function getEvent(calendar: Calendar, id: string): StoredEvent {
  const event = findEvent(calendar, id);
  if (!event) throw new ControlError('event', `no event is named ${id}`, 404);
  return event;
}

function isFirst(master: StoredEvent, event: StoredEvent): boolean {
  const series = seriesOf(master.fields);
  return series !== null && startOf(series) === originalMillis(event);
}

/** An occurrence dragged with "all" drags the series as far. */
function toWholeSeries(master: StoredEvent, event: StoredEvent, changes: EventBody): EventBody {
  if (changes.start === undefined && changes.end === undefined) return changes;
  const start = readEventTime('start', { ...event.fields.start, ...changes.start });
  const end = readEventTime('end', { ...event.fields.end, ...changes.end });
  const by = (after: number, before: number) => after - before;
  return {
    ...changes,
    start: shift(master.fields.start, by(toMillis(start, 'UTC'), toMillis(event.fields.start, 'UTC'))),
    end: shift(master.fields.end, by(toMillis(end, 'UTC'), toMillis(event.fields.end, 'UTC'))),
  };
}

/** What the API would refuse, the sandbox refuses in its own terms. */
function asOrdered<T>(edit: () => T): T {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const status = error.status === 404 ? 404 : error.status === 409 || error.status === 410 ? 409 : 400;
    throw new ControlError('event', `${error.reason}: ${error.message}`, status);
  }
}
