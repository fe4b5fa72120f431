import { ApiError, invalid } from './api-error.js';
import { changeConference } from './conference.js';
import type { EventBody, EventFields } from './event-body.js';
import { checkEvent } from './event-check.js';
import { isRescheduled } from './event-differences.js';
import type { SendUpdates } from './mails.js';
import { merge } from './merge.js';
import type { Calendar, EventStatus, StoredEvent } from './model.js';

export interface WriteOptions {
  sendUpdates: SendUpdates;
  conferenceDataVersion: number;
  eventLabelVersion: number;
  supportsAttachments: boolean;
}

/** Of somebody who knows of everything and tells nobody. */
export const plainWrite: WriteOptions = {
  sendUpdates: 'none',
  conferenceDataVersion: 1,
  eventLabelVersion: 0,
  supportsAttachments: true,
};

/** What a write leaves an event as, before anything is changed. */
export interface Draft {
  fields: EventFields;
  status: EventStatus;
  sequence: number;
}

export function newDraft(calendar: Calendar, body: EventBody, options: WriteOptions): Draft {
  const { eventType } = body;
  if (eventType === 'fromGmail') throw eventTypeRestriction('Events from Gmail cannot be created.');
  if (eventType && eventType !== 'default' && calendar.kind !== 'primary') {
    throw eventTypeRestriction('This type of event exists on primary calendars only.');
  }
  const fields = checkEvent({ ...body, ...knownMembers(calendar, null, body, options), eventType });
  return { fields, status: body.status ?? 'confirmed', sequence: body.sequence ?? 0 };
}

/** A change merged into the event, or in its place: then what the body does not name is erased. */
export function changedDraft(
  calendar: Calendar,
  event: StoredEvent,
  body: EventBody,
  options: WriteOptions,
  how: 'merge' | 'replace',
): Draft {
  const { fields: existing } = event;
  const merged = how === 'merge' ? (merge({ ...existing }, body) as EventBody) : body;
  const kept = how === 'merge' ? existing : null;
  const known = knownMembers(calendar, event, body, options, kept);
  const fields = checkEvent({ ...merged, ...known, eventType: body.eventType ?? existing.eventType });
  if (fields.eventType !== existing.eventType) throw eventTypeRestriction('Event type cannot be changed.');
  if (body.sequence && body.sequence < event.sequence) {
    throw invalid(
      'Invalid sequence value. The specified sequence number is below the current sequence number of the resource. Re-fetch the resource and use its sequence number on the following request.',
    );
  }
  const status = body.status ?? (how === 'merge' ? event.status : 'confirmed');
  const step = isRescheduled(event, { fields, status }) ? 1 : 0;
  return { fields, status, sequence: Math.max(body.sequence ?? 0, event.sequence + step) };
}

export function conferenceTypesOf(calendar: Calendar): string[] {
  return calendar.kind === 'holidays' ? [] : ['hangoutsMeet'];
}

export function eventTypeRestriction(message: string): ApiError {
  return new ApiError({ status: 400, reason: 'eventTypeRestriction', message, domain: 'calendar' });
}

/**
 * The members that are not simply merged or replaced. A caller has to say that he knows of conferences, attachments or
 * labels; else his word on them is passed over and the event keeps what it has (contract 7). `kept` is what holds where the
 * body does not speak.
 */
function knownMembers(
  calendar: Calendar,
  event: StoredEvent | null,
  body: EventBody,
  options: WriteOptions,
  kept: EventFields | null = null,
) {
  const existing = event?.fields;
  const choose = <T>(isKnown: boolean, given: T | null | undefined, had: T | undefined, stays: T | undefined) => {
    if (!isKnown) return had;
    return given === undefined ? stays : (given ?? undefined);
  };
  const { supportsAttachments, eventLabelVersion, conferenceDataVersion } = options;
  const attachments = existing?.attachments as EventBody['attachments'];
  const isTold = conferenceDataVersion >= 1 && body.conferenceData;
  const conference = isTold
    ? changeConference(existing?.conferenceData, isTold, conferenceTypesOf(calendar))
    : (body.conferenceData as null | undefined);
  return {
    attachments: choose(supportsAttachments, body.attachments, attachments, kept ? attachments : undefined),
    eventLabelId: choose(eventLabelVersion >= 1, body.eventLabelId, existing?.eventLabelId, kept?.eventLabelId),
    colorId: choose(eventLabelVersion < 1, body.colorId, existing?.colorId, kept?.colorId),
    conferenceData: choose(conferenceDataVersion >= 1, conference, existing?.conferenceData, kept?.conferenceData),
    attendees: body.attendeesOmitted
      ? withOwnAnswer(calendar, existing?.attendees, body.attendees ?? [])
      : choose(true, body.attendees, existing?.attendees, kept?.attendees),
  };
}

/** With `attendeesOmitted` the list is not the whole list: it can only carry one's own answer. */
function withOwnAnswer(
  calendar: Calendar,
  existing: EventFields['attendees'],
  given: NonNullable<EventBody['attendees']>,
) {
  const own = given.find(({ email }) => email === calendar.id);
  return existing?.map((attendee) =>
    attendee.email === calendar.id && own?.responseStatus
      ? { ...attendee, responseStatus: own.responseStatus, ...(own.comment !== undefined && { comment: own.comment }) }
      : attendee,
  );
}
