import { type JobContext, JobHandler } from '../../platform/jobs/index.js';
import { Retention } from '../retention.js';

export const PURGE = 'deliveries.purge';

/** Once a night. Behind everything else, and one at a time: it has until the morning. */
@JobHandler(PURGE, { priority: 20, concurrency: 1 })
export class PurgeJob implements JobHandler {
  constructor(private readonly retention: Retention) {}

  async run(_payload: object, { signal }: JobContext): Promise<void> {
    await this.retention.purge(signal);
  }
}
