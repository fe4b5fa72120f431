import { z } from 'zod';
import type { Booking } from './model.js';
import { digits, direction, filled, instant, numbers, text } from './parameters.js';

const stages = ['upcoming', 'recurring', 'past', 'cancelled', 'unconfirmed'] as const;

type Stage = (typeof stages)[number];

const status = text
  .transform((value) => value.split(','))
  .pipe(z.array(z.enum(stages, `must be among ${stages.join(', ')}`)));

/** Filters and order of `GET /bookings` (contract 7). */
export const listQuery = z.object({
  status: status.optional(),
  attendeeEmail: filled.optional(),
  attendeeName: filled.optional(),
  bookingUid: filled.optional(),
  eventTypeId: digits.optional(),
  eventTypeIds: numbers.optional(),
  teamId: digits.optional(),
  teamsIds: numbers.optional(),
  afterStart: instant.optional(),
  beforeEnd: instant.optional(),
  afterCreatedAt: instant.optional(),
  beforeCreatedAt: instant.optional(),
  afterUpdatedAt: instant.optional(),
  beforeUpdatedAt: instant.optional(),
  sortStart: direction.optional(),
  sortEnd: direction.optional(),
  sortCreated: direction.optional(),
  sortUpdatedAt: direction.optional(),
  take: digits.pipe(z.int().min(1, 'must not be less than 1').max(250, 'must not be greater than 250')).default(100),
  skip: digits.default(0),
});

export type ListQuery = z.output<typeof listQuery>;

export function filterBookings(bookings: Booking[], query: ListQuery, now: Date): Booking[] {
  const isAfter = (instantOf: Date, bound?: Date) => bound === undefined || instantOf > bound;
  const isBefore = (instantOf: Date, bound?: Date) => bound === undefined || instantOf < bound;
  const has = (booking: Booking, field: 'email' | 'name', value?: string) =>
    value === undefined || booking.attendees.some((attendee) => attendee[field] === value);
  const eventTypeIds = query.eventTypeId === undefined ? query.eventTypeIds : [query.eventTypeId];
  const isWithoutTeam = query.teamId === undefined && query.teamsIds === undefined;

  const found = bookings.filter(
    (booking) =>
      isWithoutTeam &&
      (query.status?.some((stage) => isAt(stage, booking, now)) ?? true) &&
      has(booking, 'email', query.attendeeEmail) &&
      has(booking, 'name', query.attendeeName) &&
      (query.bookingUid === undefined || booking.uid === query.bookingUid) &&
      (eventTypeIds?.includes(booking.eventTypeId) ?? true) &&
      isAfter(booking.startsAt, query.afterStart) &&
      isBefore(booking.endsAt, query.beforeEnd) &&
      isAfter(booking.createdAt, query.afterCreatedAt) &&
      isBefore(booking.createdAt, query.beforeCreatedAt) &&
      isAfter(booking.updatedAt, query.afterUpdatedAt) &&
      isBefore(booking.updatedAt, query.beforeUpdatedAt),
  );
  return sort(found, query);
}

/** Pages are counted off with `take` and `skip`: what changes meanwhile shifts them. */
export function toPage(bookings: Booking[], { take, skip }: ListQuery) {
  const page = bookings.slice(skip, skip + take);
  const totalItems = bookings.length;
  const remainingItems = Math.max(0, totalItems - skip - page.length);
  const pagination = {
    totalItems,
    remainingItems,
    returnedItems: page.length,
    itemsPerPage: take,
    currentPage: Math.floor(skip / take) + 1,
    totalPages: Math.ceil(totalItems / take),
    hasNextPage: remainingItems > 0,
    hasPreviousPage: skip > 0,
  };
  return { bookings: page, pagination };
}

/** Requests count as upcoming until they are answered, and rejected ones as cancelled. */
function isAt(stage: Stage, { endsAt, recurringUid, status: is }: Booking, now: Date): boolean {
  const isStanding = is === 'accepted' || is === 'pending';
  if (stage === 'cancelled') return !isStanding;
  if (stage === 'past') return isStanding && endsAt < now;
  const isAhead = isStanding && endsAt >= now;
  if (stage === 'unconfirmed') return isAhead && is === 'pending';
  return stage === 'recurring' ? isAhead && recurringUid !== null : isAhead;
}

/** By the orders asked for, the first that tells two apart; else as they were made. */
function sort(bookings: Booking[], query: ListQuery): Booking[] {
  const orders = [
    [query.sortStart, 'startsAt'],
    [query.sortEnd, 'endsAt'],
    [query.sortCreated, 'createdAt'],
    [query.sortUpdatedAt, 'updatedAt'],
  ] as const;
  return bookings.toSorted((left, right) => {
    for (const [wanted, field] of orders) {
      const difference = left[field].getTime() - right[field].getTime();
      if (wanted !== undefined && difference !== 0) return wanted === 'asc' ? difference : -difference;
    }
    return left.id - right.id;
  });
}
