import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { Jobs } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { KEEP_ALIVE } from './jobs/keep-alive.job.js';
import { ProviderRegistry } from './provider.registry.js';

/** Housekeeping of connections: what is worth nothing any more goes, and what would die of disuse is used. */
@Injectable()
export class IntegrationsSchedule {
  constructor(
    private readonly config: PlatformConfig,
    private readonly work: UnitOfWork,
    private readonly registry: ProviderRegistry,
    private readonly jobs: Jobs,
    private readonly log: EventLog,
  ) {}

  @Cron('41 * * * *', { name: 'integrations.keep-alive', timeZone: 'UTC' })
  async keepAlive(): Promise<void> {
    if (!this.config.runsJobs) return;
    try {
      for (const { id, oauth } of this.registry.list()) {
        if (oauth.refreshAtLeastEveryDays) await this.renewIdle(id, oauth.refreshAtLeastEveryDays);
      }
    } catch (error) {
      this.log.failure('integrations.keep_alive_failed', error);
    }
  }

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

  private async renewIdle(provider: string, days: number): Promise<void> {
    await this.work.acrossOrganizations(async (tx) => {
      const idle = await tx.query<{ id: string; organization_id: string }>(
        `SELECT id, organization_id FROM integrations
         WHERE provider = $1 AND is_active AND status <> 'needs_reauth' AND refresh_token IS NOT NULL
           AND issued_at < now() - make_interval(days => $2)
         ORDER BY issued_at LIMIT 1000`,
        [provider, days],
      );
      await this.jobs.enqueueMany(
        tx,
        idle.map(({ id, organization_id: organizationId }) => ({
          task: KEEP_ALIVE,
          payload: { organizationId, integrationId: id },
        })),
      );
    });
  }
}
