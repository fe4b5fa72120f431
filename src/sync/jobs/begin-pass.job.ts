import { calendarSettingsOf, isCalendarProvider } from '../../calendars/index.js';
import { type Integration, Integrations, ProviderRegistry } from '../../integrations/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { JobHandler } from '../../platform/jobs/index.js';
import { BEGIN_PASS } from '../begin-pass.task.js';
import { Sync } from '../sync.service.js';

interface Payload {
  organizationId: string;
  integrationId: string;
  /** Without it, the connection was claimed as due. */
  trigger?: string;
}

/** A connection is due, or its calendar has changed: ask for its reading, inside its own organization. */
@JobHandler(BEGIN_PASS, { priority: 10 })
export class BeginPassJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly registry: ProviderRegistry,
    private readonly sync: Sync,
  ) {}

  async run({ organizationId, integrationId, trigger }: Payload): Promise<void> {
    await this.work.inOrganization({ organizationId }, async (tx) => {
      const integration = await this.integrations.find(tx, integrationId);
      if (!integration?.is_active || integration.status === 'needs_reauth') return;
      if (trigger === 'push' && !this.followsPushes(integration)) return;
      await this.sync.request(tx, integration, trigger === 'push' ? 'push' : 'schedule');
    });
  }

  /** Whoever has switched synchronisation off is read when they ask for it. */
  private followsPushes(integration: Integration): boolean {
    return isCalendarProvider(this.registry.get(integration.provider)) && calendarSettingsOf(integration).sync;
  }
}
