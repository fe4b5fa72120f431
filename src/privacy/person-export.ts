import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { findPerson } from './person.js';
import { listSealedTraces, PERSONAL_SEALED } from './sealed-traces.js';

/** Everything one organization holds about somebody, by where it stands. */
export type PersonalData = Readonly<Record<string, readonly unknown[]>>;

/** `$1` the organization, then prospects, bookings, participants and the pattern. */
const SECTIONS: Readonly<Record<string, string>> = {
  prospects: `SELECT id, firstname, lastname, email, phone, status, source, created_at, updated_at
              FROM prospects WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
  notes: `SELECT source, happens_at, text, created_at FROM prospect_notes
          WHERE organization_id = $1 AND (prospect_id = ANY($2::uuid[]) OR text ~* $5) ORDER BY happens_at`,
  bookings: `SELECT provider, event_name, starts_at, ends_at, status, no_show_at, location, join_url, invitee_name,
               invitee_firstname, invitee_lastname, invitee_email, invitee_phone, invitee_timezone, questions, tracking,
               cancellation, provider_created_at
             FROM bookings WHERE organization_id = $1 AND id = ANY($3::uuid[]) ORDER BY starts_at`,
  notifications: `SELECT type, title, message, created_at FROM notifications
                  WHERE organization_id = $1 AND (meta->>'booking_id' = ANY($3::text[])
                    OR meta->>'prospect_id' = ANY($2::text[]) OR title ~* $5 OR message ~* $5) ORDER BY position`,
  trainings: `SELECT f.title, p.email, p.name, p.role, p.created_at, p.deleted_at AS removed_at
              FROM formation_participants p JOIN formations f ON f.id = p.formation_id
              WHERE p.organization_id = $1 AND p.id = ANY($4::uuid[]) ORDER BY p.created_at`,
  calendar_events: `SELECT e.title, e.starts_at, e.ends_at, e.start_date, e.end_date, e.status, own.attendee
                    FROM calendar_events e
                    LEFT JOIN LATERAL (
                      SELECT attendee FROM jsonb_array_elements(e.attendees) AS attendee WHERE attendee::text ~* $5 LIMIT 1
                    ) own ON true
                    WHERE e.organization_id = $1
                      AND (own.attendee IS NOT NULL OR concat_ws(' ', e.title, e.description, e.location) ~* $5)
                    ORDER BY e.starts_at`,
};

/** Says of what type each parameter is, also to the sections that have no use for it. */
const GIVEN = `WITH given AS (SELECT $1::uuid, $2::uuid[], $3::uuid[], $4::uuid[], $5::text) `;

/** Answers a person who asks what is known of them. Reads only. */
@Injectable()
export class PersonExport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cipher: FieldCipher,
  ) {}

  async export(organizationId: string, address: string): Promise<PersonalData> {
    const scope = { organizationId };
    const person = await this.work.inOrganization(scope, (tx) => findPerson(tx, address));
    const given = [organizationId, person.prospectIds, person.bookingIds, person.participantIds, person.pattern];
    const data: Record<string, unknown[]> = {};
    for (const [section, sql] of Object.entries(SECTIONS)) {
      data[section] = await this.work.inOrganization(scope, (tx) => tx.query(GIVEN + sql, given));
    }
    for (const kind of PERSONAL_SEALED) {
      const texts: unknown[] = [];
      for await (const { text } of listSealedTraces(this.work, this.cipher, organizationId, person, kind))
        texts.push(readable(text));
      data[kind.place] = texts;
    }
    return data;
  }
}

function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
