import { Injectable } from '@nestjs/common';
import type { Organization } from '../accounts/index.js';
import { type Notification, Notifications, OrganizationFeed } from '../notifications/index.js';
import { Clock } from '../platform/clock/clock.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Jobs } from '../platform/jobs/index.js';
import { ProspectBook } from '../prospects/index.js';
import { type BookingChange, BookingChanges, type MergeEffects, toBookingChanges } from './booking-changes.js';
import type { BookingFacts } from './booking-facts.js';
import { joinBooking, sameBooking } from './booking-join.js';
import { bookingNews } from './booking-news.js';
import { findPairWaits, linkPairs, type PairWaits } from './booking-pairs.js';
import { noteText, type TextSetting } from './booking-texts.js';
import { type BookingRow, toColumns, toFacts } from './booking.row.js';
import type { MergedBooking, MergeTarget } from './merged-booking.js';
import { UnnamedBookings } from './unnamed-bookings.js';

/** How long one half of a move waits for the other before it is told alone. */
export const PAIR_PATIENCE_SECONDS = 120;

export const COMPLETE_PAIRS = 'bookings.complete-pairs';

export interface MergeCounts {
  created: number;
  updated: number;
  unchanged: number;
  prospects_created: number;
}

export interface MergeOutcome extends MergeCounts {
  /** Of every booking that the facts spoke of, and of those that changed along with them. */
  changes: readonly BookingChange[];
}

/**
 * Takes facts from any source into bookings, prospects, notes and notifications, in the caller's transaction. Nothing
 * here depends on the order of arrival: rows are joined (see `joinBooking`), and what people are told follows from how a
 * row changed, never from the delivery that changed it.
 */
@Injectable()
export class BookingMerge {
  constructor(
    private readonly feed: OrganizationFeed,
    private readonly prospects: ProspectBook,
    private readonly notifications: Notifications,
    private readonly jobs: Jobs,
    private readonly changes: BookingChanges,
    private readonly unnamed: UnnamedBookings,
    private readonly clock: Clock,
  ) {}

  async apply(tx: Transaction, target: MergeTarget, facts: readonly BookingFacts[]): Promise<MergeOutcome> {
    // One merge per organization at a time: the rows below are read, joined and written without a second look.
    const organization = await this.feed.lock(tx);
    await this.unnamed.adopt(tx, target.integrationId, facts);
    const merged = await this.join(tx, target, facts);
    const changed = [...merged.values()].filter(({ before, after }) => before === null || !sameBooking(before, after));
    const counts = countChanges(merged, changed);
    const asked = new Set(facts.map(({ externalId }) => externalId));
    if (changed.length === 0) return { ...counts, changes: toBookingChanges(asked, merged, NO_EFFECTS) };

    const created = await this.assignProspects(tx, target, changed);
    await this.store(tx, target, changed);
    const setting = textSetting(organization, target);
    const noted = withPredecessors(changed, merged);
    const touched = await this.writeNotes(tx, target, merged, noted, setting);
    const notifications = await this.tell(tx, target, merged, changed, setting);
    await this.announce(tx, noted, created, touched);
    await this.waitForPairs(tx, target, findPairWaits(merged));
    const effects = { changed, prospectsCreated: created, prospectsTouched: new Set(touched), notifications };
    const changes = toBookingChanges(asked, merged, effects);
    await this.changes.changed(tx, changes);
    return { ...counts, prospects_created: created.size, changes };
  }

  /** The bookings that the facts speak of, with their neighbours in chains of moves, joined. */
  private async join(
    tx: Transaction,
    target: MergeTarget,
    facts: readonly BookingFacts[],
  ): Promise<Map<string, MergedBooking>> {
    const named = new Set(
      facts.flatMap(({ externalId, previousExternalId, nextExternalId }) =>
        [externalId, previousExternalId, nextExternalId].filter((id) => id !== null),
      ),
    );
    const rows = await tx.query<BookingRow>(
      `SELECT * FROM bookings
       WHERE organization_id = $1 AND integration_id = $2
         AND (external_id = ANY($3) OR previous_external_id = ANY($3) OR next_external_id = ANY($3))
       FOR UPDATE`,
      [tx.organizationId, target.integrationId, [...named]],
    );
    const merged = new Map(rows.map((row) => [row.external_id, toMerged(row)]));
    for (const fact of facts) {
      const known = merged.get(fact.externalId);
      if (known) known.after = joinBooking(known.after, fact);
      else merged.set(fact.externalId, toNew(fact, target));
    }
    linkPairs(merged);
    return merged;
  }

  /** Gives every new booking its prospect; answers the ids of prospects that did not exist before. */
  private async assignProspects(tx: Transaction, target: MergeTarget, changed: MergedBooking[]): Promise<Set<string>> {
    const fresh = changed.filter(({ before }) => before === null);
    const found = await this.prospects.upsertFromBookings(
      tx,
      fresh.map(({ after }) => ({
        key: after.externalId,
        email: after.invitee.email,
        firstname: after.invitee.firstname ?? '',
        lastname: after.invitee.lastname ?? '',
        phone: after.invitee.phone,
        source: target.source,
        bookedAt: after.providerCreatedAt,
      })),
    );
    const created = new Set<string>();
    for (const booking of fresh) {
      const prospect = found.get(booking.after.externalId) ?? null;
      booking.prospectId = prospect?.id ?? null;
      if (prospect?.created) created.add(prospect.id);
    }
    return created;
  }

  private async store(tx: Transaction, target: MergeTarget, changed: MergedBooking[]): Promise<void> {
    const rows = changed.map(({ id, after, prospectId }) => ({ id, prospect_id: prospectId, ...toColumns(after) }));
    const columns = Object.keys(rows[0]!);
    await tx.query(
      `INSERT INTO bookings (organization_id, integration_id, provider, ${columns.join(', ')})
       SELECT $1, $2, $3, ${columns.map((column) => `new.${column}`).join(', ')}
       FROM jsonb_populate_recordset(NULL::bookings, $4::jsonb) new
       ON CONFLICT (integration_id, external_id) DO UPDATE
       SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}, updated_at = now()`,
      [tx.organizationId, target.integrationId, target.provider, JSON.stringify(rows)],
    );
  }

  private writeNotes(
    tx: Transaction,
    target: MergeTarget,
    merged: Map<string, MergedBooking>,
    noted: MergedBooking[],
    setting: TextSetting,
  ): Promise<string[]> {
    return this.prospects.putNotes(
      tx,
      noted.flatMap(({ after, prospectId, id }) =>
        prospectId === null
          ? []
          : {
              prospectId,
              source: target.source,
              sourceId: id,
              happensAt: after.startsAt,
              text: noteText(after, neighbour(after.nextExternalId, merged), setting),
            },
      ),
    );
  }

  private async tell(
    tx: Transaction,
    target: MergeTarget,
    merged: Map<string, MergedBooking>,
    changed: MergedBooking[],
    setting: TextSetting,
  ): Promise<Notification[]> {
    const news = changed
      .filter(({ quiet }) => !quiet)
      .flatMap((booking) => bookingNews(booking, merged, setting, target));
    return await this.notifications.tell(tx, news);
  }

  /** One half of a move is here: look for the other later, should it not come by itself. */
  private async waitForPairs(tx: Transaction, target: MergeTarget, { begun, ended }: PairWaits): Promise<void> {
    if (begun.length + ended.length === 0) return;
    const runAt = new Date(this.clock.now().getTime() + PAIR_PATIENCE_SECONDS * 1_000);
    await tx.query(
      `UPDATE bookings SET pair_due_at = CASE WHEN id = ANY($2::uuid[]) THEN $3::timestamptz END
       WHERE organization_id = $1 AND id = ANY($2::uuid[] || $4::uuid[])`,
      [tx.organizationId, begun.map(({ id }) => id), runAt, ended.map(({ id }) => id)],
    );
    if (begun.length === 0) return;
    const payload = { organizationId: tx.organizationId, integrationId: target.integrationId };
    await this.jobs.enqueue(tx, COMPLETE_PAIRS, payload, { runAt });
  }

  private async announce(
    tx: Transaction,
    noted: MergedBooking[],
    created: Set<string>,
    touched: string[],
  ): Promise<void> {
    const loud = new Set(noted.filter(({ quiet }) => !quiet).map(({ prospectId }) => prospectId));
    await this.prospects.announce(tx, {
      created: [...created].filter((id) => loud.has(id)),
      updated: touched.filter((id) => loud.has(id) && !created.has(id)),
    });
  }
}

const NO_EFFECTS: MergeEffects = {
  changed: [],
  prospectsCreated: new Set(),
  prospectsTouched: new Set(),
  notifications: [],
};

function toMerged(row: BookingRow): MergedBooking {
  const facts = toFacts(row);
  return {
    id: row.id,
    before: facts,
    after: facts,
    prospectId: row.prospect_id,
    pairDueAt: row.pair_due_at,
    quiet: false,
  };
}

function toNew(facts: BookingFacts, { quietBefore }: MergeTarget): MergedBooking {
  const quiet = quietBefore !== null && facts.providerCreatedAt < quietBefore;
  return { id: newId(), before: null, after: facts, prospectId: null, pairDueAt: null, quiet };
}

/** The note of a moved booking says where to, so that it is written again when its successor changes. */
function withPredecessors(changed: MergedBooking[], merged: Map<string, MergedBooking>): MergedBooking[] {
  const predecessors = changed.flatMap(({ after }) => merged.get(after.previousExternalId ?? '') ?? []);
  return [...new Set([...changed, ...predecessors])];
}

function neighbour(externalId: string | null, merged: Map<string, MergedBooking>): BookingFacts | null {
  return externalId === null ? null : (merged.get(externalId)?.after ?? null);
}

function textSetting(organization: Organization, target: MergeTarget): TextSetting {
  return { providerName: target.providerName, timeZone: organization.time_zone, locale: organization.locale };
}

function countChanges(merged: Map<string, MergedBooking>, changed: MergedBooking[]): MergeCounts {
  const created = changed.filter(({ before }) => before === null).length;
  return { created, updated: changed.length - created, unchanged: merged.size - changed.length, prospects_created: 0 };
}
