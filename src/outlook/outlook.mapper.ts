import type {
  AttendeeResponse,
  CalendarChange,
  CalendarChoice,
  EventAttendee,
  EventContent,
  EventDraft,
  EventFacts,
  Guest,
  SetAsideReason,
} from '../calendars/index.js';
import { OUTLOOK } from './outlook.profile.js';
import { toTimes, toWireTimes } from './outlook.times.js';
import type { AttendeeWire, CalendarWire, ChangeWire, EventWire } from './outlook.wire.js';

export function toCalendarChoice({ id, name, isDefaultCalendar, canEdit }: CalendarWire): CalendarChoice {
  return {
    id,
    name: name || 'Calendar',
    // The mailbox has a zone, its calendars have none.
    timeZone: null,
    isPrimary: isDefaultCalendar === true,
    canWrite: canEdit === true,
  };
}

/** The series that an item of a page belongs to or is; null for a single event, and where nothing is told but an id. */
export function seriesIdOf({ '@removed': removed, type, id, seriesMasterId }: ChangeWire): string | null {
  if (removed) return null;
  return type === 'seriesMaster' ? id : (seriesMasterId ?? null);
}

/** What a page says of a single event, or of one that is gone. */
export function toChange(item: ChangeWire, ownAddresses: readonly string[]): CalendarChange {
  // Of what has left the window Graph says the very same as of what was deleted.
  if (item['@removed']) return { kind: 'removed', externalId: item.id, isCertain: false };
  // A meeting that its organizer called off stays in the calendars of those who were invited.
  if (item.isCancelled) return { kind: 'removed', externalId: item.id, isCertain: true };
  const facts = toFacts(item, ownAddresses);
  return typeof facts === 'string'
    ? { kind: 'set-aside', externalId: item.id, reason: facts }
    : { kind: 'event', facts };
}

/** A series as its occurrences stand, all of them that were asked for. */
export function toSeriesChanges(
  seriesId: string,
  instances: readonly EventWire[],
  ownAddresses: readonly string[],
): CalendarChange[] {
  const changes = instances
    .filter(({ isCancelled }) => !isCancelled)
    .map((event) => toChange({ ...event, seriesMasterId: seriesId }, ownAddresses));
  const occurrences = changes.flatMap((change) => (change.kind === 'event' ? [change.facts] : []));
  return [{ kind: 'series', seriesId, occurrences }, ...changes.filter(({ kind }) => kind === 'set-aside')];
}

/** An event in our words, or why it cannot be placed in time. */
export function toFacts(event: EventWire, ownAddresses: readonly string[]): EventFacts | SetAsideReason {
  const times = toTimes(event);
  if (typeof times === 'string') return times;
  const isTentative = event.showAs === 'tentative';
  return {
    externalId: event.id,
    icalUid: event.iCalUId ?? null,
    seriesId: event.seriesMasterId ?? null,
    originalStart: event.seriesMasterId ? toOriginalStart(event) : null,
    times,
    title: textOf(event.subject),
    description: textOf(event.body?.content),
    location: textOf(event.location?.displayName),
    status: isTentative ? 'tentative' : 'confirmed',
    isPrivate: ['private', 'personal', 'confidential'].includes(event.sensitivity ?? ''),
    isBusy: event.showAs !== 'free',
    attendees: toAttendees(event, ownAddresses),
    htmlLink: toLink(event.webLink),
    joinUrl: toLink(event.onlineMeeting?.joinUrl) ?? toLink(event.onlineMeetingUrl),
    etag: event['@odata.etag'] ?? null,
    updatedAt: event.lastModifiedDateTime ?? null,
    copyId: markerOf(event),
    eventKey: event.transactionId ?? null,
  };
}

/** The marker, where the event was asked for with it. */
function markerOf({ singleValueExtendedProperties }: EventWire): string | null {
  const isMarker = ({ id }: { id: string }) => id.toLowerCase() === OUTLOOK.markerProperty.toLowerCase();
  return singleValueExtendedProperties?.find(isMarker)?.value ?? null;
}

/** An occurrence that nobody has moved stands where its series planned it. */
function toOriginalStart({ originalStart, start, type }: EventWire): string | null {
  if (originalStart) return originalStart.toISOString();
  return type === 'occurrence' ? (start?.dateTime ?? null) : null;
}

/** The organizer is named apart, and stands on the list of guests only in other people's mailboxes. */
function toAttendees(event: EventWire, ownAddresses: readonly string[]): EventAttendee[] {
  const organizer = toAddress(event.organizer);
  const isOwn = (email: string) => ownAddresses.includes(email.toLowerCase());
  const guests = (event.attendees ?? []).flatMap((attendee): EventAttendee[] => {
    const address = toAddress(attendee);
    if (address === null) return [];
    const isOrganizer = isSame(address.email, organizer?.email);
    return [
      {
        ...address,
        response: isOrganizer ? 'accepted' : toResponse(attendee.status?.response),
        isOrganizer,
        isSelf: isOwn(address.email) || (isOrganizer && event.isOrganizer === true),
      },
    ];
  });
  const isAlone = guests.length === 0 && event.isOrganizer !== false;
  if (organizer === null || isAlone || guests.some(({ isOrganizer }) => isOrganizer)) return guests;
  const isSelf = event.isOrganizer === true || isOwn(organizer.email);
  return [{ ...organizer, response: 'accepted', isOrganizer: true, isSelf }, ...guests];
}

type Addressed = Pick<NonNullable<EventWire['organizer']>, 'emailAddress'> | null | undefined;

function toAddress(person: Addressed): { email: string; name: string | null } | null {
  const email = person?.emailAddress?.address?.trim();
  return email ? { email, name: person?.emailAddress?.name || null } : null;
}

function toResponse(response: string | null | undefined): AttendeeResponse {
  switch (response) {
    case 'accepted':
    case 'organizer':
      return 'accepted';
    case 'declined':
      return 'declined';
    case 'tentativelyAccepted':
      return 'tentative';
    default:
      return 'none';
  }
}

/** The fields that are given and no others, as Graph takes them. */
export function toWireContent({
  title,
  description,
  location,
  times,
}: Partial<Pick<EventContent, 'title' | 'description' | 'location'>> & {
  times?: Pick<EventContent, 'startsAt' | 'endsAt' | 'timeZone'>;
}): Record<string, unknown> {
  return {
    ...(title !== undefined && { subject: title }),
    ...(description !== undefined && { body: { contentType: 'text', content: description ?? '' } }),
    ...(location !== undefined && { location: { displayName: location ?? '' } }),
    ...(times && { ...toWireTimes(times.startsAt, times.endsAt, times.timeZone), isAllDay: false }),
  };
}

/** A new event of ours. Without `attendees` nobody is invited, and Graph knows no other way to invite nobody. */
export function toWireDraft({ copyId, key, content, guests, notify }: EventDraft) {
  const { title, description, location } = content;
  return {
    ...toWireContent({
      title,
      ...(description !== null && { description }),
      ...(location !== null && { location }),
      times: content,
    }),
    transactionId: key,
    singleValueExtendedProperties: [{ id: OUTLOOK.markerProperty, value: copyId }],
    ...(notify && guests.length > 0 && { attendees: guests.map(toWireGuest) }),
  };
}

function toWireGuest({ email, name }: Guest) {
  return { type: 'required', emailAddress: { address: email, ...(name !== null && { name }) } };
}

/** The list as it was read, without those who are to go and with those who are not on it yet: others keep what they have. */
export function mergeGuests(
  present: readonly AttendeeWire[],
  { add, remove }: { add: readonly Guest[]; remove: readonly string[] },
): unknown[] {
  const addressOf = (attendee: AttendeeWire) => attendee.emailAddress?.address;
  const kept = present.filter((attendee) => !remove.some((email) => isSame(email, addressOf(attendee))));
  const added = add.filter(({ email }) => !kept.some((attendee) => isSame(email, addressOf(attendee))));
  return [...kept, ...added.map(toWireGuest)];
}

/**
 * The fields in which an event is not what a draft says. Exchange keeps a text as HTML and gives it back with line ends
 * and blanks of its own, which are no difference.
 */
export function differencesOf(
  { title, description, location, times }: EventFacts,
  content: EventContent,
): Parameters<typeof toWireContent>[0] {
  const isOnTime =
    !times.allDay &&
    times.startsAt.getTime() === content.startsAt.getTime() &&
    times.endsAt.getTime() === content.endsAt.getTime();
  return {
    ...(squeeze(title) !== squeeze(content.title) && { title: content.title }),
    ...(squeeze(description) !== squeeze(content.description) && { description: content.description }),
    ...(squeeze(location) !== squeeze(content.location) && { location: content.location }),
    ...(!isOnTime && { times: content }),
  };
}

function squeeze(text: string | null): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim();
}

function textOf(text: string | null | undefined): string | null {
  return text?.replaceAll('\r\n', '\n').trim() || null;
}

function toLink(link: string | null | undefined): string | null {
  return link && /^https?:\/\//i.test(link) && URL.canParse(link) ? link : null;
}

function isSame(one: string | null | undefined, other: string | null | undefined): boolean {
  return Boolean(one && other) && one?.toLowerCase() === other?.toLowerCase();
}
