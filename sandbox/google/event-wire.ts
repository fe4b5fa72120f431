import { linkOf } from './conference.js';
import type { Attendee } from './event-body.js';
import { toWireTime } from './event-time.js';
import type { Links } from './links.js';
import type { AccessRole, Calendar, Person, StoredEvent } from './model.js';
import { allows, etagOf } from './store.js';

/** Who looks, and how. */
export interface View {
  calendar: Calendar;
  role: AccessRole;
  email: string;
  /** The zone of the answer. */
  zone: string;
  maxAttendees: number | null;
}

/** Our events in Google's shape (contract 6). Every field is named, so that what goes out can be read here. */
export class EventWire {
  constructor(private readonly links: Links) {}

  event(event: StoredEvent, view: View) {
    if (event.isStub) return this.deleted(event, view);
    if (!allows(view.role, 'reader')) return this.#busy(event, view);
    const isHidden = isPrivate(event) && !maySeePrivate(view);
    return isHidden ? this.#hidden(event, view) : this.#whole(event, view);
  }

  /** Only what is guaranteed: an id for what is deleted, three fields for an occurrence that is off (contract 8). */
  deleted(event: Pick<StoredEvent, 'id' | 'place'>, view: View) {
    const { zone, calendar } = view;
    return {
      id: event.id,
      status: 'cancelled',
      ...(event.place && {
        recurringEventId: event.place.masterId,
        originalStartTime: toWireTime(event.place.originalStart, zone, calendar.timeZone),
      }),
    };
  }

  #whole(event: StoredEvent, view: View) {
    const { fields } = event;
    const isCreator = event.creator.email === view.email;
    const link = linkOf(fields.conferenceData);
    return {
      ...this.#outline(event, view),
      ...(fields.summary !== undefined && { summary: fields.summary }),
      ...(fields.description !== undefined && { description: fields.description }),
      ...(fields.location !== undefined && { location: fields.location }),
      ...(fields.colorId !== undefined && { colorId: fields.colorId }),
      ...(fields.eventLabelId !== undefined && { eventLabelId: fields.eventLabelId }),
      creator: toWirePerson(event.creator, view.calendar),
      organizer: toWirePerson(event.organizer, view.calendar),
      ...(fields.recurrence && { recurrence: [...fields.recurrence] }),
      ...(fields.transparency && { transparency: fields.transparency }),
      ...(fields.visibility && { visibility: fields.visibility }),
      ...toWireAttendees(fields.attendees, event, view),
      ...(fields.anyoneCanAddSelf && { anyoneCanAddSelf: true }),
      ...(fields.guestsCanInviteOthers === false && { guestsCanInviteOthers: false }),
      ...(fields.guestsCanModify && { guestsCanModify: true }),
      ...(fields.guestsCanSeeOtherGuests === false && { guestsCanSeeOtherGuests: false }),
      ...(fields.privateCopy && { privateCopy: true }),
      ...(fields.extendedProperties && { extendedProperties: structuredClone(fields.extendedProperties) }),
      ...(link !== null && { hangoutLink: link }),
      ...(fields.conferenceData && { conferenceData: structuredClone(fields.conferenceData) }),
      reminders: structuredClone(fields.reminders),
      ...(fields.source && isCreator && { source: { ...fields.source } }),
      ...(fields.attachments && { attachments: structuredClone(fields.attachments) }),
      ...(fields.outOfOfficeProperties && { outOfOfficeProperties: fields.outOfOfficeProperties }),
      ...(fields.focusTimeProperties && { focusTimeProperties: fields.focusTimeProperties }),
      ...(fields.workingLocationProperties && { workingLocationProperties: fields.workingLocationProperties }),
      ...(fields.birthdayProperties && { birthdayProperties: fields.birthdayProperties }),
    };
  }

  /** A private event as readers without access to its details see it. */
  #hidden(event: StoredEvent, view: View) {
    return { ...this.#outline(event, view), visibility: 'private' };
  }

  #busy(event: StoredEvent, view: View) {
    const { kind, etag, id, status, start, end } = this.#outline(event, view);
    return { kind, etag, id, status, start, end, visibility: 'private' };
  }

  #outline(event: StoredEvent, { calendar, zone }: View) {
    const { fields, place } = event;
    return {
      kind: 'calendar#event',
      etag: etagOf(event),
      id: event.id,
      status: event.status,
      htmlLink: this.links.toEventPage(calendar.id, event.id),
      created: event.createdAt.toISOString(),
      updated: event.updatedAt.toISOString(),
      start: toWireTime(fields.start, zone, calendar.timeZone),
      end: toWireTime(fields.end, zone, calendar.timeZone),
      ...(place && {
        recurringEventId: place.masterId,
        originalStartTime: toWireTime(place.originalStart, zone, calendar.timeZone),
      }),
      iCalUID: event.iCalUID,
      sequence: event.sequence,
      eventType: fields.eventType,
    };
  }
}

export type WireEvent = ReturnType<EventWire['event']>;

export function isPrivate({ fields }: StoredEvent): boolean {
  return fields.visibility === 'private' || fields.visibility === 'confidential';
}

export function maySeePrivate({ role }: Pick<View, 'role'>): boolean {
  return allows(role, 'writer');
}

function toWirePerson(person: Person, calendar: Calendar) {
  return {
    email: person.email,
    ...(person.displayName !== undefined && { displayName: person.displayName }),
    ...(person.email === calendar.id && { self: true }),
  };
}

/** When there are more guests than wanted, only oneself is shown (contract 8). */
function toWireAttendees(attendees: Attendee[] | undefined, event: StoredEvent, view: View) {
  if (!attendees) return {};
  const isTooMany = view.maxAttendees !== null && attendees.length > view.maxAttendees;
  const shown = isTooMany ? attendees.filter(({ email }) => email === view.calendar.id) : attendees;
  return {
    attendees: shown.map((attendee) => ({
      ...attendee,
      ...(attendee.email === event.organizer.email && { organizer: true }),
      ...(attendee.email === view.calendar.id && { self: true }),
    })),
    ...(isTooMany && { attendeesOmitted: true }),
  };
}
