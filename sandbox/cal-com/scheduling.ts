import type { SandboxClock } from '../clock.js';
import { isFree, isWithinSchedule, scheduleOf } from './availability.js';
import { randomUids, type Uids } from './ids.js';
import type { Attendee, Booking, Change, EventType } from './model.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';
import type { BookingFact, TriggerDetails } from './triggers.js';

/** What cannot be done to a booking. The API says it as a 400 with this sentence, a control as a 409. */
export class SchedulingRefusal extends Error {
  override readonly name = 'SchedulingRefusal';
}

/** When something happened and whether subscribers hear of it: seeds happened long ago, and in silence. */
export interface Circumstances {
  at: Date;
  uids: Uids;
  isSilent: boolean;
}

export interface Form {
  attendee: Omit<Attendee, 'isAbsent' | 'seatUid'>;
  guests: string[];
  metadata: Record<string, unknown>;
  /** Undefined: as the event type has it. */
  location?: string;
  lengthInMinutes?: number;
  recurringUid?: string;
}

type Announce = (fact: BookingFact, booking: Booking, details: TriggerDetails) => void;

/**
 * What hosts and attendees do to bookings.
 *
 * A booking is `accepted` at once, or `pending` until the host confirms or rejects it. Moving ends it: it becomes
 * `cancelled` and a new one with a new uid takes its place, each naming the other. A host who asks for another time
 * cancels too, yet leaves the booking open to be moved. In a booking with seats all this may concern one seat, and the
 * booking stands as long as anybody has a seat in it.
 */
export class Scheduling {
  constructor(
    private readonly store: Store,
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
    private readonly announce: Announce,
  ) {}

  /** Refuses what the public booking page would not offer: the past, the host's free time, a slot that is taken. */
  refuseUnavailable(eventType: EventType, startsAt: Date, except?: Booking): void {
    const host = this.store.users.get(eventType.ownerId);
    const endsAt = new Date(startsAt.getTime() + eventType.lengthInMinutes * 60_000);
    if (startsAt < this.clock.now()) throw new SchedulingRefusal('Attempting to book a meeting in the past.');
    const isOffered =
      host !== undefined &&
      isWithinSchedule(scheduleOf(this.store, host), startsAt, endsAt) &&
      isFree(this.store, host, eventType, startsAt, endsAt, except);
    if (!isOffered) throw new SchedulingRefusal('User either already has booking at this time or is not available');
  }

  book(eventType: EventType, startsAt: Date, form: Form, circumstances = this.#live()): Booking {
    const shared = this.#findShared(eventType, startsAt);
    if (shared) return this.#takeSeat(shared, form, circumstances);
    const booking = this.#newBooking(eventType, startsAt, form, circumstances);
    this.#add(booking, circumstances);
    this.#tell(booking.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED', booking, circumstances);
    return booking;
  }

  /** The same person at the same hour of several weeks, tied together by one uid. */
  bookSeries(eventType: EventType, startsAt: Date, form: Form, count: number): Booking[] {
    const recurringUid = randomUids.uid();
    return Array.from({ length: count }, (_, week) =>
      this.book(eventType, new Date(startsAt.getTime() + week * 7 * 86_400_000), { ...form, recurringUid }),
    );
  }

  confirm(booking: Booking, circumstances = this.#live()): void {
    requirePending(booking);
    booking.status = 'accepted';
    booking.updatedAt = circumstances.at;
    this.#tell('BOOKING_CREATED', booking, circumstances);
  }

  reject(booking: Booking, reason: string | null, circumstances = this.#live()): void {
    requirePending(booking);
    booking.status = 'rejected';
    booking.rejectionReason = reason;
    booking.updatedAt = circumstances.at;
    this.#tell('BOOKING_REJECTED', booking, circumstances);
  }

  /**
   * To a new booking. Where bookings need the host's word, a move by anybody else is a new request: the old booking is
   * gone all the same.
   */
  move(booking: Booking, startsAt: Date, change: Change, circumstances = this.#live()): Booking {
    refuseEnded(booking, 'reschedule');
    if (change.seatUid !== undefined) return this.#moveSeat(booking, startsAt, change, change.seatUid, circumstances);
    const wasCancelled = booking.status === 'cancelled';
    const successor = this.#successorOf(booking, startsAt, change, circumstances);
    successor.attendees = booking.attendees.map((attendee) => ({ ...attendee, isAbsent: false }));
    this.#add(successor, circumstances);
    this.#link(booking, successor, change, circumstances);
    booking.status = 'cancelled';
    if (successor.status === 'pending') this.#tell('BOOKING_REQUESTED', successor, circumstances, { from: booking });
    else this.#tellMove(booking, successor, circumstances, wasCancelled);
    return successor;
  }

  requestReschedule(booking: Booking, change: Change, circumstances = this.#live()): void {
    refuseEnded(booking, 'cancel');
    this.#end(booking, change, circumstances);
    booking.isRescheduleRequested = true;
    this.#tell('BOOKING_CANCELLED', booking, circumstances);
  }

  cancel(booking: Booking, change: Change, circumstances = this.#live()): void {
    refuseEnded(booking, 'cancel');
    if (change.seatUid !== undefined) {
      this.#cancelSeat(booking, change, change.seatUid, circumstances);
      return;
    }
    this.#end(booking, change, circumstances);
    this.#tell('BOOKING_CANCELLED', booking, circumstances);
  }

  /** Subscribers hear of attendees only; that the host stayed away shows in the booking. */
  markAbsent(
    booking: Booking,
    marks: { host?: boolean; attendees: { email: string; absent: boolean }[] },
    circumstances = this.#live(),
  ): void {
    const marked = marks.attendees.map(({ email, absent }) => {
      const attendee = booking.attendees.find((candidate) => candidate.email === email);
      if (!attendee) throw new SchedulingRefusal(`Attendee with email=${email} is not in booking uid=${booking.uid}`);
      return { attendee, absent };
    });
    for (const { attendee, absent } of marked) attendee.isAbsent = absent;
    booking.isHostAbsent = marks.host ?? booking.isHostAbsent;
    if (this.settings.no_show_moves_updated_at) booking.updatedAt = circumstances.at;
    if (marked.length > 0) {
      const attendees = marked.map(({ attendee }) => attendee);
      this.#tell('BOOKING_NO_SHOW_UPDATED', booking, circumstances, { attendees });
    }
  }

  #findShared(eventType: EventType, startsAt: Date): Booking | null {
    if (eventType.seatsPerTimeSlot === null) return null;
    const standing = [...this.store.bookings.values()].find(
      (booking) =>
        booking.eventTypeId === eventType.id &&
        booking.status === 'accepted' &&
        booking.startsAt.getTime() === startsAt.getTime(),
    );
    return standing ?? null;
  }

  #takeSeat(booking: Booking, form: Form, circumstances: Circumstances): Booking {
    const { seatsPerTimeSlot } = this.store.eventTypeOf(booking);
    if (booking.attendees.length >= (seatsPerTimeSlot ?? 0)) throw new SchedulingRefusal('Booking is full');
    const attendee = { ...form.attendee, isAbsent: false, seatUid: circumstances.uids.uuid() };
    booking.attendees.push(attendee);
    booking.updatedAt = circumstances.at;
    this.#tell('BOOKING_CREATED', booking, circumstances, { attendees: [attendee] });
    return booking;
  }

  #newBooking(eventType: EventType, startsAt: Date, form: Form, { at, uids }: Circumstances): Booking {
    const uid = uids.uid();
    const isSeated = eventType.seatsPerTimeSlot !== null;
    const location = form.location ?? eventType.location;
    const lengthInMinutes = form.lengthInMinutes ?? eventType.lengthInMinutes;
    return {
      id: this.store.numbers.next('booking'),
      uid,
      hostId: eventType.ownerId,
      eventTypeId: eventType.id,
      status: eventType.requiresConfirmation ? 'pending' : 'accepted',
      description: eventType.description,
      startsAt,
      endsAt: new Date(startsAt.getTime() + lengthInMinutes * 60_000),
      location,
      videoCallUrl: location.startsWith('integrations:') ? `https://meet.sandbox.invalid/${uid}` : null,
      attendees: [{ ...form.attendee, isAbsent: false, seatUid: isSeated ? uids.uuid() : null }],
      guests: form.guests,
      metadata: form.metadata,
      isHostAbsent: false,
      cancellationReason: null,
      cancelledByEmail: null,
      rejectionReason: null,
      reschedulingReason: null,
      rescheduledByEmail: null,
      rescheduledFrom: null,
      rescheduledTo: null,
      isRescheduleRequested: false,
      recurringUid: form.recurringUid ?? null,
      icsUid: `${uid}@Cal.com`,
      icsSequence: 0,
      createdAt: at,
      updatedAt: at,
    };
  }

  #successorOf(booking: Booking, startsAt: Date, change: Change, circumstances: Circumstances): Booking {
    const eventType = this.store.eventTypeOf(booking);
    const [attendee] = booking.attendees;
    if (!attendee) throw new Error(`booking ${booking.uid} has nobody in it`);
    const successor = this.#newBooking(
      eventType,
      startsAt,
      {
        attendee,
        guests: booking.guests,
        metadata: booking.metadata,
        location: booking.location,
        lengthInMinutes: (booking.endsAt.getTime() - booking.startsAt.getTime()) / 60_000,
        recurringUid: booking.recurringUid ?? undefined,
      },
      circumstances,
    );
    const isHost = change.byEmail !== null && this.#isHostAddress(booking, change.byEmail);
    successor.status = eventType.requiresConfirmation && !isHost ? 'pending' : 'accepted';
    // It is one appointment in a calendar, moved: same iCalendar uid, next sequence.
    successor.icsUid = booking.icsUid;
    successor.icsSequence = booking.icsSequence + 1;
    return successor;
  }

  #link(old: Booking, successor: Booking, change: Change, { at }: Circumstances): void {
    successor.rescheduledFrom = old;
    successor.reschedulingReason = change.reason;
    successor.rescheduledByEmail = change.byEmail;
    old.rescheduledTo = successor;
    old.rescheduledByEmail = change.byEmail;
    old.updatedAt = at;
  }

  /** The seat keeps its uid and goes to another booking, made or joined; whoever else sits here stays (contract 7). */
  #moveSeat(booking: Booking, startsAt: Date, change: Change, seatUid: string, circumstances: Circumstances): Booking {
    const attendee = seatOf(booking, seatUid);
    const { seatsPerTimeSlot } = this.store.eventTypeOf(booking);
    const joined = this.#findShared(this.store.eventTypeOf(booking), startsAt);
    if (joined === booking) throw new SchedulingRefusal('This seat is at this time already');
    if (joined && joined.attendees.length >= (seatsPerTimeSlot ?? 0)) throw new SchedulingRefusal('Booking is full');
    const successor = joined ?? this.#successorOf(booking, startsAt, change, circumstances);
    if (joined) joined.attendees.push(attendee);
    else successor.attendees = [attendee];
    successor.updatedAt = circumstances.at;
    if (!joined) this.#add(successor, circumstances);
    booking.attendees = booking.attendees.filter((other) => other !== attendee);
    booking.updatedAt = circumstances.at;
    if (booking.attendees.length === 0) {
      this.#link(booking, successor, change, circumstances);
      booking.status = 'cancelled';
    }
    this.#tell('BOOKING_RESCHEDULED', successor, circumstances, { from: booking, attendees: [attendee], change });
    return successor;
  }

  #cancelSeat(booking: Booking, change: Change, seatUid: string, circumstances: Circumstances): void {
    const attendee = seatOf(booking, seatUid);
    booking.attendees = booking.attendees.filter((other) => other !== attendee);
    booking.updatedAt = circumstances.at;
    if (booking.attendees.length === 0) this.#end(booking, change, circumstances);
    this.#tell('BOOKING_CANCELLED', booking, circumstances, { attendees: [attendee], change });
  }

  #end(booking: Booking, change: Change, { at }: Circumstances): void {
    booking.status = 'cancelled';
    booking.cancellationReason = change.reason;
    booking.cancelledByEmail = change.byEmail;
    booking.updatedAt = at;
  }

  #tellMove(old: Booking, successor: Booking, circumstances: Circumstances, wasCancelled: boolean): void {
    const { reschedule_companions: companions } = this.settings;
    const says = (name: 'cancelled' | 'created') => companions === name || companions === 'both';
    if (says('cancelled') && !wasCancelled) this.#tell('BOOKING_CANCELLED', old, circumstances);
    this.#tell('BOOKING_RESCHEDULED', successor, circumstances, { from: old });
    if (says('created')) this.#tell('BOOKING_CREATED', successor, circumstances);
  }

  /** Meetings are announced when they begin and end, if they still stand then. */
  #add(booking: Booking, { isSilent }: Circumstances): void {
    this.store.bookings.set(booking.uid, booking);
    if (isSilent) return;
    const tellAt = (at: Date, fact: BookingFact) => {
      if (at < this.clock.now()) return;
      this.clock.schedule(at, () => {
        const stands = booking.status === 'accepted' && this.store.bookings.get(booking.uid) === booking;
        if (stands) this.#tell(fact, booking, this.#live());
      });
    };
    tellAt(booking.startsAt, 'MEETING_STARTED');
    tellAt(booking.endsAt, 'MEETING_ENDED');
  }

  #isHostAddress(booking: Booking, email: string): boolean {
    const host = this.store.hostOf(booking);
    return email === host.email || email === host.displayEmail;
  }

  #tell(fact: BookingFact, booking: Booking, { isSilent }: Circumstances, details: TriggerDetails = {}): void {
    if (!isSilent) this.announce(fact, booking, details);
  }

  #live(): Circumstances {
    return { at: this.clock.now(), uids: randomUids, isSilent: false };
  }
}

function requirePending(booking: Booking): void {
  if (booking.status !== 'pending') {
    throw new SchedulingRefusal(`Booking with uid=${booking.uid} is ${booking.status} and awaits no confirmation`);
  }
}

/** A cancelled booking can be moved in one case only: the host asked for it. */
function refuseEnded(booking: Booking, wanted: 'reschedule' | 'cancel'): void {
  if (booking.status === 'rejected' || booking.rescheduledTo) throw endedAlready(booking, wanted);
  const isOver = booking.status === 'cancelled' && !(wanted === 'reschedule' && booking.isRescheduleRequested);
  if (isOver) throw endedAlready(booking, wanted);
}

function endedAlready(booking: Booking, wanted: 'reschedule' | 'cancel'): SchedulingRefusal {
  const { uid, status, rescheduledTo } = booking;
  const why = rescheduledTo
    ? `it has been cancelled and rescheduled already to booking with uid=${rescheduledTo.uid}`
    : `it has been ${status} already`;
  return new SchedulingRefusal(`Can't ${wanted} booking with uid=${uid} because ${why}.`);
}

function seatOf(booking: Booking, seatUid: string): Attendee {
  const attendee = booking.attendees.find((candidate) => candidate.seatUid === seatUid);
  if (!attendee) throw new SchedulingRefusal(`Seat with uid=${seatUid} is not in booking uid=${booking.uid}`);
  return attendee;
}
