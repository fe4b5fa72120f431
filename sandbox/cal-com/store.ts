import { Numbers } from './ids.js';
import type {
  ApiKey,
  Booking,
  BusyTime,
  CalendarChoice,
  Credential,
  DestinationCalendar,
  EventType,
  PlatformClient,
  Schedule,
  User,
  Webhook,
} from './model.js';

/** Everything the stand-in remembers about Cal.com's side, tokens excepted. */
export class Store {
  readonly numbers = new Numbers();
  readonly clients = new Map<string, PlatformClient>();
  readonly users = new Map<number, User>();
  readonly schedules = new Map<number, Schedule>();
  readonly eventTypes = new Map<number, EventType>();
  readonly bookings = new Map<string, Booking>();
  readonly credentials = new Map<number, Credential>();
  readonly webhooks = new Map<string, Webhook>();
  readonly apiKeys = new Map<string, ApiKey>();
  /** By user. */
  readonly destinations = new Map<number, DestinationCalendar>();
  selected: CalendarChoice[] = [];
  busyTimes: BusyTime[] = [];

  clear(): void {
    this.numbers.clear();
    for (const table of [this.clients, this.users, this.schedules, this.eventTypes, this.bookings]) table.clear();
    for (const table of [this.credentials, this.webhooks, this.apiKeys, this.destinations]) table.clear();
    this.selected = [];
    this.busyTimes = [];
  }

  hostOf(booking: Booking): User {
    return held(this.users, booking.hostId);
  }

  eventTypeOf(booking: Booking): EventType {
    return held(this.eventTypes, booking.eventTypeId);
  }

  /** By id, by address with or without the client's mark, or by username. */
  findUser(name: string | number): User | null {
    const users = [...this.users.values()];
    return (
      users.find((user) => String(user.id) === String(name)) ??
      users.find((user) => user.email === name || user.username === name) ??
      users.findLast((user) => user.displayEmail === name) ??
      null
    );
  }

  managedUsersOf(client: PlatformClient): User[] {
    return [...this.users.values()].filter((user) => user.clientId === client.id);
  }

  eventTypesOf(user: User): EventType[] {
    return [...this.eventTypes.values()].filter((eventType) => eventType.ownerId === user.id);
  }

  schedulesOf(user: User): Schedule[] {
    return [...this.schedules.values()].filter((schedule) => schedule.ownerId === user.id);
  }

  credentialsOf(user: User): Credential[] {
    return [...this.credentials.values()].filter((credential) => credential.userId === user.id);
  }

  /** Who moved with all the others holds the same seat in two bookings: the newer one counts. */
  findBySeat(seatUid: string): Booking | null {
    const holds = (booking: Booking) => booking.attendees.some((attendee) => attendee.seatUid === seatUid);
    return [...this.bookings.values()].findLast(holds) ?? null;
  }

  /** With all that is theirs: bookings, event types, schedules, calendars, webhooks, keys. */
  removeUser(user: User): void {
    for (const eventType of this.eventTypesOf(user)) {
      remove(this.webhooks, ({ owner }) => owner.kind === 'event-type' && owner.eventTypeId === eventType.id);
    }
    remove(this.webhooks, ({ owner }) => owner.kind === 'user' && owner.userId === user.id);
    remove(this.bookings, ({ hostId }) => hostId === user.id);
    remove(this.eventTypes, ({ ownerId }) => ownerId === user.id);
    remove(this.schedules, ({ ownerId }) => ownerId === user.id);
    remove(this.apiKeys, ({ userId }) => userId === user.id);
    for (const credential of this.credentialsOf(user)) this.removeCredential(credential);
    this.destinations.delete(user.id);
    this.users.delete(user.id);
  }

  removeCredential(credential: Credential): void {
    this.credentials.delete(credential.id);
    this.selected = this.selected.filter((choice) => choice.credentialId !== credential.id);
    this.busyTimes = this.busyTimes.filter((busy) => busy.credentialId !== credential.id);
    if (this.destinations.get(credential.userId)?.credentialId === credential.id) {
      this.destinations.delete(credential.userId);
    }
  }
}

function remove<K, T>(table: Map<K, T>, isGone: (row: T) => boolean): void {
  for (const [key, row] of table) if (isGone(row)) table.delete(key);
}

function held<K, T>(table: Map<K, T>, id: K): T {
  const row = table.get(id);
  if (!row) throw new Error(`the store refers to ${String(id)}, which it does not hold`);
  return row;
}
