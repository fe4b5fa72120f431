import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';

/** What the connect flow and the vault leave behind: needed to judge what goes on, worth nothing afterwards. */
@Injectable()
export class IntegrationsSchedule {
  constructor(
    private readonly work: UnitOfWork,
    private readonly log: EventLog,
  ) {}

  @Cron('27 3 * * *', { name: 'integrations.purge', timeZone: 'UTC' })
  async purge(): Promise<void> {
    try {
      await this.work.acrossOrganizations(async (tx) => {
        await tx.execute(`DELETE FROM oauth_transactions WHERE expires_at < now() - interval '24 hours'`);
        await tx.execute(`DELETE FROM token_refresh_attempts WHERE started_at < now() - interval '30 days'`);
      });
    } catch (error) {
      // The next night purges what this one could not.
      this.log.failure('integrations.purge_failed', error);
    }
  }
}
