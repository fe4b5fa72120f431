import { purge, RetentionConfig } from '../deliveries/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type JobContext, JobHandler } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';

export const PURGE_WEBHOOKS = 'webhooks.purge';

/** Messages that were sent or given up, with their tries. */
@JobHandler(PURGE_WEBHOOKS, { priority: 20, concurrency: 1 })
export class PurgeWebhooksJob implements JobHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly config: RetentionConfig,
    private readonly log: EventLog,
  ) {}

  async run(_payload: object, { signal }: Pick<JobContext, 'signal'>): Promise<void> {
    const task = {
      name: 'webhook_messages',
      days: this.config.doneDays,
      choose: `SELECT id FROM webhook_messages WHERE state <> 'pending' AND done_at < now() - make_interval(days => $1)`,
      order: 'done_at',
      change: `DELETE FROM webhook_messages USING chosen WHERE webhook_messages.id = chosen.id`,
    };
    this.log.event('webhooks.purged', { messages: await purge(this.work, task, signal) });
  }
}
