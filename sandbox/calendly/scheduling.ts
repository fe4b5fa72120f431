import type { SandboxClock } from '../clock.js';
import { ControlError } from '../control-errors.js';
import { type Ids, randomIds } from './ids.js';
import type { BookingForm, Cancellation, CancelerType, EventType, Invitee, Location, ScheduledEvent } from './model.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';
import type { InviteeEventName } from './webhook-events.js';

/** When something happened and whether subscribers hear of it: seeds happened long ago, and in silence. */
export interface Circumstances {
  at: Date;
  ids: Ids;
  isSilent: boolean;
}

export interface BookingOrder {
  eventType: EventType;
  startsAt: Date;
  forms: BookingForm[];
  guests: string[];
  /** Undefined: as the event type has it. */
  location?: Location | null;
}

export type MoveOrder = 'canceled-first' | 'created-first';

type Announce = (event: InviteeEventName, invitee: Invitee) => void;

/**
 * What hosts and invitees do to bookings. Whatever touches an invitee also moves the event's `updated_at`, which is all a
 * poller has to go by.
 */
export class Scheduling {
  constructor(
    private readonly store: Store,
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
    private readonly announce: Announce,
  ) {}

  /** Invitees of a group event type join the event that already stands at that time (contract 4.3). */
  book(order: BookingOrder, circumstances = this.#live()): ScheduledEvent {
    const event = this.#findJoinable(order) ?? this.#newEvent(order, circumstances);
    const active = event.invitees.filter((invitee) => invitee.status === 'active').length;
    if (active + order.forms.length > event.inviteeLimit) {
      throw new ControlError('invitees', `the event takes ${event.inviteeLimit} and ${active} are booked`, 409);
    }
    this.store.events.set(event.id, event);
    for (const form of order.forms) {
      const invitee = this.#join(event, form, circumstances);
      this.#tell('invitee.created', invitee, circumstances);
    }
    return event;
  }

  /** A new event and a new invitee, linked to the old ones, and two deliveries in no promised order (contract 5.3). */
  move(
    invitee: Invitee,
    startsAt: Date,
    by: CancelerType,
    reason: string | null,
    order: MoveOrder,
    circumstances = this.#live(),
  ): Invitee {
    refuseCanceled(invitee);
    const old = this.store.eventOf(invitee);
    const eventType = this.store.eventTypes.get(old.eventTypeId);
    if (!eventType) throw new ControlError('invitee', 'its event type is gone', 409);
    const booking = { eventType, startsAt, forms: [invitee.form], guests: old.guests.map((guest) => guest.email) };
    const event = this.book(booking, { ...circumstances, isSilent: true });
    const successor = event.invitees.at(-1);
    if (!successor) throw new Error('booking an invitee left the event empty');

    successor.oldInvitee = invitee;
    invitee.newInvitee = successor;
    invitee.isRescheduled = true;
    this.#cancelOne(invitee, by, reason, circumstances);
    const pair: [InviteeEventName, Invitee][] = [
      ['invitee.canceled', invitee],
      ['invitee.created', successor],
    ];
    for (const [name, who] of order === 'canceled-first' ? pair : pair.reverse()) this.#tell(name, who, circumstances);
    return successor;
  }

  cancelInvitee(invitee: Invitee, by: CancelerType, reason: string | null, circumstances = this.#live()): void {
    refuseCanceled(invitee);
    this.#cancelOne(invitee, by, reason, circumstances);
    this.#tell('invitee.canceled', invitee, circumstances);
  }

  /** All at once: each delivery already shows an event that nobody attends. */
  cancelEvent(event: ScheduledEvent, by: CancelerType, reason: string | null, circumstances = this.#live()): void {
    const leaving = event.invitees.filter((invitee) => invitee.status === 'active');
    if (leaving.length === 0) throw new ControlError('event', 'is already canceled', 409);
    for (const invitee of leaving) this.#cancelOne(invitee, by, reason, circumstances);
    for (const invitee of leaving) this.#tell('invitee.canceled', invitee, circumstances);
  }

  markNoShow(invitee: Invitee, circumstances = this.#live()): void {
    refuseCanceled(invitee);
    if (invitee.noShow) throw new ControlError('invitee', 'is already marked as a no-show', 409);
    invitee.noShow = { id: circumstances.ids.uuid(), createdAt: circumstances.at };
    this.#touch(invitee, circumstances);
    this.#tell('invitee_no_show.created', invitee, circumstances);
  }

  unmarkNoShow(invitee: Invitee, circumstances = this.#live()): void {
    if (!invitee.noShow) throw new ControlError('invitee', 'is not marked as a no-show', 409);
    invitee.noShow = null;
    this.#touch(invitee, circumstances);
    this.#tell('invitee_no_show.deleted', invitee, circumstances);
  }

  /** The conference link is ready. No webhook tells of it (contract 4.2). */
  pushLocation(event: ScheduledEvent, joinUrl: string, at = this.clock.now()): void {
    if (!event.location || !('join_url' in event.location)) {
      throw new ControlError('event', 'its location has no conference link', 409);
    }
    event.location = { ...event.location, status: 'pushed', join_url: joinUrl };
    event.updatedAt = at;
  }

  #findJoinable({ eventType, startsAt }: BookingOrder): ScheduledEvent | null {
    if (eventType.kind !== 'group') return null;
    const standing = [...this.store.events.values()].find(
      (event) =>
        event.eventTypeId === eventType.id &&
        event.status === 'active' &&
        event.startsAt.getTime() === startsAt.getTime(),
    );
    return standing ?? null;
  }

  #newEvent({ eventType, startsAt, guests, location }: BookingOrder, { at, ids, isSilent }: Circumstances) {
    const owner = this.store.accounts.get(eventType.ownerId);
    if (!owner) throw new Error(`event type ${eventType.id} has no owner`);
    const event: ScheduledEvent = {
      id: ids.either(),
      eventTypeId: eventType.id,
      hostId: owner.id,
      organizationId: owner.organizationId,
      name: eventType.name,
      status: 'active',
      startsAt,
      endsAt: new Date(startsAt.getTime() + eventType.durationMinutes * 60_000),
      bufferMinutes: eventType.bufferMinutes,
      inviteeLimit: eventType.inviteeLimit,
      location: location === undefined ? locationOf(eventType) : location,
      guests: guests.map((email) => ({ email, createdAt: at })),
      invitees: [],
      cancellation: null,
      calendarEventId: ids.uuid().replaceAll('-', ''),
      createdAt: at,
      updatedAt: at,
    };
    if (event.location?.status === 'processing') this.#pushLater(event, isSilent ? at : null);
    return event;
  }

  #pushLater(event: ScheduledEvent, seededAt: Date | null): void {
    const joinUrl = `https://meet.sandbox.invalid/${event.calendarEventId.slice(0, 10)}`;
    if (seededAt && seededAt < this.clock.now()) {
      this.pushLocation(event, joinUrl, seededAt);
    } else if (this.settings.location_push_seconds !== null) {
      this.clock.schedule(this.clock.in(this.settings.location_push_seconds), () => {
        if (event.location?.status === 'processing') this.pushLocation(event, joinUrl);
      });
    }
  }

  #join(event: ScheduledEvent, form: BookingForm, { at, ids }: Circumstances): Invitee {
    const invitee: Invitee = {
      id: ids.uuid(),
      eventId: event.id,
      form,
      status: 'active',
      isRescheduled: false,
      oldInvitee: null,
      newInvitee: null,
      noShow: null,
      cancellation: null,
      createdAt: at,
      updatedAt: at,
    };
    this.store.invitees.set(invitee.id, invitee);
    event.invitees.push(invitee);
    event.updatedAt = at;
    return invitee;
  }

  /** The last invitee to leave takes the event with him; others keep it active (contract 4.3). */
  #cancelOne(invitee: Invitee, by: CancelerType, reason: string | null, circumstances: Circumstances): void {
    const event = this.store.eventOf(invitee);
    const canceledBy = by === 'host' ? this.store.hostOf(event).name : invitee.form.name;
    const cancellation: Cancellation = { canceledBy, reason, cancelerType: by, createdAt: circumstances.at };
    invitee.status = 'canceled';
    invitee.cancellation = cancellation;
    this.#touch(invitee, circumstances);
    if (event.invitees.some((other) => other.status === 'active')) return;
    event.status = 'canceled';
    event.cancellation = cancellation;
  }

  #touch(invitee: Invitee, { at }: Circumstances): void {
    invitee.updatedAt = at;
    this.store.eventOf(invitee).updatedAt = at;
  }

  #tell(event: InviteeEventName, invitee: Invitee, { isSilent }: Circumstances): void {
    if (!isSilent) this.announce(event, invitee);
  }

  #live(): Circumstances {
    return { at: this.clock.now(), ids: randomIds, isSilent: false };
  }
}

function refuseCanceled(invitee: Invitee): void {
  if (invitee.status === 'canceled') throw new ControlError('invitee', 'is already canceled', 409);
}

function locationOf(eventType: EventType): Location {
  if (eventType.locationType === 'physical') return { type: 'physical', location: '12 rue des Ateliers, 69001 Lyon' };
  const conference = { type: eventType.locationType, status: 'processing' as const, join_url: null };
  return eventType.locationType === 'google_conference' ? conference : { ...conference, data: null };
}
