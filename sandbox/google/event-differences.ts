import { isObject } from './merge.js';
import type { EventFields } from './event-body.js';
import type { EventStatus } from './model.js';

interface State {
  fields: EventFields;
  status: EventStatus;
}

export function differsInRemindersAlone(before: State, after: State): boolean {
  if (before.status !== after.status || isSame(before.fields.reminders, after.fields.reminders)) return false;
  return isSame({ ...before.fields, reminders: null }, { ...after.fields, reminders: null });
}

/** What a reader notes or colours for himself is no news to the others. */
export function hasNewsForGuests(before: State, after: State): boolean {
  const shared = ({ status, fields }: State) => {
    const { reminders: _reminders, colorId: _color, extendedProperties: _properties, ...rest } = fields;
    return { status, ...rest };
  };
  return !isSame(shared(before), shared(after));
}

/** What a change of time, place or status counts as in iCalendar. */
export function isRescheduled(before: State, after: State): boolean {
  const planned = ({ status, fields: { start, end, recurrence, location } }: State) => ({
    status,
    start,
    end,
    recurrence,
    location,
  });
  return !isSame(planned(before), planned(after));
}

/** Whatever the order of the members. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}
