import { DateTime } from 'luxon';
import type { Booking, EventType, Schedule, User } from './model.js';
import type { Store } from './store.js';

/** Whether the host works then: on a day and between hours of the default schedule, in the schedule's own zone. */
export function isWithinSchedule(schedule: Schedule | null, startsAt: Date, endsAt: Date): boolean {
  if (!schedule) return false;
  const start = DateTime.fromJSDate(startsAt).setZone(schedule.timeZone).setLocale('en');
  const end = DateTime.fromJSDate(endsAt).setZone(schedule.timeZone);
  const midnight = start.startOf('day');
  return schedule.availability.some(
    ({ days, startTime, endTime }) =>
      days.includes(start.weekdayLong ?? '') &&
      start >= midnight.set(hourOf(startTime)) &&
      end <= midnight.set(hourOf(endTime)),
  );
}

/** Nobody else's accepted booking overlaps. Seats of one event type share a time, and pending requests hold none. */
export function isFree(
  store: Store,
  host: User,
  eventType: EventType,
  startsAt: Date,
  endsAt: Date,
  /** The booking that is to be moved there. */
  except?: Booking,
): boolean {
  return [...store.bookings.values()].every((other) => {
    const isApart = other.endsAt <= startsAt || other.startsAt >= endsAt;
    const sharesSeats =
      other.eventTypeId === eventType.id &&
      eventType.seatsPerTimeSlot !== null &&
      other.startsAt.getTime() === startsAt.getTime();
    const isInTheWay = other.hostId === host.id && other.status === 'accepted' && other !== except;
    return !isInTheWay || isApart || sharesSeats;
  });
}

export function scheduleOf(store: Store, host: User): Schedule | null {
  return host.defaultScheduleId === null ? null : (store.schedules.get(host.defaultScheduleId) ?? null);
}

/** Starts on offer in a span, by day of the zone asked for. */
export function slotsBetween(store: Store, host: User, eventType: EventType, from: Date, to: Date, zone: string) {
  const lengthMs = eventType.lengthInMinutes * 60_000;
  const schedule = scheduleOf(store, host);
  const slots: Record<string, { start: string }[]> = {};
  for (let startMs = Math.ceil(from.getTime() / lengthMs) * lengthMs; startMs < to.getTime(); startMs += lengthMs) {
    const startsAt = new Date(startMs);
    const endsAt = new Date(startMs + lengthMs);
    if (!isWithinSchedule(schedule, startsAt, endsAt) || !isFree(store, host, eventType, startsAt, endsAt)) continue;
    const start = DateTime.fromJSDate(startsAt).setZone(zone);
    (slots[start.toISODate() ?? ''] ??= []).push({ start: start.toISO() ?? '' });
  }
  return slots;
}

function hourOf(time: string): { hour: number; minute: number } {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { hour, minute };
}
