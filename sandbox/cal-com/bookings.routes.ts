import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { badRequest, forbidden, notFound } from './api-error.js';
import { asksFor, bookingsVersion, requireVersion } from './api-version.js';
import { requirePermission } from './authentication.js';
import { filterBookings, listQuery, toPage } from './booking-list.js';
import { readBookingOrder } from './booking-order.js';
import type { CalComParts } from './cal-com-parts.js';
import type { Booking } from './model.js';
import { toOlderBooking } from './older-wire.js';
import { emailAddress, filled, flag, readInput, utcInstant } from './parameters.js';
import { SchedulingRefusal } from './scheduling.js';
import { success } from './success.js';

const path = z.object({ uid: filled });
const move = z.object({
  start: utcInstant,
  rescheduledBy: emailAddress.optional(),
  reschedulingReason: z.string().optional(),
  seatUid: filled.optional(),
});
const cancellation = z.object({
  cancellationReason: z.string().optional(),
  cancelSubsequentBookings: flag.optional(),
  seatUid: filled.optional(),
});
const refusal = z.object({ reason: z.string().optional() });
const absence = z
  .object({
    host: flag.optional(),
    attendees: z.array(z.object({ email: emailAddress, absent: flag })).optional(),
  })
  .refine(({ host, attendees }) => host !== undefined || attendees !== undefined, 'must name the host or attendees');

/** Bookings (contract 7). To make, read, move or cancel one, its uid is enough; to list or judge them takes the host. */
export function registerBookingRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, bookingWire, clock, scheduling, store } = parts;

  api.post('/bookings', async (request, reply) => {
    const isCurrent = asksFor(request, bookingsVersion);
    const { eventType, startsAt, form } = readBookingOrder(request.body, isCurrent, store);
    const booking = attempt(() => {
      scheduling.refuseUnavailable(eventType, startsAt);
      return scheduling.book(eventType, startsAt, form);
    });
    const shown = bookingWire.withSeat(booking, booking.attendees.at(-1)?.seatUid ?? null);
    return reply.status(201).send(success(isCurrent ? shown : toOlderBooking(booking, store, bookingWire)));
  });

  api.get('/bookings', async (request) => {
    const { user } = authentication.requireUser(request, 'BOOKING_READ');
    const own = [...store.bookings.values()].filter((booking) => booking.hostId === user.id);
    if (!asksFor(request, bookingsVersion)) {
      const bookings = own.map((booking) => toOlderBooking(booking, store, bookingWire));
      return success({ bookings, recurringInfo: [], nextCursor: null });
    }
    const query = readInput(listQuery, request.query);
    const { bookings, pagination } = toPage(filterBookings(own, query, clock.now()), query);
    return { ...success(bookings.map((booking) => bookingWire.booking(booking))), pagination };
  });

  api.get('/bookings/by-seat/:uid', async (request) => {
    requireVersion(request, bookingsVersion);
    const { uid } = readInput(path, request.params);
    const booking = store.findBySeat(uid);
    if (!booking) throw notFound(`Booking with seatUid=${uid} was not found in the database`);
    return success(bookingWire.booking(booking));
  });

  /** The uid of a series answers with all of it. */
  api.get('/bookings/:uid', async (request) => {
    const isCurrent = asksFor(request, bookingsVersion);
    const show = (booking: Booking) =>
      isCurrent ? bookingWire.booking(booking) : toOlderBooking(booking, store, bookingWire);
    const { uid } = readInput(path, request.params);
    const series = seriesOf(uid);
    return success(series.length > 0 ? series.map(show) : show(getBooking(request)));
  });

  api.post('/bookings/:uid/reschedule', async (request, reply) => {
    requireVersion(request, bookingsVersion);
    const booking = getBooking(request);
    const { start, rescheduledBy, reschedulingReason, seatUid } = readInput(move, request.body);
    if (seatUid === undefined && bookingWire.isSeated(booking)) throw badRequest('seatUid is missing');
    // Whoever names nobody is taken for the attendee, the host's own token notwithstanding: so says the field's description.
    const byEmail = rescheduledBy ?? attendeeOf(booking, seatUid);
    const successor = attempt(() => {
      scheduling.refuseUnavailable(store.eventTypeOf(booking), start, booking);
      return scheduling.move(booking, start, { byEmail, reason: reschedulingReason ?? null, seatUid });
    });
    return reply.status(201).send(success(bookingWire.withSeat(successor, seatUid ?? null)));
  });

  api.post('/bookings/:uid/cancel', async (request) => {
    const isCurrent = asksFor(request, bookingsVersion);
    const { uid } = readInput(path, request.params);
    const { seatUid, ...given } = readInput(cancellation, request.body);
    const series = seriesOf(uid);
    const first = series[0] ?? getBooking(request);
    const cancelled = series.length > 0 ? series.filter(isStanding) : andLater(first, given.cancelSubsequentBookings);
    if (seatUid === undefined && bookingWire.isSeated(first) && !isHost(request, first)) {
      throw badRequest('A seated booking is cancelled for everybody by its host only: give seatUid');
    }
    for (const booking of cancelled) {
      const byEmail = actorOf(request, booking, seatUid);
      attempt(() => scheduling.cancel(booking, { byEmail, reason: given.cancellationReason ?? null, seatUid }));
    }
    if (!isCurrent) {
      const message = 'Booking successfully cancelled.';
      return success({ onlyRemovedAttendee: false, bookingId: first.id, bookingUid: first.uid, message });
    }
    return success(
      series.length > 0 ? cancelled.map((booking) => bookingWire.booking(booking)) : bookingWire.booking(first),
    );
  });

  api.post('/bookings/:uid/confirm', async (request) => {
    const booking = getOwnBooking(request);
    attempt(() => scheduling.confirm(booking));
    return success(bookingWire.booking(booking));
  });

  api.post('/bookings/:uid/decline', async (request) => {
    const booking = getOwnBooking(request);
    const { reason } = readInput(refusal, request.body);
    attempt(() => scheduling.reject(booking, reason ?? null));
    return success(bookingWire.booking(booking));
  });

  api.post('/bookings/:uid/mark-absent', async (request) => {
    const booking = getOwnBooking(request);
    const { host, attendees } = readInput(absence, request.body);
    attempt(() => scheduling.markAbsent(booking, { host, attendees: attendees ?? [] }));
    return success(bookingWire.booking(booking));
  });

  function getBooking(request: FastifyRequest): Booking {
    const { uid } = readInput(path, request.params);
    const booking = store.bookings.get(uid);
    if (!booking) throw notFound(`Booking with uid=${uid} was not found in the database`);
    return booking;
  }

  function getOwnBooking(request: FastifyRequest): Booking {
    requireVersion(request, bookingsVersion);
    const caller = authentication.requireUser(request);
    requirePermission(caller, 'BOOKING_WRITE');
    const booking = getBooking(request);
    if (booking.hostId !== caller.user.id) throw forbidden('User is not the host of this booking');
    return booking;
  }

  function seriesOf(recurringUid: string): Booking[] {
    return [...store.bookings.values()].filter((booking) => booking.recurringUid === recurringUid);
  }

  function andLater(booking: Booking, withLater = false): Booking[] {
    if (!withLater || booking.recurringUid === null) return [booking];
    return seriesOf(booking.recurringUid).filter((other) => isStanding(other) && other.startsAt >= booking.startsAt);
  }

  function isHost(request: FastifyRequest, booking: Booking): boolean {
    const caller = authentication.find(request);
    const host = store.hostOf(booking);
    return caller?.kind === 'client' ? caller.client.id === host.clientId : caller?.user.id === host.id;
  }

  /** Whoever comes without the host's credentials holds the uid, and is taken for the attendee. */
  function actorOf(request: FastifyRequest, booking: Booking, seatUid?: string): string | null {
    return isHost(request, booking) ? store.hostOf(booking).email : attendeeOf(booking, seatUid);
  }
}

function attendeeOf({ attendees }: Booking, seatUid?: string): string | null {
  const seat = attendees.find((attendee) => attendee.seatUid === seatUid && seatUid !== undefined);
  return (seat ?? attendees[0])?.email ?? null;
}

function isStanding({ status }: Booking): boolean {
  return status === 'accepted' || status === 'pending';
}

/** No machine code tells one refusal from another: the sentence is all there is (contract 7). */
function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof SchedulingRefusal ? badRequest(error.message) : error;
  }
}
