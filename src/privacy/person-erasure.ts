import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../accounts/index.js';
import { FormationChanges } from '../formations/index.js';
import { OrganizationFeed } from '../notifications/index.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { sha256 } from '../platform/crypto/hashing.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ProspectChanges, rememberErasure } from '../prospects/index.js';
import { Realtime } from '../realtime/index.js';
import { demandNoMember, forgetFormerMember } from './membership.js';
import { findPerson, type Person } from './person.js';
import { IDENTIFYING, listTextColumns, type TextColumn } from './personal-columns.js';
import { listSealedTraces, PERSONAL_SEALED } from './sealed-traces.js';

/** How many rows of each kind no longer speak of the person. */
export type ErasureReport = Readonly<Record<string, number>>;

/** What stands where somebody was named. */
const INSTEAD = '[…]';

/**
 * Erases somebody from one organization, in steps that can be broken off and begun again: first wherever they are only
 * spoken of, and last where it stands who they are, because the search for the former needs the latter.
 *
 * Rows stay where others need them (an appointment took place, a mail was sent) and lose what they say of the person.
 * That somebody was erased is written into the trail without saying whom; a hash of the address keeps what providers
 * tell again of the past from coming back.
 */
@Injectable()
export class PersonErasure {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cipher: FieldCipher,
    private readonly feed: OrganizationFeed,
    private readonly realtime: Realtime,
    private readonly prospectChanges: ProspectChanges,
    private readonly formationChanges: FormationChanges,
    private readonly audit: AuditTrail,
  ) {}

  async erase(organizationId: string, address: string): Promise<ErasureReport> {
    const scope = { organizationId };
    const person = await this.work.inOrganization(scope, async (tx) => {
      const found = await findPerson(tx, address);
      await demandNoMember(tx, found.emailKey);
      // From here on nothing of the past comes back while the rest is looked through.
      await remember(tx, found.emailKey);
      return found;
    });
    const counts: Record<string, number> = {};
    await this.forgetSealed(organizationId, person, counts);
    await this.work.inOrganization(scope, (tx) => forgetNotifications(tx, person, counts));
    await this.forgetMentions(organizationId, person, counts, ({ table }) => !IDENTIFYING.has(table));
    await this.work.inOrganization(scope, (tx) => this.forgetIdentity(tx, person, counts));
    await this.forgetMentions(organizationId, person, counts, ({ table }) => IDENTIFYING.has(table));
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
    await this.work.inOrganization(scope, (tx) =>
      this.audit.record(tx, { actor: { type: 'system' }, action: 'person.erased', details: { rows } }),
    );
    return counts;
  }

  private async forgetSealed(organizationId: string, person: Person, counts: Record<string, number>): Promise<void> {
    for (const kind of PERSONAL_SEALED) {
      const ids: string[] = [];
      for await (const { id } of listSealedTraces(this.work, this.cipher, organizationId, person, kind)) ids.push(id);
      if (ids.length === 0) continue;
      await this.work.inOrganization({ organizationId }, (tx) => tx.execute(kind.forget, [organizationId, ids]));
      counts[kind.place] = ids.length;
    }
  }

  /** A column and a transaction at a time: none of them is long. */
  private async forgetMentions(
    organizationId: string,
    { pattern }: Person,
    counts: Record<string, number>,
    isMeant: (column: TextColumn) => boolean,
  ): Promise<void> {
    const columns = await this.work.inOrganization({ organizationId }, listTextColumns);
    const owned = await this.work.inOrganization({ organizationId }, listOwnedTables);
    for (const column of columns.filter(isMeant)) {
      const statement = mentionStatement(column, owned.has(column.table));
      if (statement === null) continue;
      const parameters = owned.has(column.table) ? [pattern, organizationId] : [pattern];
      const { count } = await this.work.inOrganization({ organizationId }, (tx) => tx.execute(statement, parameters));
      if (count > 0) counts[`${column.table}.${column.column}`] = count;
    }
  }

  private async forgetIdentity(tx: Transaction, person: Person, counts: Record<string, number>): Promise<void> {
    // After a merge that may be about to write about the same person, never in the midst of it.
    await this.feed.lock(tx);
    counts['bookings'] = await forgetBookings(tx, person);
    counts['prospects'] = await this.deleteProspects(tx, person);
    counts['formation_participants'] = await this.removeParticipants(tx, person);
    counts['users'] = await forgetFormerMember(tx, person.emailKey);
  }

  private async deleteProspects(tx: Transaction, { prospectIds }: Person): Promise<number> {
    for (const id of prospectIds) {
      await tx.execute('DELETE FROM prospects WHERE organization_id = $1 AND id = $2', [tx.organizationId, id]);
      await this.realtime.publish(tx, { name: 'prospect:deleted', payload: { id } });
      await this.prospectChanges.erased(tx, id);
    }
    return prospectIds.length;
  }

  /** Those who keep copies in calendars take the guest out of them, as after any other removal. */
  private async removeParticipants(tx: Transaction, { participantIds }: Person): Promise<number> {
    const formations = await tx.query<{ formation_id: string }>(
      `UPDATE formation_participants
       SET email = 'erased-' || id || '@erased.invalid', email_key = 'erased-' || id || '@erased.invalid', name = NULL,
         deleted_at = coalesce(deleted_at, now()), updated_at = now()
       WHERE organization_id = $1 AND id = ANY($2::uuid[]) RETURNING formation_id`,
      [tx.organizationId, participantIds],
    );
    for (const id of new Set(formations.map(({ formation_id }) => formation_id))) {
      await this.formationChanges.announce(tx, id);
    }
    return formations.length;
  }
}

async function remember(tx: Transaction, emailKey: string): Promise<void> {
  await rememberErasure(tx, emailKey);
  await tx.execute(
    `INSERT INTO erased_people (organization_id, email_hash) VALUES ($1, $2)
     ON CONFLICT (organization_id, email_hash) DO UPDATE SET erased_at = excluded.erased_at`,
    [tx.organizationId, sha256(emailKey)],
  );
}

/** When it was, and with which account, stays. */
async function forgetBookings(tx: Transaction, { bookingIds }: Person): Promise<number> {
  const { count } = await tx.execute(
    `UPDATE bookings SET invitee_name = '—', invitee_firstname = NULL, invitee_lastname = NULL, invitee_email = NULL,
       invitee_phone = NULL, invitee_timezone = NULL, questions = '[]', tracking = '{}', join_url = NULL,
       location = CASE WHEN location ? 'type' THEN jsonb_build_object('type', location->'type') END,
       cancellation = CASE WHEN cancellation IS NOT NULL
         THEN jsonb_build_object('by', cancellation->'by', 'reason', NULL) END,
       updated_at = now()
     WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
    [tx.organizationId, bookingIds],
  );
  return count;
}

/** What was told about the person stays as a line, of which only the kind can be read. */
async function forgetNotifications(tx: Transaction, person: Person, counts: Record<string, number>): Promise<void> {
  const { count } = await tx.execute(
    `UPDATE notifications SET message = $4
     WHERE organization_id = $1
       AND (meta->>'booking_id' = ANY($2::text[]) OR meta->>'prospect_id' = ANY($3::text[]))`,
    [tx.organizationId, person.bookingIds, person.prospectIds, INSTEAD],
  );
  counts['notifications'] = count;
}

async function listOwnedTables(tx: Transaction): Promise<Set<string>> {
  const rows = await tx.query<{ table_name: string }>(
    `SELECT table_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name = 'organization_id'`,
  );
  return new Set(rows.map(({ table_name }) => table_name));
}

/** `$1` the pattern, `$2` the organization where rows have one; null where rows belong to none and say nothing lasting. */
function mentionStatement({ table, column, type }: TextColumn, isOwned: boolean): string | null {
  const scope = isOwned ? 'organization_id = $2 AND ' : '';
  // Messages too long for a notification of the database, in transit between instances: kept for seconds.
  if (type === 'bytes') {
    return isOwned ? null : `DELETE FROM "${table}" WHERE encode("${column}", 'escape') ~* $1`;
  }
  // Without an owner: counters and the state of processes. Another organization's words are not ours to change.
  if (!isOwned) return null;
  if (table === 'calendar_events' && column === 'attendees') {
    return `UPDATE calendar_events SET attendees = coalesce((
              SELECT jsonb_agg(attendee ORDER BY place)
              FROM jsonb_array_elements(attendees) WITH ORDINALITY AS listed (attendee, place)
              WHERE attendee::text !~* $1), '[]')
            WHERE ${scope}attendees::text ~* $1`;
  }
  const replaced = `regexp_replace("${column}"::text, $1, '${INSTEAD}', 'gi')`;
  const value = {
    text: replaced,
    json: `${replaced}::jsonb`,
    list: `ARRAY(SELECT item FROM unnest("${column}") AS item WHERE item !~* $1)`,
  }[type];
  return `UPDATE "${table}" SET "${column}" = ${value} WHERE ${scope}"${column}"::text ~* $1`;
}
