import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { Jobs } from '../platform/jobs/index.js';
import { BEGIN_PASS } from './begin-pass.task.js';

/** Readings of one calendar that pushes ask for begin at least this far apart. */
const REST_SECONDS = 10;

/** A push whose reading has not begun by then has lost its job, however that happened. */
const OVERDUE_SECONDS = 60;

/**
 * Which calendars have changed since they were last read. A push sets a mark and nothing else; the first one also
 * arranges for a reading, and those that come before it begins find the mark set. The reading takes the mark away as it
 * begins, so that whatever is pushed from then on asks for another.
 */
@Injectable()
export class CalendarReadings {
  constructor(private readonly jobs: Jobs) {}

  async markDirty(tx: Transaction, organizationId: string, integrationId: string): Promise<void> {
    const [first] = await tx.query<{ begin_at: Date }>(
      `INSERT INTO calendar_readings AS r (integration_id, organization_id, dirty_at) VALUES ($1, $2, now())
       ON CONFLICT (integration_id) DO UPDATE SET dirty_at = now() WHERE r.dirty_at IS NULL
       RETURNING greatest(now(), started_at + interval '${REST_SECONDS} seconds') AS begin_at`,
      [integrationId, organizationId],
    );
    if (!first) return;
    await this.jobs.enqueue(
      tx,
      BEGIN_PASS,
      { organizationId, integrationId, trigger: 'push' },
      { runAt: first.begin_at },
    );
  }

  async begin(tx: Transaction, integrationId: string): Promise<void> {
    await tx.execute(
      `INSERT INTO calendar_readings (integration_id, organization_id, started_at) VALUES ($1, $2, now())
       ON CONFLICT (integration_id) DO UPDATE SET dirty_at = NULL, started_at = now()`,
      [integrationId, tx.organizationId],
    );
  }

  /** A reading ended; what was pushed during it may have come too late for it. */
  async end(tx: Transaction, integrationId: string): Promise<void> {
    const [dirty] = await tx.query<{ begin_at: Date }>(
      `SELECT greatest(now(), started_at + interval '${REST_SECONDS} seconds') AS begin_at FROM calendar_readings
       WHERE organization_id = $1 AND integration_id = $2 AND dirty_at IS NOT NULL`,
      [tx.organizationId, integrationId],
    );
    if (!dirty) return;
    const payload = { organizationId: String(tx.organizationId), integrationId, trigger: 'push' };
    await this.jobs.enqueue(tx, BEGIN_PASS, payload, { runAt: dirty.begin_at });
  }

  /** The net below: marks that nobody has come for. */
  async requeueOverdue(tx: Transaction): Promise<number> {
    const overdue = await tx.query<{ integration_id: string; organization_id: string }>(
      `UPDATE calendar_readings r SET dirty_at = now()
       WHERE integration_id IN (
         SELECT integration_id FROM calendar_readings
         WHERE dirty_at < now() - interval '${OVERDUE_SECONDS} seconds' LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING integration_id, organization_id`,
    );
    await this.jobs.enqueueMany(
      tx,
      overdue.map(({ integration_id: integrationId, organization_id: organizationId }) => ({
        task: BEGIN_PASS,
        payload: { organizationId, integrationId, trigger: 'push' },
      })),
    );
    return overdue.length;
  }
}
