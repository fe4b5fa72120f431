import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { type Purge, purge } from './purge.js';
import { RetentionConfig } from './retention.config.js';

const AGE = `now() - make_interval(days => $1)`;

/**
 * Lets go of what is no longer needed. A delivery goes in two steps: first its body, which holds what people wrote; much
 * later the rest, which holds ids and codes, shows what it led to, and is the memory by which a repetition is known.
 */
@Injectable()
export class Retention {
  constructor(
    private readonly work: UnitOfWork,
    private readonly config: RetentionConfig,
    private readonly log: EventLog,
  ) {}

  async purge(signal: AbortSignal): Promise<Record<string, number>> {
    const startedAt = performance.now();
    const counts: Record<string, number> = {};
    for (const task of this.tasks()) counts[task.name] = await purge(this.work, task, signal);
    this.log.event('retention.purged', { ...counts, ms: Math.round(performance.now() - startedAt) });
    return counts;
  }

  private tasks(): Purge[] {
    const { bodyDays, deadDays, hashDays, doneDays } = this.config;
    return [
      {
        name: 'bodies',
        days: bodyDays,
        choose: `SELECT id FROM deliveries
                 WHERE body IS NOT NULL AND received_at < ${AGE} AND state IN ('processed', 'ignored')`,
        order: 'received_at',
        change: STRIP,
      },
      {
        name: 'dead_bodies',
        days: deadDays,
        choose: `SELECT id FROM deliveries WHERE body IS NOT NULL AND received_at < ${AGE} AND state = 'dead'`,
        order: 'received_at',
        change: STRIP,
      },
      {
        name: 'deliveries',
        days: hashDays,
        choose: `SELECT id FROM deliveries WHERE received_at < ${AGE}`,
        order: null,
        change: `DELETE FROM deliveries USING chosen WHERE deliveries.id = chosen.id`,
      },
      {
        // Of no use as a memory: nothing was read of them.
        name: 'rejected_deliveries',
        days: bodyDays,
        choose: `SELECT id FROM deliveries WHERE state = 'rejected' AND received_at < ${AGE}`,
        order: null,
        change: `DELETE FROM deliveries USING chosen WHERE deliveries.id = chosen.id`,
      },
      {
        name: 'replays',
        days: doneDays,
        choose: `SELECT id FROM replay_runs WHERE finished_at < ${AGE}`,
        order: null,
        change: `DELETE FROM replay_runs USING chosen WHERE replay_runs.id = chosen.id`,
      },
      {
        name: 'outbox',
        days: doneDays,
        choose: `SELECT id FROM outbox WHERE state = 'done' AND done_at < ${AGE}`,
        order: 'done_at',
        change: `DELETE FROM outbox USING chosen WHERE outbox.id = chosen.id`,
      },
      {
        name: 'dead_letters',
        days: doneDays,
        choose: `SELECT id FROM dead_letters WHERE state <> 'parked' AND resolved_at < ${AGE}`,
        order: 'resolved_at',
        change: `DELETE FROM dead_letters USING chosen WHERE dead_letters.id = chosen.id`,
      },
      {
        name: 'readings',
        days: doneDays,
        // One that waits for somebody's agreement has not finished.
        choose: `SELECT id FROM sync_runs
                 WHERE finished_at < ${AGE} AND state NOT IN ('queued', 'running', 'needs_approval')`,
        order: null,
        change: `DELETE FROM sync_runs USING chosen WHERE sync_runs.id = chosen.id`,
      },
    ];
  }
}

const STRIP = `UPDATE deliveries SET body = NULL, headers = '{}' FROM chosen WHERE deliveries.id = chosen.id`;
