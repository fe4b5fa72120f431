import { Injectable } from '@nestjs/common';
import {
  CalendarMirror,
  type CalendarProvider,
  calendarSettingsOf,
  type ChangePage,
  lacking,
  type MirrorTarget,
  type Removal,
} from '../calendars/index.js';
import { type Integration, Integrations, ProviderError, TokenVault } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Realtime } from '../realtime/index.js';
import { type CalendarCursor, CalendarCursors } from './calendar-cursors.js';
import { CalendarReadings } from './calendar-readings.js';
import type { FullReason, SyncMode } from './sync-mode.js';
import { type CalendarCounts, NO_CALENDAR_COUNTS, type RunWithSteps } from './sync-run.js';
import { SyncRuns } from './sync-runs.js';
import { lastCall, saidBy } from './sync-steps.js';

/** A provider whose paging runs in circles is stopped here. */
const MAX_PAGES = 5_000;

/** How many doubtful removals are asked for one by one. Where all of these are true, the rest is believed. */
const MOST_QUESTIONS = 50;

/** Fewer removals than this are never stopped. */
const FREE_REMOVALS = 10;
const FREE_SHARE = 0.2;

const DAY_MS = 24 * 3_600_000;

/** How a reading of a calendar ended, with what is still to be written about it. */
export interface CalendarPassEnd {
  readonly counts: CalendarCounts;
  /** Null when it may be carried out; else how much would go, of how much. */
  readonly braked: { readonly removals: number; readonly live: number } | null;
  /** Writes the end: removals and cursor, or the brake. In the transaction in which the run ends. */
  readonly conclude: (tx: Transaction) => Promise<void>;
}

interface Reading {
  readonly run: RunWithSteps;
  readonly integration: Integration;
  readonly provider: CalendarProvider;
  readonly target: MirrorTarget;
  readonly cursor: CalendarCursor | null;
  mode: SyncMode;
  counts: CalendarCounts;
  calls: number;
}

/**
 * One reading of one calendar: everything in its window the first time, what has changed since the cursor from then on,
 * and everything again when the cursor is lost or its window has grown old. Each page commits with the run's progress.
 *
 * Nothing is removed on the way: what a page calls deleted, and what a full reading did not meet, is marked. At the end
 * the doubtful ones are asked for by name. More removals than a person would make in one go wait for that person. Only
 * then do removals and the new cursor become true, together: the cursor never claims what the rows do not show.
 */
@Injectable()
export class CalendarPass {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: TokenVault,
    private readonly integrations: Integrations,
    private readonly mirror: CalendarMirror,
    private readonly cursors: CalendarCursors,
    private readonly readings: CalendarReadings,
    private readonly runs: SyncRuns,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
  ) {}

  async read(
    run: RunWithSteps,
    integration: Integration,
    provider: CalendarProvider,
    signal: AbortSignal,
  ): Promise<CalendarPassEnd> {
    const missing = lacking(integration, provider.calendar.scopes.read);
    if (missing.length > 0) throw new ProviderError({ kind: 'insufficient-scope', missing });
    const reading = await this.begin(run, integration, provider);
    const nextCursor = await this.readPages(reading, signal);
    return await this.judge(reading, nextCursor, signal);
  }

  private async begin(run: RunWithSteps, integration: Integration, provider: CalendarProvider): Promise<Reading> {
    const scope = { organizationId: run.organization_id };
    const settings = calendarSettingsOf(integration);
    const calendarId = settings.calendarId ?? (await this.choosePrimary(scope, integration, provider));
    return await this.runs.write(run, async (tx) => {
      await this.readings.begin(tx, integration.id);
      const cursor = await this.cursors.find(tx, integration.id, calendarId);
      const isGood = cursor !== null && cursor.rebaseAt > this.clock.now();
      const isResumed = run.page_token !== null;
      const fullReason = isResumed ? run.full_reason : isGood ? null : whyFull(run, cursor);
      const mode = isResumed ? run.mode : isGood ? 'changes' : 'full';
      this.runs.noteStart(run, mode, fullReason);
      if (!isResumed) await this.runs.restart(tx, run, fullReason);
      return {
        run,
        integration,
        provider,
        target: { integrationId: integration.id, calendarId, runId: run.id, imports: settings.import },
        cursor,
        mode,
        counts: { ...NO_CALENDAR_COUNTS, ...(isResumed && run.counts) },
        calls: run.provider_calls,
      };
    });
  }

  /** A person who has not chosen means the calendar they see first. */
  private async choosePrimary(
    scope: TenantScope,
    integration: Integration,
    provider: CalendarProvider,
  ): Promise<string> {
    const calendars = await this.vault.withAccess(scope, integration.id, (access) => provider.listCalendars(access));
    const primary = calendars.find(({ isPrimary }) => isPrimary) ?? calendars[0];
    if (primary === undefined) throw new ProviderError({ kind: 'forbidden', reason: 'no-calendar' });
    await this.work.inOrganization(scope, (tx) =>
      this.integrations.update(tx, integration.id, { options: { calendar_id: primary.id } }),
    );
    return primary.id;
  }

  private async readPages(reading: Reading, signal: AbortSignal): Promise<string> {
    let pageToken = reading.run.page_token;
    // Of the list that is being read now, for the log.
    let number = 0;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      signal.throwIfAborted();
      const listed = await this.readPage(reading, pageToken);
      if (listed === null) {
        pageToken = null;
        number = 0;
        continue;
      }
      number += 1;
      await this.keep(reading, listed, number);
      if (listed.nextPageToken === null) {
        if (listed.nextCursor === null) throw new ProviderError({ kind: 'contract' });
        return listed.nextCursor;
      }
      if (listed.nextPageToken === pageToken) throw new ProviderError({ kind: 'contract' });
      pageToken = listed.nextPageToken;
    }
    throw new Error(`A calendar of more than ${MAX_PAGES} pages`);
  }

  /** Null when the provider has forgotten where we were: then everything is read, and nothing is taken for deleted. */
  private async readPage(reading: Reading, pageToken: string | null): Promise<ChangePage | null> {
    const { run, integration, provider, target } = reading;
    const scope = { organizationId: run.organization_id };
    const cursor = reading.mode === 'changes' ? reading.cursor : null;
    try {
      return await this.vault.withAccess(scope, integration.id, (access) =>
        provider.readChanges(access, {
          calendarId: target.calendarId,
          window: cursor ?? { from: run.window_start, to: run.window_end },
          cursor: cursor?.value ?? null,
          pageToken,
        }),
      );
    } catch (error) {
      const isExpired = error instanceof ProviderError && error.failure.kind === 'cursor-expired';
      // A first page that is not known either is not ours to solve.
      if (!isExpired || (reading.mode === 'full' && pageToken === null)) throw error;
      reading.calls += 1;
      const why = reading.mode === 'changes' ? 'cursor_expired' : 'page_expired';
      reading.mode = 'full';
      this.runs.note(run, { kind: 'restarted', full_reason: why, ...saidBy(error), ...lastCall() });
      await this.runs.write(run, (tx) => this.runs.restart(tx, run, run.full_reason ?? why));
      return null;
    }
  }

  private async keep(reading: Reading, page: ChangePage, number: number): Promise<void> {
    const { run, target, counts } = reading;
    reading.calls += page.calls;
    const called = lastCall();
    await this.runs.write(run, async (tx) => {
      const written = await this.mirror.apply(tx, target, page.changes);
      counts.listed += page.changes.length;
      counts.created += written.created;
      counts.updated += written.updated;
      counts.unchanged += written.unchanged;
      counts.set_aside += written.set_aside;
      const stepCounts = { listed: page.changes.length, ...written };
      this.runs.note(run, { kind: 'page_read', page: number, counts: stepCounts, ...called });
      await this.runs.saveProgress(tx, run, { counts, calls: reading.calls, pageToken: page.nextPageToken });
      await this.publishProgress(tx, reading);
    });
  }

  /** What is to go, whether that is believable, and what then follows. */
  private async judge(reading: Reading, nextCursor: string, signal: AbortSignal): Promise<CalendarPassEnd> {
    const { run, target, integration } = reading;
    const scope = { organizationId: run.organization_id };
    const window = { from: run.window_start, to: run.window_end };
    if (reading.mode === 'full') {
      await this.runs.write(run, (tx) => this.mirror.markUnseen(tx, target, window));
    }
    const found = await this.work.inOrganization(scope, async (tx) => ({
      removals: await this.mirror.listRemovals(tx, run.id),
      live: await this.mirror.countLive(tx, target),
    }));
    const limit = Math.max(FREE_REMOVALS, Math.floor(found.live * FREE_SHARE));
    const isTooMuch = found.removals.length > limit;
    const isDoubted = !isTooMuch && (await this.isDoubted(reading, found.removals, signal));
    const braked = isTooMuch || isDoubted ? { removals: found.removals.length, live: found.live } : null;
    return {
      counts: reading.counts,
      braked,
      conclude: async (tx) => {
        await this.readings.end(tx, integration.id);
        if (braked === null) {
          const removed = await this.mirror.applyRemovals(tx, run.id);
          reading.counts.removed += removed;
          if (removed > 0) this.runs.note(run, { kind: 'removals_applied', counts: { removed } });
          await this.mirror.lookAfterCopies(tx, target);
          await this.cursors.put(tx, integration.id, target.calendarId, this.nextPosition(reading, nextCursor));
          this.runs.note(run, { kind: 'cursor_kept' });
        } else {
          this.runs.note(run, { kind: 'approval_awaited', counts: braked });
        }
        const { counts, calls } = reading;
        await this.runs.saveProgress(tx, run, { counts, calls, pageToken: null });
      },
    };
  }

  /** Asks for the doubtful ones by name. What is still there is kept; if any is, the rest is not believed either. */
  private async isDoubted(reading: Reading, removals: readonly Removal[], signal: AbortSignal): Promise<boolean> {
    const { run, integration, provider, target } = reading;
    const scope = { organizationId: run.organization_id };
    const doubtful = removals.filter(({ is_certain }) => !is_certain);
    const asked = doubtful.slice(0, MOST_QUESTIONS);
    let alive = 0;
    for (const { external_id: externalId } of asked) {
      signal.throwIfAborted();
      const facts = await this.vault.withAccess(scope, integration.id, (access) =>
        provider.findEvent(access, target.calendarId, externalId),
      );
      reading.calls += 1;
      if (facts === null) continue;
      alive += 1;
      await this.runs.write(run, (tx) => this.mirror.apply(tx, target, [{ kind: 'event', facts }]));
    }
    if (asked.length > 0) {
      this.runs.note(run, { kind: 'removals_checked', counts: { read: asked.length, alive }, ...lastCall() });
    }
    return alive > 0 && doubtful.length > MOST_QUESTIONS;
  }

  private nextPosition({ mode, cursor, run, provider }: Reading, value: string): CalendarCursor {
    if (mode === 'changes' && cursor !== null) return { ...cursor, value };
    const rebaseAt = new Date(this.clock.now().getTime() + provider.calendar.rebaseDays * DAY_MS);
    return { value, from: run.window_start, to: run.window_end, rebaseAt };
  }

  private publishProgress(tx: Transaction, { run, counts, integration }: Reading): Promise<void> {
    const payload = { run_id: run.id, provider: run.provider, state: 'running', counts: { ...counts } };
    return this.realtime.publish(tx, { name: 'sync:progress', payload, userId: integration.user_id });
  }
}

/** Why there is no cursor to go on from. */
function whyFull({ full_reason: asked }: RunWithSteps, cursor: CalendarCursor | null): FullReason {
  return cursor === null ? (asked ?? 'first_import') : 'window_aged';
}
