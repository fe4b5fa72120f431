import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Metrics } from './metrics.js';

/** Numerics and counts, which PostgreSQL's driver hands over as text. */
interface Backlog {
  oldest_delivery: string;
  sync_lag: string;
  waiting_jobs: string;
  dead_letters: string;
}

/** How far behind the whole installation is. Asked of the database when somebody reads the metrics, and only then. */
@Injectable()
export class BacklogMetrics {
  private readonly gauges: Record<keyof Backlog, Gauge>;

  constructor(
    private readonly work: UnitOfWork,
    { registry }: Metrics,
  ) {
    const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
    this.gauges = {
      oldest_delivery: gauge(
        'passerelle_oldest_unprocessed_delivery_seconds',
        'Age of the oldest delivery without outcome',
      ),
      sync_lag: gauge('passerelle_sync_lag_seconds', 'How long the connection that is most overdue has been due'),
      waiting_jobs: gauge('passerelle_jobs_waiting', 'Jobs that could run now'),
      dead_letters: gauge('passerelle_dead_letters_parked', 'Work that was given up and waits for somebody'),
    };
  }

  async refresh(): Promise<void> {
    const backlog = await readBacklog(this.work);
    for (const [name, gauge] of Object.entries(this.gauges)) gauge.set(Number(backlog[name as keyof Backlog]));
  }
}

async function readBacklog(work: UnitOfWork): Promise<Backlog> {
  const [backlog] = await work.acrossOrganizations((tx) =>
    tx.query<Backlog>(
      `SELECT
         coalesce((SELECT extract(epoch FROM now() - min(received_at)) FROM deliveries WHERE state = 'received'), 0)
           AS oldest_delivery,
         coalesce((SELECT extract(epoch FROM now() - min(next_sync_at)) FROM integrations
                   WHERE is_active AND auto_sync_enabled AND status IN ('connected', 'error') AND next_sync_at <= now()), 0)
           AS sync_lag,
         (SELECT count(*) FROM graphile_worker._private_jobs WHERE is_available AND run_at <= now()) AS waiting_jobs,
         (SELECT count(*) FROM dead_letters WHERE state = 'parked') AS dead_letters`,
    ),
  );
  return backlog!;
}
