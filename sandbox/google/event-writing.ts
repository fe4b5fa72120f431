import type { SandboxClock } from '../clock.js';
import {
  alreadyDeleted,
  duplicate,
  forbiddenForNonOrganizer,
  invalid,
  notFound,
  required,
  ApiError,
} from './api-error.js';
import { changeConference, finish, isPending } from './conference.js';
import type { EventBody, EventFields } from './event-body.js';
import { checkEvent } from './event-check.js';
import { isSameTime } from './event-time.js';
import { isEventId, type Ids, randomIds } from './ids.js';
import type { Mails, SendUpdates } from './mails.js';
import { isObject, merge } from './merge.js';
import type { Account, Calendar, EventStatus, Person, PlaceInSeries, StoredEvent } from './model.js';
import { exceptionsOf, horizonOf, isMadeUp, originalStartsOf } from './occurrences.js';
import type { Settings } from './settings.js';
import { dateAfter, isOrganizersCopy } from './store.js';

export interface WriteOptions {
  sendUpdates: SendUpdates;
  conferenceDataVersion: number;
  eventLabelVersion: number;
  supportsAttachments: boolean;
}

export const plainWrite: WriteOptions = {
  sendUpdates: 'none',
  conferenceDataVersion: 1,
  eventLabelVersion: 0,
  supportsAttachments: true,
};

interface Draft {
  fields: EventFields;
  status: EventStatus;
  sequence: number;
}

/**
 * Everything that changes events, for the API and for the person in front of the calendar alike.
 *
 * A write ends in one commit: a new `updated` (hence etag), a new revision of the calendar (hence news to every sync token),
 * one announcement to whoever watches. A change of a series goes on to its exceptions: those that have the old value take
 * the new one, and those whose original start the series no longer comes by are orphaned, which deletes them.
 */
export class EventWriting {
  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
    private readonly mails: Mails,
    private readonly announce: (calendar: Calendar, event: StoredEvent) => void,
  ) {}

  insert(
    calendar: Calendar,
    author: Account,
    body: EventBody,
    options: WriteOptions,
    ids: Ids = randomIds,
    organizer?: Person,
  ): StoredEvent {
    if (body.id !== undefined && !isEventId(body.id)) throw invalid('Invalid resource id value.');
    if (body.id !== undefined && body.iCalUID !== undefined) {
      throw invalid('Only one of id and iCalUID may be supplied at creation.');
    }
    if (body.id !== undefined && calendar.events.has(body.id)) throw duplicate();
    checkKind(calendar, body);
    const draft = this.#draft(calendar, null, {}, body, options);
    const event = this.#newEvent(calendar, author, body, draft, ids);
    if (organizer) event.organizer = organizer;
    calendar.events.set(event.id, event);
    this.#noteConference(event, undefined);
    this.mails.announce(null, event, options.sendUpdates);
    this.#commit(calendar, event);
    return event;
  }

  patch(calendar: Calendar, event: StoredEvent, body: EventBody, options: WriteOptions): StoredEvent {
    return this.#change(calendar, event, { ...event.fields }, body, options, event.status);
  }

  /** A full replacement: whatever the body does not name is erased. */
  update(calendar: Calendar, event: StoredEvent, body: EventBody, options: WriteOptions): StoredEvent {
    return this.#change(calendar, event, {}, body, options, 'confirmed');
  }

  delete(calendar: Calendar, event: StoredEvent, sendUpdates: SendUpdates): void {
    if (event.status === 'cancelled') throw alreadyDeleted();
    const kept = this.#keep(calendar, event);
    const before = { ...kept };
    kept.status = 'cancelled';
    kept.sequence += 1;
    this.mails.announce(before, null, sendUpdates);
    this.#followSeries(calendar, before, kept);
    this.#commit(calendar, kept);
  }

  /** A private copy of an event from elsewhere. The same `iCalUID` again changes the copy; nobody is mailed. */
  import(calendar: Calendar, author: Account, body: EventBody): StoredEvent {
    if (!body.iCalUID) throw required('Missing iCal UID.');
    if (body.id !== undefined) throw invalid('Only one of id and iCalUID may be supplied at creation.');
    if ((body.eventType ?? 'default') !== 'default') throw eventTypeRestriction('Only default events can be imported.');
    const organizer = body.organizer?.email
      ? { email: body.organizer.email, ...(body.organizer.displayName && { displayName: body.organizer.displayName }) }
      : personOf(calendar);
    const isThere = [organizer, ...(body.attendees ?? [])].some(({ email }) => email === calendar.id);
    if (!isThere) {
      throw new ApiError({
        status: 400,
        reason: 'participantIsNeitherOrganizerNorAttendee',
        message: 'The owner of the calendar must either be the organizer or an attendee of an event that is imported.',
        domain: 'calendar',
      });
    }
    const earlier = [...calendar.events.values()].find(
      ({ iCalUID, place, isForgotten }) => iCalUID === body.iCalUID && place === null && !isForgotten,
    );
    if (earlier) return this.update(calendar, earlier, body, plainWrite);
    return this.insert(calendar, author, body, plainWrite, randomIds, organizer);
  }

  /** To another calendar, which organises it from then on. A stub stays behind (contract 7). */
  move(source: Calendar, event: StoredEvent, destination: Calendar, sendUpdates: SendUpdates): StoredEvent {
    if (event.status === 'cancelled') throw notFound();
    if (event.place !== null) {
      throw new ApiError({
        status: 400,
        reason: 'cannotChangeOrganizerOfInstance',
        message: 'Cannot change the organizer of an instance.',
        domain: 'calendar',
      });
    }
    if (event.fields.eventType !== 'default') throw eventTypeRestriction('Only default events can be moved.');
    if (!isOrganizersCopy(event)) throw forbiddenForNonOrganizer();
    if (source === destination) return event;
    const there = destination.events.get(event.id);
    if (there && !there.isStub) throw duplicate();

    const exceptions = exceptionsOf(source, event);
    for (const moved of [event, ...exceptions]) {
      destination.events.set(moved.id, {
        ...moved,
        calendarId: destination.id,
        organizer: personOf(destination),
        revision: this.#date(destination, moved),
      });
    }
    const before = { ...event };
    Object.assign(event, { status: 'cancelled', isStub: true });
    for (const exception of exceptions) source.events.delete(exception.id);
    this.#followSeries(source, before, event);
    this.#commit(source, event);
    const arrived = destination.events.get(event.id) ?? event;
    this.#followSeries(destination, { ...arrived, status: 'cancelled' }, arrived);
    this.mails.announce(before, arrived, sendUpdates);
    this.#commit(destination, arrived);
    return arrived;
  }

  /** Conferences are made after the write that asks for them; the first read from then on sees them (contract 12). */
  finishConferences(calendar: Calendar): void {
    for (const event of calendar.events.values()) {
      const { conferenceData } = event.fields;
      if (!event.conferenceReadyAt || event.conferenceReadyAt > this.clock.now() || !conferenceData) continue;
      event.conferenceReadyAt = null;
      const before = { ...event };
      event.fields = { ...event.fields, conferenceData: finish(conferenceData) };
      this.#followSeries(calendar, before, event);
      this.#commit(calendar, event);
    }
  }

  #change(
    calendar: Calendar,
    event: StoredEvent,
    base: object,
    body: EventBody,
    options: WriteOptions,
    defaultStatus: EventStatus,
  ): StoredEvent {
    if (event.isStub) throw notFound();
    if (body.id !== undefined && body.id !== event.id) throw invalid('Invalid resource id value.');
    if (event.place !== null && body.recurrence?.length) {
      throw invalid('Cannot turn an instance of a recurring event into a recurring event itself.');
    }
    if (body.sequence && body.sequence < event.sequence) {
      throw invalid(
        'Invalid sequence value. The specified sequence number is below the current sequence number of the resource. Re-fetch the resource and use its sequence number on the following request.',
      );
    }
    const draft = this.#draft(calendar, event, base, body, options, defaultStatus);
    if (!isOrganizersCopy(event)) refuseGuestRights(event.fields, draft.fields);
    const isOnlyReminders = differsInRemindersAlone(event, draft);
    const kept = this.#keep(calendar, event);
    const before = { ...kept };
    Object.assign(kept, draft);
    // Reminders are the reader's own: they change neither `updated` nor the etag, and are no news (contract 6).
    if (isOnlyReminders) return kept;
    this.#noteConference(kept, before.fields);
    const isWorthMail = hasNewsForGuests(before, kept);
    if (isWorthMail) this.mails.announce(before, kept.status === 'cancelled' ? null : kept, options.sendUpdates);
    this.#followSeries(calendar, before, kept);
    this.#commit(calendar, kept);
    return kept;
  }

  #draft(
    calendar: Calendar,
    event: StoredEvent | null,
    base: object,
    body: EventBody,
    options: WriteOptions,
    defaultStatus: EventStatus = 'confirmed',
  ): Draft {
    const { conferenceData, attachments, colorId, eventLabelId, attendees, ...rest } = body;
    const existing = event?.fields;
    const merged = merge({ ...base }, rest) as EventBody;
    const isPatch = event !== null && 'start' in base;
    // Each of these needs the caller to say that he knows of it; else his word on it is passed over.
    if (options.conferenceDataVersion >= 1) {
      const isAbsent = conferenceData === undefined;
      const wanted = isAbsent
        ? null
        : changeConference(existing?.conferenceData, conferenceData, conferenceTypesOf(calendar));
      merged.conferenceData = isAbsent && isPatch ? existing?.conferenceData : wanted;
    } else {
      merged.conferenceData = existing?.conferenceData;
    }
    const ifKnown = <T>(isKnown: boolean, given: T | null | undefined, kept: T | undefined) =>
      isKnown && (given !== undefined || !isPatch) ? (given ?? undefined) : kept;
    merged.attachments = ifKnown(
      options.supportsAttachments,
      attachments,
      existing?.attachments as EventBody['attachments'],
    );
    merged.eventLabelId = ifKnown(options.eventLabelVersion >= 1, eventLabelId, existing?.eventLabelId);
    merged.colorId = ifKnown(options.eventLabelVersion < 1, colorId, existing?.colorId);
    merged.attendees = body.attendeesOmitted
      ? ownAnswer(calendar, existing?.attendees, attendees ?? [])
      : ifKnown(true, attendees, existing?.attendees);
    const fields = checkEvent({ ...merged, eventType: body.eventType ?? existing?.eventType ?? 'default' });
    if (existing && fields.eventType !== existing.eventType)
      throw eventTypeRestriction('Event type cannot be changed.');
    const status = body.status ?? defaultStatus;
    return { fields, status, sequence: nextSequence(event, fields, status, body.sequence ?? 0) };
  }

  #newEvent(calendar: Calendar, author: Account, body: EventBody, draft: Draft, ids: Ids): StoredEvent {
    const id = body.id ?? ids.event();
    return {
      id,
      calendarId: calendar.id,
      iCalUID: body.iCalUID ?? `${id}@google.com`,
      ...draft,
      creator: { email: author.email },
      organizer: personOf(calendar),
      createdAt: this.clock.now(),
      updatedAt: this.clock.now(),
      revision: 0,
      place: null,
      conferenceReadyAt: null,
      isOrphaned: false,
      isStub: false,
      isForgotten: false,
    };
  }

  /** An occurrence that is written to becomes an exception, kept by itself from then on. */
  #keep(calendar: Calendar, event: StoredEvent): StoredEvent {
    const kept = calendar.events.get(event.id);
    if (kept && !isMadeUp(calendar, event)) return kept;
    const exception = { ...event, fields: { ...event.fields }, isOrphaned: false };
    calendar.events.set(event.id, exception);
    return exception;
  }

  #noteConference(event: StoredEvent, before: EventFields | undefined): void {
    if (!isPending(event.fields.conferenceData) || event.fields.conferenceData === before?.conferenceData) return;
    event.conferenceReadyAt = this.clock.in(this.settings.conference_delay_seconds);
  }

  #followSeries(calendar: Calendar, before: StoredEvent, master: StoredEvent): void {
    if (before.fields.recurrence === undefined && master.fields.recurrence === undefined) return;
    const untilMs = horizonOf(this.clock.now(), this.settings.expansion_days);
    const earlier = originalStartsOf(before, untilMs);
    const later = originalStartsOf(master, untilMs);
    const revision = calendar.revision + 1;
    const vanish = (id: string, place: PlaceInSeries | null) =>
      calendar.vanished.set(id, { id, place, eventType: before.fields.eventType, revision });
    for (const [id, originalStart] of earlier) {
      if (later.has(id) || calendar.events.get(id)?.status === 'cancelled') continue;
      vanish(id, { masterId: master.id, originalStart });
    }
    for (const id of later.keys()) calendar.vanished.delete(id);
    if (master.fields.recurrence === undefined) calendar.vanished.delete(master.id);
    else if (before.fields.recurrence === undefined && before.status !== 'cancelled') vanish(master.id, null);
    if (master.status === 'cancelled') return;
    for (const exception of exceptionsOf(calendar, master)) {
      if (findOccurrence(master, exception)) this.#passOn(before, master, exception, revision);
      else Object.assign(exception, { isOrphaned: true, status: 'cancelled', revision });
    }
  }

  /** What an exception has from its series it goes on having from it. Its times are its own. */
  #passOn(before: StoredEvent, master: StoredEvent, exception: StoredEvent, revision: number): void {
    const inherited = new Map<string, unknown>(Object.entries(exception.fields));
    const was: Record<string, unknown> = { ...before.fields };
    const is: Record<string, unknown> = { ...master.fields };
    let isChanged = false;
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (['start', 'end', 'recurrence'].includes(name) || isSame(was[name], is[name])) continue;
      if (!isSame(inherited.get(name), was[name])) continue;
      if (is[name] === undefined) inherited.delete(name);
      else inherited.set(name, is[name]);
      isChanged = true;
    }
    if (!isChanged) return;
    exception.fields = Object.fromEntries(inherited) as unknown as EventFields;
    exception.updatedAt = dateAfter(exception.updatedAt, this.clock.now());
    exception.revision = revision;
  }

  #commit(calendar: Calendar, event: StoredEvent): void {
    event.revision = this.#date(calendar, event);
    this.announce(calendar, event);
  }

  #date(calendar: Calendar, event: StoredEvent): number {
    event.updatedAt = dateAfter(event.updatedAt, this.clock.now());
    calendar.updatedAt = event.updatedAt;
    calendar.revision += 1;
    return calendar.revision;
  }
}

export function conferenceTypesOf(calendar: Calendar): string[] {
  return calendar.kind === 'holidays' ? [] : ['hangoutsMeet'];
}

/** A calendar is the organizer of what is made in it; the primary one bears its owner's address. */
export function personOf(calendar: Calendar): Person {
  return calendar.kind === 'primary' ? { email: calendar.id } : { email: calendar.id, displayName: calendar.summary };
}

function checkKind(calendar: Calendar, { eventType }: EventBody): void {
  if (!eventType || eventType === 'default') return;
  if (eventType === 'fromGmail') throw eventTypeRestriction('Events from Gmail cannot be created.');
  if (calendar.kind !== 'primary') throw eventTypeRestriction('This type of event exists on primary calendars only.');
}

function eventTypeRestriction(message: string): ApiError {
  return new ApiError({ status: 400, reason: 'eventTypeRestriction', message, domain: 'calendar' });
}

/** With `attendeesOmitted` the list is not the whole list: it can only carry one's own answer. */
function ownAnswer(calendar: Calendar, existing: EventFields['attendees'], given: NonNullable<EventBody['attendees']>) {
  const own = given.find(({ email }) => email === calendar.id);
  return existing?.map((attendee) =>
    attendee.email === calendar.id && own?.responseStatus
      ? { ...attendee, responseStatus: own.responseStatus, ...(own.comment !== undefined && { comment: own.comment }) }
      : attendee,
  );
}

/** A replacement that leaves these out counts as setting their defaults (contract 6). */
function refuseGuestRights(before: EventFields, after: EventFields): void {
  const rights = ['guestsCanInviteOthers', 'guestsCanModify', 'guestsCanSeeOtherGuests', 'anyoneCanAddSelf'] as const;
  if (rights.some((right) => before[right] !== after[right])) throw forbiddenForNonOrganizer();
}

function nextSequence(event: StoredEvent | null, fields: EventFields, status: EventStatus, given: number): number {
  if (!event) return given;
  const isMoved =
    !isSameTime(event.fields.start, fields.start) ||
    !isSameTime(event.fields.end, fields.end) ||
    !isSame(event.fields.recurrence, fields.recurrence) ||
    event.fields.location !== fields.location ||
    event.status !== status;
  return Math.max(given, event.sequence + (isMoved ? 1 : 0));
}

function differsInRemindersAlone(event: StoredEvent, draft: Draft): boolean {
  if (event.status !== draft.status || isSame(event.fields.reminders, draft.fields.reminders)) return false;
  return isSame({ ...event.fields, reminders: null }, { ...draft.fields, reminders: null });
}

function hasNewsForGuests(before: StoredEvent, after: StoredEvent): boolean {
  const { reminders: _reminders, colorId: _color, extendedProperties: _properties, ...earlier } = before.fields;
  const { reminders: _own, colorId: _shade, extendedProperties: _notes, ...later } = after.fields;
  return before.status !== after.status || !isSame(earlier, later);
}

function findOccurrence(master: StoredEvent, exception: StoredEvent): boolean {
  const at = Date.parse(exception.place?.originalStart.dateTime ?? exception.place?.originalStart.date ?? '');
  return originalStartsOf(master, at).has(exception.id);
}

/** Whatever the order of the members. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}
