import type { SandboxClock } from '../clock.js';
import { conflict } from './api-error.js';
import type { EventType, PlatformClient, Schedule, User } from './model.js';
import type { Store } from './store.js';

export interface UserInput {
  email?: string;
  name?: string;
  bio?: string;
  avatarUrl?: string;
  timeZone?: string;
  weekStart?: string;
  timeFormat?: 12 | 24;
  locale?: string;
  defaultScheduleId?: number;
  metadata?: Record<string, unknown>;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

/** The users a platform client keeps at Cal.com (contract 4). Ordinary accounts are made the same way, without a client. */
export class ManagedUsers {
  constructor(
    private readonly store: Store,
    private readonly clock: SandboxClock,
  ) {}

  create(client: PlatformClient, given: UserInput & { email: string; name: string }): User {
    const email = markedEmail(client, given.email);
    const existing = this.store.findUser(email);
    if (existing) {
      throw conflict(`User with the provided e-mail already exists. Existing user ID=${existing.id}`);
    }
    const user = this.add(client.organizationId, client.id, email, given);
    if (client.areDefaultEventTypesEnabled) this.#addDefaultEventTypes(user);
    return user;
  }

  /** A new address brings a new username with it (contract 4). */
  update(user: User, given: UserInput): User {
    const client = this.store.clients.get(user.clientId ?? '');
    const { email, ...rest } = given;
    if (email !== undefined) {
      const marked = client ? markedEmail(client, email) : email;
      const holder = this.store.findUser(marked);
      if (holder && holder.id !== user.id) {
        throw conflict(`User with the provided e-mail already exists. Existing user ID=${holder.id}`);
      }
      Object.assign(user, { email: marked, displayEmail: plainEmail(user.clientId, marked), username: slugOf(marked) });
    }
    return Object.assign(user, rest);
  }

  /** Whoever gives no time zone gets no schedule, and cannot be booked until there is one. */
  add(organizationId: number, clientId: string | null, email: string, given: UserInput & { name: string }): User {
    const user: User = {
      id: this.store.numbers.next('user'),
      organizationId,
      clientId,
      email,
      displayEmail: plainEmail(clientId, email),
      username: slugOf(email),
      name: given.name,
      bio: given.bio ?? null,
      avatarUrl: given.avatarUrl ?? null,
      timeZone: given.timeZone ?? 'Europe/London',
      weekStart: given.weekStart ?? 'Sunday',
      timeFormat: given.timeFormat ?? 12,
      locale: given.locale ?? 'en',
      defaultScheduleId: null,
      metadata: given.metadata ?? {},
      createdAt: this.clock.now(),
    };
    this.store.users.set(user.id, user);
    if (given.timeZone !== undefined) this.addSchedule(user, { name: 'Default schedule', timeZone: given.timeZone });
    return user;
  }

  addSchedule(
    user: User,
    given: { name: string; timeZone: string; availability?: Schedule['availability'] },
  ): Schedule {
    const schedule: Schedule = {
      id: this.store.numbers.next('schedule'),
      ownerId: user.id,
      name: given.name,
      timeZone: given.timeZone,
      availability: given.availability ?? [{ days: weekdays, startTime: '09:00', endTime: '17:00' }],
    };
    this.store.schedules.set(schedule.id, schedule);
    user.defaultScheduleId ??= schedule.id;
    return schedule;
  }

  addEventType(owner: User, given: Omit<EventType, 'id' | 'ownerId'>): EventType {
    const eventType: EventType = { id: this.store.numbers.next('eventType'), ownerId: owner.id, ...given };
    this.store.eventTypes.set(eventType.id, eventType);
    return eventType;
  }

  #addDefaultEventTypes(user: User): void {
    for (const [lengthInMinutes, words] of [
      [30, 'thirty'],
      [60, 'sixty'],
    ] as const) {
      const common = {
        lengthInMinutes,
        description: '',
        requiresConfirmation: false,
        seatsPerTimeSlot: null,
        fields: [],
      };
      const title = `${lengthInMinutes} Minutes`;
      this.addEventType(user, { ...common, title, slug: `${words}-minutes`, location: '' });
      const video = { title: `${title} Video`, slug: `${words}-minutes-video`, location: 'integrations:daily' };
      this.addEventType(user, { ...common, ...video });
    }
  }
}

/** `local@domain` becomes `local+<clientId>@domain`; what carries the mark already is left alone (contract 4). */
export function markedEmail(client: PlatformClient, email: string): string {
  if (email.includes(`+${client.id}@`)) return email;
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at)}+${client.id}${email.slice(at)}`;
}

function plainEmail(clientId: string | null, email: string): string {
  return clientId === null ? email : email.replace(`+${clientId}@`, '@');
}

function slugOf(email: string): string {
  return email
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
