import type { Answer, BookingFacts, BookingStatus, Cancellation } from './booking-facts.js';

/** A row of `bookings` as PostgreSQL returns it. */
export interface BookingRow {
  id: string;
  organization_id: string;
  integration_id: string;
  provider: string;
  external_event_id: string;
  external_id: string;
  event_type: string | null;
  event_name: string | null;
  starts_at: Date;
  ends_at: Date;
  location: Record<string, unknown> | null;
  join_url: string | null;
  status: BookingStatus;
  no_show_at: Date | null;
  no_show_known_at: Date;
  cancellation: Cancellation | null;
  invitee_name: string;
  invitee_firstname: string | null;
  invitee_lastname: string | null;
  invitee_email: string | null;
  invitee_phone: string | null;
  invitee_timezone: string | null;
  questions: Answer[];
  tracking: Record<string, string | null>;
  previous_external_id: string | null;
  next_external_id: string | null;
  prospect_id: string | null;
  provider_created_at: Date;
  provider_updated_at: Date;
  pair_due_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export function toFacts(row: BookingRow): BookingFacts {
  return {
    externalEventId: row.external_event_id,
    externalId: row.external_id,
    status: row.status,
    eventType: row.event_type,
    eventName: row.event_name,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    location: row.location,
    joinUrl: row.join_url,
    invitee: {
      name: row.invitee_name,
      firstname: row.invitee_firstname,
      lastname: row.invitee_lastname,
      email: row.invitee_email,
      phone: row.invitee_phone,
      timeZone: row.invitee_timezone,
    },
    questions: row.questions,
    tracking: row.tracking,
    cancellation: row.cancellation,
    noShow: { at: row.no_show_at, knownAt: row.no_show_known_at },
    previousExternalId: row.previous_external_id,
    nextExternalId: row.next_external_id,
    providerCreatedAt: row.provider_created_at,
    providerUpdatedAt: row.provider_updated_at,
  };
}

/** The columns that facts decide, by name, as one JSON object per row for `jsonb_to_recordset`. */
export function toColumns(facts: BookingFacts): Record<string, unknown> {
  return {
    external_event_id: facts.externalEventId,
    external_id: facts.externalId,
    status: facts.status,
    event_type: facts.eventType,
    event_name: facts.eventName,
    starts_at: facts.startsAt,
    ends_at: facts.endsAt,
    location: facts.location,
    join_url: facts.joinUrl,
    invitee_name: facts.invitee.name,
    invitee_firstname: facts.invitee.firstname,
    invitee_lastname: facts.invitee.lastname,
    invitee_email: facts.invitee.email,
    invitee_phone: facts.invitee.phone,
    invitee_timezone: facts.invitee.timeZone,
    questions: facts.questions,
    tracking: facts.tracking,
    cancellation: facts.cancellation,
    no_show_at: facts.noShow.at,
    no_show_known_at: facts.noShow.knownAt,
    previous_external_id: facts.previousExternalId,
    next_external_id: facts.nextExternalId,
    provider_created_at: facts.providerCreatedAt,
    provider_updated_at: facts.providerUpdatedAt,
  };
}
