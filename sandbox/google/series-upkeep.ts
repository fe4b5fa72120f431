import type { EventFields } from './event-body.js';
import { isSame } from './event-differences.js';
import type { Calendar, PlaceInSeries, StoredEvent } from './model.js';
import { findEvent, originalStartsOf } from './occurrences.js';
import { dateAfter } from './store.js';

/** Members that are an exception's own whatever becomes of its series. */
const ownMembers = new Set(['start', 'end', 'recurrence']);

/**
 * What a change of a series means for its occurrences.
 *
 * Occurrences that are no more are noted as vanished, for those who read occurrences only. Exceptions whose original start
 * the series no longer comes by are orphaned, which deletes them; should it come by it again, the occurrence takes place
 * again as the series has it. The others go on having from the series what they had from it.
 */
export function followSeries(
  calendar: Calendar,
  before: StoredEvent,
  master: StoredEvent,
  when: { now: Date; untilMs: number },
): void {
  if (before.fields.recurrence === undefined && master.fields.recurrence === undefined) return;
  const revision = calendar.revision + 1;
  noteVanished(calendar, before, master, { revision, untilMs: when.untilMs });
  if (master.status === 'cancelled') return;
  const isBack = before.status === 'cancelled';
  for (const exception of calendar.events.values()) {
    if (exception.place?.masterId !== master.id || exception.isForgotten) continue;
    const takesPlace = isOccurrence(master, exception);
    // Nobody was told of it when the series went; who comes by the series now must hear of it with the rest.
    if (isBack) exception.revision = revision;
    if (!takesPlace && !exception.isOrphaned) {
      Object.assign(exception, { isOrphaned: true, status: 'cancelled', revision });
    } else if (takesPlace && exception.isOrphaned) {
      takeBack(calendar, exception, revision, when.now);
    } else if (takesPlace) {
      passOn(before, master, exception, revision, when.now);
    }
  }
}

function noteVanished(
  calendar: Calendar,
  before: StoredEvent,
  master: StoredEvent,
  { revision, untilMs }: { revision: number; untilMs: number },
): void {
  const earlier = originalStartsOf(before, untilMs);
  const later = originalStartsOf(master, untilMs);
  const vanish = (id: string, place: PlaceInSeries | null, since = revision) =>
    calendar.vanished.set(id, { id, place, eventType: before.fields.eventType, revision: since });
  for (const [id, originalStart] of earlier) {
    if (later.has(id)) continue;
    const exception = calendar.events.get(id);
    // One that was off already went then: who has read on since knows, who has not is yet to be told.
    vanish(
      id,
      { masterId: master.id, originalStart },
      exception?.status === 'cancelled' ? exception.revision : revision,
    );
  }
  for (const id of later.keys()) calendar.vanished.delete(id);
  if (master.fields.recurrence === undefined) calendar.vanished.delete(master.id);
  else if (before.fields.recurrence === undefined && before.status !== 'cancelled') vanish(master.id, null);
}

function isOccurrence(master: StoredEvent, exception: StoredEvent): boolean {
  const original = exception.place?.originalStart;
  const at = Date.parse(original?.dateTime ?? original?.date ?? '');
  return originalStartsOf(master, at).has(exception.id);
}

function takeBack(calendar: Calendar, exception: StoredEvent, revision: number, now: Date): void {
  const occurrence = findEvent(calendar, exception.id);
  if (!occurrence) return;
  const updatedAt = dateAfter(exception.updatedAt, now);
  Object.assign(exception, { ...occurrence, updatedAt, revision, isOrphaned: false });
}

function passOn(before: StoredEvent, master: StoredEvent, exception: StoredEvent, revision: number, now: Date): void {
  const own = new Map<string, unknown>(Object.entries(exception.fields));
  const was: Record<string, unknown> = { ...before.fields };
  const is: Record<string, unknown> = { ...master.fields };
  const inherited = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => !ownMembers.has(name) && !isSame(was[name], is[name]) && isSame(own.get(name), was[name]),
  );
  if (inherited.length === 0) return;
  for (const name of inherited) {
    if (is[name] === undefined) own.delete(name);
    else own.set(name, is[name]);
  }
  exception.fields = Object.fromEntries(own) as unknown as EventFields;
  exception.updatedAt = dateAfter(exception.updatedAt, now);
  exception.revision = revision;
}
