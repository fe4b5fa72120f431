import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { SyncRun } from './sync-run.js';
import { RUN_COLUMNS } from './sync-runs.js';

/** The readings of a connection that say how it is. */
export interface CurrentReadings {
  /** Asked for or going on. */
  readonly underWay: SyncRun | null;
  /** Stopped until somebody agrees to what it would remove. */
  readonly awaiting: SyncRun | null;
}

/** What is going on with several connections, in one query. */
@Injectable()
export class ReadingOverview {
  async findCurrent(tx: Transaction, integrationIds: readonly string[]): Promise<Map<string, CurrentReadings>> {
    const runs = await tx.query<SyncRun>(
      // Two halves, each with an index of its own: the runs that have ended are many.
      `SELECT ${RUN_COLUMNS} FROM sync_runs WHERE organization_id = $1 AND integration_id = ANY($2::uuid[])
         AND state IN ('queued', 'running')
       UNION ALL
       SELECT ${RUN_COLUMNS} FROM sync_runs WHERE organization_id = $1 AND integration_id = ANY($2::uuid[])
         AND state = 'needs_approval'
       ORDER BY id`,
      [tx.organizationId, integrationIds],
    );
    return new Map(
      integrationIds.map((id) => {
        const own = runs.filter(({ integration_id }) => integration_id === id);
        return [
          id,
          {
            underWay: own.findLast(({ state }) => state !== 'needs_approval') ?? null,
            awaiting: own.findLast(({ state }) => state === 'needs_approval') ?? null,
          },
        ];
      }),
    );
  }

  /** Newest first. */
  listLast(tx: Transaction, integrationId: string, limit: number): Promise<SyncRun[]> {
    return tx.query<SyncRun>(
      `SELECT ${RUN_COLUMNS} FROM sync_runs WHERE organization_id = $1 AND integration_id = $2 ORDER BY id DESC LIMIT $3`,
      [tx.organizationId, integrationId, limit],
    );
  }
}
