import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { CalendarChange } from './calendar-provider.js';
import { CopyWatch } from './copy-watch.js';
import type { EventFacts } from './event-facts.js';
import type { MirrorTarget, Removal } from './mirror-target.js';
import { type MirroredEvent, toMirroredEvent, toSetAsideEvent } from './mirrored-event.js';

export interface MirrorCounts {
  created: number;
  updated: number;
  unchanged: number;
  set_aside: number;
}

/** A removal as a person decides about it. */
export interface ListedRemoval {
  readonly kind: Removal['kind'];
  readonly id: string;
  readonly title: string | null;
  readonly starts_at: Date | null;
  readonly start_date: string | null;
}

/**
 * The picture of an external calendar that is kept here. Pages are written as they come, and nothing is taken away
 * while they do: what a reading finds missing is only marked with its id, and goes when the reading has ended well and
 * somebody has looked at how much that would be.
 */
@Injectable()
export class CalendarMirror {
  constructor(private readonly copies: CopyWatch) {}

  /** Writes one page. Repeating a page, or reading an item twice, changes nothing; the last one read wins. */
  async apply(tx: Transaction, target: MirrorTarget, changes: readonly CalendarChange[]): Promise<MirrorCounts> {
    const { events, setAside, removed, series } = sort(changes);
    const own = await this.copies.observe(tx, target, events);
    const others = target.imports ? events.filter(({ externalId }) => !own.has(externalId)) : [];
    const rows = [...others.map(toMirroredEvent), ...(target.imports ? setAside : [])];
    for (const { seriesId, occurrences } of series) {
      await this.markLeftOut(tx, target, seriesId, occurrences);
    }
    await this.markRemoved(tx, target, removed);
    return await this.put(tx, target, rows);
  }

  /** After a full reading: what stands in the window and was not seen. Rows outside of it are history, and stay. */
  async markUnseen(tx: Transaction, target: MirrorTarget, window: { from: Date; to: Date }): Promise<void> {
    await tx.execute(
      `UPDATE calendar_events SET removal_run_id = $4, removal_is_certain = false
       WHERE organization_id = $1 AND integration_id = $2 AND calendar_id = $3
         AND status <> 'cancelled' AND seen_run_id IS DISTINCT FROM $4
         AND (set_aside_reason IS NOT NULL
           OR (NOT all_day AND ends_at > $5 AND starts_at < $6)
           OR (all_day AND end_date > ($5::timestamptz AT TIME ZONE 'UTC')::date + 1
                       AND start_date < ($6::timestamptz AT TIME ZONE 'UTC')::date - 1))`,
      [tx.organizationId, target.integrationId, target.calendarId, target.runId, window.from, window.to],
    );
    await this.copies.markUnseen(tx, target, window);
  }

  /** What a good reading leaves to be asked about. */
  async lookAfterCopies(tx: Transaction, target: MirrorTarget): Promise<void> {
    await this.copies.settleNeverSeen(tx, target);
  }

  /** Everything a reading would remove, the uncertain first. */
  async listRemovals(tx: Transaction, runId: string): Promise<Removal[]> {
    const events = await tx.query<Omit<Removal, 'kind'>>(
      `SELECT id, external_id, removal_is_certain AS is_certain FROM calendar_events
       WHERE organization_id = $1 AND removal_run_id = $2 ORDER BY removal_is_certain, id`,
      [tx.organizationId, runId],
    );
    const copies = await this.copies.listRemovals(tx, runId);
    return [...events.map((event) => ({ kind: 'event' as const, ...event })), ...copies];
  }

  /** How many events of the calendar are live here, copies included: what a removal is measured against. */
  async countLive(tx: Transaction, { integrationId, calendarId }: MirrorTarget): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT (SELECT count(*) FROM calendar_events
               WHERE organization_id = $1 AND integration_id = $2 AND calendar_id = $3 AND status <> 'cancelled')::int
            + (SELECT count(*) FROM copies
               WHERE organization_id = $1 AND integration_id = $2 AND state = 'synced')::int AS count`,
      [tx.organizationId, integrationId, calendarId],
    );
    return row?.count ?? 0;
  }

  /** Carries out what a reading found: events become cancelled, never deleted; copies are looked at one by one. */
  async applyRemovals(tx: Transaction, runId: string): Promise<number> {
    const { count } = await tx.execute(
      `UPDATE calendar_events SET status = 'cancelled', removal_run_id = NULL, updated_at = now()
       WHERE organization_id = $1 AND removal_run_id = $2`,
      [tx.organizationId, runId],
    );
    return count + (await this.copies.settleRemovals(tx, runId));
  }

  /** By time; titles only for the person whose calendar it is. */
  describeRemovals(
    tx: Transaction,
    runId: string,
    { withTitles, limit }: { withTitles: boolean; limit: number },
  ): Promise<ListedRemoval[]> {
    return tx.query<ListedRemoval>(
      `SELECT 'event' AS kind, id, CASE WHEN $3 THEN title END AS title, starts_at, start_date::text AS start_date
       FROM calendar_events WHERE organization_id = $1 AND removal_run_id = $2
       UNION ALL
       SELECT 'copy', c.session_id, CASE WHEN $3 THEN c.base->>'title' END, s.starts_at, NULL
       FROM copies c JOIN formation_sessions s ON s.id = c.session_id
       WHERE c.organization_id = $1 AND c.removal_run_id = $2
       ORDER BY starts_at, start_date, id LIMIT $4`,
      [tx.organizationId, runId, withTitles, limit],
    );
  }

  /** Everything stays. */
  async dropRemovals(tx: Transaction, runId: string): Promise<void> {
    for (const table of ['calendar_events', 'copies']) {
      await tx.execute(`UPDATE ${table} SET removal_run_id = NULL WHERE organization_id = $1 AND removal_run_id = $2`, [
        tx.organizationId,
        runId,
      ]);
    }
  }

  /** The marks of an earlier reading that nobody agreed to become those of a newer one. */
  async adoptRemovals(tx: Transaction, formerRunId: string, runId: string): Promise<void> {
    for (const table of ['calendar_events', 'copies']) {
      await tx.execute(`UPDATE ${table} SET removal_run_id = $3 WHERE organization_id = $1 AND removal_run_id = $2`, [
        tx.organizationId,
        formerRunId,
        runId,
      ]);
    }
  }

  /** Another calendar was chosen, or importing was switched off: the picture of the former one is of no use. */
  async forget(tx: Transaction, integrationId: string): Promise<number> {
    const { count } = await tx.execute(
      `DELETE FROM calendar_events WHERE organization_id = $1 AND integration_id = $2`,
      [tx.organizationId, integrationId],
    );
    return count;
  }

  private async put(tx: Transaction, target: MirrorTarget, rows: readonly MirroredEvent[]): Promise<MirrorCounts> {
    const counts = { created: 0, updated: 0, unchanged: 0, set_aside: 0 };
    if (rows.length === 0) return counts;
    const written = await tx.query<{ outcome: 'created' | 'updated' | 'unchanged'; set_aside: boolean; count: number }>(
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($5::jsonb) AS given (
           id uuid, external_id text, ical_uid text, series_id text, original_start text, title text, description text,
           location text, all_day boolean, starts_at timestamptz, ends_at timestamptz, start_date date, end_date date,
           time_zone text, status text, visibility text, is_busy boolean, attendees jsonb, html_link text,
           join_url text, etag text, provider_updated_at timestamptz, set_aside_reason text, content_hash text)
       ), known AS (
         SELECT e.external_id, encode(e.content_hash, 'hex') = given.content_hash AND e.status <> 'cancelled' AS is_same
         FROM given JOIN calendar_events e
           ON e.integration_id = $2 AND e.calendar_id = $3 AND e.external_id = given.external_id
       ), put AS (
         INSERT INTO calendar_events (
           id, organization_id, integration_id, calendar_id, seen_run_id, external_id, ical_uid, series_id,
           original_start, title, description, location, all_day, starts_at, ends_at, start_date, end_date, time_zone,
           status, visibility, is_busy, attendees, html_link, join_url, etag, provider_updated_at, set_aside_reason,
           content_hash)
         SELECT id, $1, $2, $3, $4, external_id, ical_uid, series_id, original_start, title, description, location,
                all_day, starts_at, ends_at, start_date, end_date, time_zone, status, visibility, is_busy, attendees,
                html_link, join_url, etag, provider_updated_at, set_aside_reason, decode(content_hash, 'hex')
         FROM given
         ON CONFLICT (integration_id, calendar_id, external_id) DO UPDATE SET
           seen_run_id = excluded.seen_run_id, removal_run_id = NULL, ical_uid = excluded.ical_uid,
           series_id = excluded.series_id, original_start = excluded.original_start, title = excluded.title,
           description = excluded.description, location = excluded.location, all_day = excluded.all_day,
           starts_at = excluded.starts_at, ends_at = excluded.ends_at, start_date = excluded.start_date,
           end_date = excluded.end_date, time_zone = excluded.time_zone, status = excluded.status,
           visibility = excluded.visibility, is_busy = excluded.is_busy, attendees = excluded.attendees,
           html_link = excluded.html_link, join_url = excluded.join_url, etag = excluded.etag,
           provider_updated_at = excluded.provider_updated_at, set_aside_reason = excluded.set_aside_reason,
           updated_at = CASE WHEN calendar_events.content_hash = excluded.content_hash
                              AND calendar_events.status <> 'cancelled'
                             THEN calendar_events.updated_at ELSE now() END,
           content_hash = excluded.content_hash
         WHERE calendar_events.organization_id = $1
         RETURNING external_id, set_aside_reason IS NOT NULL AS set_aside
       )
       SELECT CASE WHEN known.is_same IS NULL THEN 'created' WHEN known.is_same THEN 'unchanged' ELSE 'updated' END
                AS outcome, put.set_aside, count(*)::int AS count
       FROM put LEFT JOIN known USING (external_id)
       GROUP BY 1, 2`,
      [tx.organizationId, target.integrationId, target.calendarId, target.runId, JSON.stringify(lastOfEach(rows))],
    );
    for (const { outcome, set_aside, count } of written) {
      counts[outcome] += count;
      if (set_aside) counts.set_aside += count;
    }
    return counts;
  }

  /** Occurrences of a series that its provider no longer lists have gone, whatever became of them. */
  private async markLeftOut(
    tx: Transaction,
    target: MirrorTarget,
    seriesId: string,
    occurrences: readonly EventFacts[],
  ): Promise<void> {
    await tx.execute(
      `UPDATE calendar_events SET removal_run_id = $4, removal_is_certain = true
       WHERE organization_id = $1 AND integration_id = $2 AND calendar_id = $3 AND series_id = $5
         AND status <> 'cancelled' AND external_id <> ALL ($6)`,
      [
        tx.organizationId,
        target.integrationId,
        target.calendarId,
        target.runId,
        seriesId,
        occurrences.map(({ externalId }) => externalId),
      ],
    );
  }

  /** A series that goes takes its occurrences with it. */
  private async markRemoved(
    tx: Transaction,
    target: MirrorTarget,
    removed: readonly { externalId: string; isCertain: boolean }[],
  ): Promise<void> {
    if (removed.length === 0) return;
    await tx.execute(
      `UPDATE calendar_events e SET removal_run_id = $4, removal_is_certain = gone.is_certain
       FROM jsonb_to_recordset($5::jsonb) AS gone (external_id text, is_certain boolean)
       WHERE e.organization_id = $1 AND e.integration_id = $2 AND e.calendar_id = $3 AND e.status <> 'cancelled'
         AND (e.external_id = gone.external_id OR e.series_id = gone.external_id)`,
      [
        tx.organizationId,
        target.integrationId,
        target.calendarId,
        target.runId,
        JSON.stringify(
          removed.map(({ externalId, isCertain }) => ({ external_id: externalId, is_certain: isCertain })),
        ),
      ],
    );
    await this.copies.markRemoved(
      tx,
      target,
      removed.map(({ externalId }) => externalId),
    );
  }
}

/** A page by kinds, with the last word on each event: the same one may be listed, changed and removed in one round. */
function sort(changes: readonly CalendarChange[]) {
  const events = new Map<string, EventFacts>();
  const setAside = new Map<string, MirroredEvent>();
  const removed = new Map<string, { externalId: string; isCertain: boolean }>();
  const series: { seriesId: string; occurrences: readonly EventFacts[] }[] = [];
  const forget = (externalId: string) => {
    for (const map of [events, setAside, removed]) map.delete(externalId);
  };
  for (const change of changes) {
    switch (change.kind) {
      case 'event':
        forget(change.facts.externalId);
        events.set(change.facts.externalId, change.facts);
        break;
      case 'series':
        series.push(change);
        for (const facts of change.occurrences) {
          forget(facts.externalId);
          events.set(facts.externalId, facts);
        }
        break;
      case 'removed':
        forget(change.externalId);
        removed.set(change.externalId, change);
        break;
      case 'set-aside':
        forget(change.externalId);
        setAside.set(change.externalId, toSetAsideEvent(change.externalId, change.reason));
        break;
    }
  }
  return { events: [...events.values()], setAside: [...setAside.values()], removed: [...removed.values()], series };
}

/** One statement may touch a row once. */
function lastOfEach(rows: readonly MirroredEvent[]): MirroredEvent[] {
  return [...new Map(rows.map((row) => [row.external_id, row])).values()];
}
