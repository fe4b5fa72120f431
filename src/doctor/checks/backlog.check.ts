import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { JobsConfig } from '../../platform/jobs/index.js';
import type { DoctorCheck, Finding, Ward } from '../finding.js';
import { finding } from '../finding-texts.js';

const MANY_JOBS = 5_000;
const OLD_MINUTES = 5;

export interface Backlog {
  workers: number;
  waiting: number;
  oldest_minutes: number;
  stuck: number;
  parked: number;
}

/** Work that waits, and work that nobody does any more. */
@Injectable()
export class BacklogCheck implements DoctorCheck {
  readonly name = 'backlog';

  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: JobsConfig,
  ) {}

  async examine(ward: Ward): Promise<Finding[]> {
    return judgeBacklog(await this.read(ward));
  }

  /** How much work waits, of the whole installation; what is stuck or given up, of the ward. */
  async read({ organizationId }: Ward): Promise<Backlog> {
    const [backlog] = await this.work.acrossOrganizations((tx) =>
      tx.query<Backlog>(
        `SELECT
           (SELECT count(*)::int FROM worker_heartbeats
            WHERE beat_at > clock_timestamp() - make_interval(secs => $2)) AS workers,
           (SELECT count(*)::int FROM graphile_worker._private_jobs WHERE is_available AND run_at <= now()) AS waiting,
           (SELECT coalesce(floor(extract(epoch FROM now() - min(run_at)) / 60), 0)::int
            FROM graphile_worker._private_jobs WHERE is_available AND run_at <= now()) AS oldest_minutes,
           (SELECT count(*)::int FROM deliveries WHERE state = 'received'
            AND received_at < now() - interval '${OLD_MINUTES} minutes'
            AND ($1::uuid IS NULL OR organization_id = $1)) AS stuck,
           (SELECT count(*)::int FROM dead_letters WHERE state = 'parked'
            AND ($1::uuid IS NULL OR organization_id = $1)) AS parked`,
        [organizationId, this.jobs.deadAfterMs / 1_000],
      ),
    );
    return backlog!;
  }
}

export function judgeBacklog({ workers, waiting, oldest_minutes: minutes, stuck, parked }: Backlog): Finding[] {
  return [
    ...(workers === 0 ? [finding('queue/no-worker')] : []),
    ...(workers > 0 && (waiting > MANY_JOBS || minutes >= OLD_MINUTES)
      ? [finding('queue/behind', { count: waiting, minutes })]
      : []),
    ...(stuck > 0 ? [finding('deliveries/stuck', { count: stuck, minutes: OLD_MINUTES })] : []),
    ...(parked > 0 ? [finding('dead-letters/parked', { count: parked })] : []),
  ];
}
