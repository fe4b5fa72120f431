import type { BookingFacts } from '../bookings/index.js';
import { ProviderError } from '../integrations/index.js';
import type { CalendlyUris } from './calendly.uris.js';
import type { InviteeWire, ScheduledEventWire } from './calendly.wire.js';

/** Changes whenever the event or one of its invitees may have: what a pass compares before it asks for invitees. */
export function toMark(event: ScheduledEventWire): string {
  const { total, active } = event.invitees_counter;
  return [event.updated_at.toISOString(), event.status, total, active].join('|');
}

/**
 * One invitee of one event. `toldAt` is when Calendly says so: the moment of a delivery. An answer to a question has no
 * such moment; it knows what was true at the last change it shows.
 */
export function toBookingFacts(
  uris: CalendlyUris,
  event: ScheduledEventWire,
  invitee: InviteeWire,
  toldAt: Date | null = null,
): BookingFacts {
  const externalId = uris.inviteeIdOf(invitee.uri);
  const externalEventId = uris.idOf('scheduled_events', event.uri);
  if (externalId === null || externalEventId === null || !isOf(externalId, externalEventId)) {
    throw new ProviderError({ kind: 'contract' });
  }
  const updatedAt = event.updated_at > invitee.updated_at ? event.updated_at : invitee.updated_at;
  const markedAt = invitee.no_show?.created_at ?? null;
  return {
    externalEventId,
    externalId,
    status: toStatus(invitee),
    eventType: event.event_type ?? null,
    eventName: event.name,
    startsAt: event.start_time,
    endsAt: event.end_time,
    location: event.location ?? null,
    joinUrl: toJoinUrl(event.location?.join_url),
    invitee: {
      name: invitee.name,
      ...toNames(invitee),
      email: invitee.email ?? null,
      phone: toPhone(event, invitee),
      timeZone: invitee.timezone ?? null,
    },
    questions: (invitee.questions_and_answers ?? []).toSorted((left, right) => left.position - right.position),
    tracking: invitee.tracking ?? {},
    cancellation: invitee.cancellation
      ? { by: invitee.cancellation.canceler_type ?? null, reason: invitee.cancellation.reason ?? null }
      : null,
    noShow: { at: markedAt, knownAt: toldAt ?? markedAt ?? updatedAt },
    previousExternalId: toLink(uris, invitee.old_invitee),
    nextExternalId: toLink(uris, invitee.new_invitee),
    providerCreatedAt: invitee.created_at,
    providerUpdatedAt: updatedAt,
  };
}

/** An invitee is found under its event; the id of one says whose it is. */
export function isOf(externalId: string, externalEventId: string): boolean {
  return externalId.startsWith(`${externalEventId}/`);
}

/** A move cancels the old invitee and says so; there is no status of its own for it. */
function toStatus({ status, rescheduled }: InviteeWire): BookingFacts['status'] {
  if (status === 'active') return 'active';
  return rescheduled ? 'moved' : 'canceled';
}

function toLink(uris: CalendlyUris, uri: string | null | undefined): string | null {
  return uri ? uris.inviteeIdOf(uri) : null;
}

/** Both parts are null when the booking form has one field for the name: then the first word is the first name. */
export function toNames({ name, first_name, last_name }: Pick<InviteeWire, 'name' | 'first_name' | 'last_name'>): {
  firstname: string;
  lastname: string;
} {
  if (first_name || last_name) return { firstname: first_name ?? '', lastname: last_name ?? '' };
  const [firstname = '', ...rest] = name.trim().split(/\s+/);
  return { firstname, lastname: rest.join(' ') };
}

function toPhone({ location }: ScheduledEventWire, { text_reminder_number }: InviteeWire): string | null {
  if (text_reminder_number) return text_reminder_number;
  return location?.type === 'outbound_call' ? (location.location ?? null) : null;
}

function toJoinUrl(link: string | null | undefined): string | null {
  return link && /^https?:\/\//i.test(link) && URL.canParse(link) ? link : null;
}
