import type { SandboxClock } from '../clock.js';
import {
  alreadyDeleted,
  ApiError,
  duplicate,
  forbiddenForNonOrganizer,
  invalid,
  notFound,
  required,
} from './api-error.js';
import { finish, isPending } from './conference.js';
import type { EventBody, EventFields } from './event-body.js';
import { differsInRemindersAlone, hasNewsForGuests } from './event-differences.js';
import { changedDraft, eventTypeRestriction, newDraft, plainWrite, type WriteOptions } from './event-draft.js';
import { isEventId, type Ids, randomIds } from './ids.js';
import type { Mails, SendUpdates } from './mails.js';
import type { Account, Calendar, Person, StoredEvent } from './model.js';
import { exceptionsOf, horizonOf, isMadeUp } from './occurrences.js';
import { followSeries } from './series-upkeep.js';
import type { Settings } from './settings.js';
import { dateAfter, isOrganizersCopy } from './store.js';

/**
 * Everything that changes events, for the API and for the person in front of the calendar alike.
 *
 * A write ends in one commit: a new `updated` (hence etag), a new revision of the calendar (hence news to every sync token),
 * one announcement to whoever watches.
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
    organizer: Person = personOf(calendar),
  ): StoredEvent {
    if (body.id !== undefined && !isEventId(body.id)) throw invalid('Invalid resource id value.');
    if (body.id !== undefined && body.iCalUID !== undefined) {
      throw invalid('Only one of id and iCalUID may be supplied at creation.');
    }
    if (body.id !== undefined && calendar.events.has(body.id)) throw duplicate();
    const draft = newDraft(calendar, body, options);
    const id = body.id ?? ids.event();
    const now = this.clock.now();
    const event: StoredEvent = {
      id,
      calendarId: calendar.id,
      iCalUID: body.iCalUID ?? `${id}@google.com`,
      ...draft,
      creator: { email: author.email },
      organizer,
      createdAt: now,
      updatedAt: now,
      revision: 0,
      place: null,
      conferenceReadyAt: null,
      isOrphaned: false,
      isStub: false,
      isForgotten: false,
    };
    calendar.events.set(id, event);
    this.#noteConference(event, undefined);
    this.mails.announce(null, event, options.sendUpdates);
    this.#commit(calendar, event);
    return event;
  }

  patch(calendar: Calendar, event: StoredEvent, body: EventBody, options: WriteOptions): StoredEvent {
    return this.#change(calendar, event, body, options, 'merge');
  }

  /** A full replacement: whatever the body does not name is erased. */
  update(calendar: Calendar, event: StoredEvent, body: EventBody, options: WriteOptions): StoredEvent {
    return this.#change(calendar, event, body, options, 'replace');
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
    body: EventBody,
    options: WriteOptions,
    how: 'merge' | 'replace',
  ): StoredEvent {
    if (event.isStub) throw notFound();
    if (body.id !== undefined && body.id !== event.id) throw invalid('Invalid resource id value.');
    if (event.place !== null && body.recurrence?.length) {
      throw invalid('Cannot turn an instance of a recurring event into a recurring event itself.');
    }
    const draft = changedDraft(calendar, event, body, options, how);
    if (!isOrganizersCopy(event)) refuseGuestRights(event.fields, draft.fields);
    // Reminders are the reader's own: they change neither `updated` nor the etag, and are no news (contract 6).
    const isOwnAffair = differsInRemindersAlone(event, draft) && !isMadeUp(calendar, event);
    const kept = this.#keep(calendar, event);
    const before = { ...kept };
    Object.assign(kept, draft);
    if (isOwnAffair) return kept;
    this.#noteConference(kept, before.fields);
    if (hasNewsForGuests(before, kept)) this.mails.announce(before, kept, options.sendUpdates);
    this.#followSeries(calendar, before, kept);
    this.#commit(calendar, kept);
    return kept;
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

  #followSeries(calendar: Calendar, before: StoredEvent, after: StoredEvent): void {
    const now = this.clock.now();
    followSeries(calendar, before, after, { now, untilMs: horizonOf(now, this.settings.expansion_days) });
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

/** A calendar is the organizer of what is made in it; the primary one bears its owner's address. */
function personOf(calendar: Calendar): Person {
  return calendar.kind === 'primary' ? { email: calendar.id } : { email: calendar.id, displayName: calendar.summary };
}

/** A replacement that leaves these out counts as setting their defaults (contract 6). */
function refuseGuestRights(before: EventFields, after: EventFields): void {
  const rights = ['guestsCanInviteOthers', 'guestsCanModify', 'guestsCanSeeOtherGuests', 'anyoneCanAddSelf'] as const;
  if (rights.some((right) => before[right] !== after[right])) throw forbiddenForNonOrganizer();
}
