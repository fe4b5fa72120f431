import { Injectable } from '@nestjs/common';
import {
  type BookingFacts,
  BookingMerge,
  type BookingProvider,
  type EventPage,
  type ListedEvent,
  type MergeCounts,
  type MergeTarget,
  targetOf,
} from '../bookings/index.js';
import { type Integration, TokenVault } from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Realtime } from '../realtime/index.js';
import { ReadMarks } from './read-marks.js';
import { isTakeover, NO_COUNTS, readsChanges, type RunWithSteps, type SyncCounts, type SyncRun } from './sync-run.js';
import { SyncRuns } from './sync-runs.js';
import { lastCall, type StepCounts } from './sync-steps.js';

/** Events whose invitees are read and merged in one go: what a cut loses at most, and what a rate limit can cost. */
const BATCH = 25;

/** A provider whose paging runs in circles is stopped here. */
const MAX_PAGES = 2_000;

/**
 * One reading of one connection: page by page through the window, asking for invitees only where an event's mark has
 * moved. Every batch commits its bookings, its marks and the run's counts together, so that a later failure keeps what
 * came before it and a repeated run skips it.
 */
@Injectable()
export class BookingPass {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: TokenVault,
    private readonly merge: BookingMerge,
    private readonly marks: ReadMarks,
    private readonly runs: SyncRuns,
    private readonly realtime: Realtime,
  ) {}

  async read(
    run: RunWithSteps,
    integration: Integration,
    provider: BookingProvider,
    signal: AbortSignal,
  ): Promise<SyncCounts> {
    const scope = { organizationId: run.organization_id };
    const changedSince = await this.findSince(run, provider);
    const window = { from: run.window_start, to: run.window_end, ...(changedSince && { changedSince }) };
    const target = takeoverTarget(run, integration, provider);
    const progress = { counts: { ...NO_COUNTS, ...run.counts, expected: undefined }, calls: run.provider_calls };

    // Pages of one list are no pages of the other.
    let pageToken = changedSince === null && readsChanges(run) && isTeller(provider) ? null : run.page_token;
    for (let page = 1; ; page += 1) {
      if (page > MAX_PAGES) throw new Error(`A window of more than ${MAX_PAGES} pages`);
      signal.throwIfAborted();
      const current = pageToken;
      const listed = await this.vault.withAccess(scope, integration.id, (access) =>
        provider.listEvents(access, window, current),
      );
      progress.calls += listed.calls;
      const called = lastCall();
      const before = { ...progress.counts };
      const seen = progress.counts.listed + listed.events.length;
      for (const batch of await this.findMoved(scope, integration.id, listed)) {
        signal.throwIfAborted();
        const facts = await this.readInvitees(scope, integration.id, provider, batch);
        progress.calls += batch.length;
        progress.counts.read += batch.length;
        await this.runs.write(run, async (tx) => {
          add(progress.counts, await this.merge.apply(tx, target, facts));
          await this.marks.put(tx, integration.id, batch);
          // The token still names this page: its remaining events are found again by their marks.
          await this.runs.saveProgress(tx, run, {
            ...progress,
            counts: { ...progress.counts, expected: seen },
            pageToken: current,
          });
          await this.publishProgress(tx, run, { ...progress.counts, listed: seen });
        });
      }
      // Counted once the page is through: a page that was cut is listed again.
      progress.counts.listed = seen;
      const counts = { listed: listed.events.length, ...grown(before, progress.counts) };
      this.runs.note(run, { kind: 'page_read', page, counts, ...called });
      pageToken = listed.nextPageToken;
      await this.runs.write(run, (tx) => this.runs.saveProgress(tx, run, { ...progress, pageToken }));
      if (pageToken === null) return progress.counts;
    }
  }

  /** Since when changes are enough to read; null when everything is wanted. */
  private async findSince(run: RunWithSteps, provider: BookingProvider): Promise<Date | null> {
    if (!isTeller(provider) || !readsChanges(run)) {
      this.runs.noteStart(run, run.mode, run.full_reason);
      return null;
    }
    return await this.runs.write(run, async (tx) => {
      const found = await this.runs.findChangesSince(tx, run);
      if (found.since === null) {
        this.runs.noteStart(run, 'full', found.fullReason);
        await this.runs.restart(tx, run, found.fullReason);
      } else this.runs.noteStart(run, 'changes', null);
      return found.since;
    });
  }

  private async findMoved(scope: TenantScope, integrationId: string, page: EventPage): Promise<ListedEvent[][]> {
    const moved = await this.work.inOrganization(scope, (tx) => this.marks.findMoved(tx, integrationId, page.events));
    const events = page.events.filter(({ externalEventId }) => moved.has(externalEventId));
    return Array.from({ length: Math.ceil(events.length / BATCH) }, (_, index) =>
      events.slice(index * BATCH, (index + 1) * BATCH),
    );
  }

  private readInvitees(
    scope: TenantScope,
    integrationId: string,
    provider: BookingProvider,
    events: ListedEvent[],
  ): Promise<BookingFacts[]> {
    return this.vault.withAccess(scope, integrationId, async (access) => {
      const queue = [...events];
      const facts: BookingFacts[] = [];
      const reader = async () => {
        for (let event = queue.shift(); event; event = queue.shift()) {
          facts.push(...(await provider.readEvent(access, event)));
        }
      };
      await Promise.all(Array.from({ length: provider.profile.concurrency }, reader));
      return facts;
    });
  }

  private publishProgress(tx: Transaction, run: SyncRun, counts: SyncCounts): Promise<void> {
    const payload = { run_id: run.id, provider: run.provider, state: 'running', counts: { ...counts } };
    return this.realtime.publish(tx, { name: 'sync:progress', payload });
  }
}

function isTeller({ profile }: BookingProvider): boolean {
  return profile.listsChanges === true;
}

function takeoverTarget(run: SyncRun, integration: Integration, provider: BookingProvider): MergeTarget {
  // What was booked before the connection is taken over in silence; what is booked since is news even now.
  const quietBefore = isTakeover(run.trigger) ? integration.connected_at : null;
  return { ...targetOf(provider, integration.id), quietBefore };
}

function add(counts: SyncCounts, merged: MergeCounts): void {
  counts.created += merged.created;
  counts.updated += merged.updated;
  counts.unchanged += merged.unchanged;
  counts.prospects_created += merged.prospects_created;
}

/** What was added to the counts of the whole reading. */
function grown(before: SyncCounts, now: SyncCounts): StepCounts {
  return {
    read: now.read - before.read,
    created: now.created - before.created,
    updated: now.updated - before.updated,
    unchanged: now.unchanged - before.unchanged,
  };
}
