import { Integrations } from '../../integrations/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { JobHandler } from '../../platform/jobs/index.js';
import { BEGIN_PASS, Sync } from '../sync.service.js';

interface Payload {
  organizationId: string;
  integrationId: string;
}

/** A connection was claimed as due: ask for its reading, inside its own organization. */
@JobHandler(BEGIN_PASS, { priority: 10 })
export class BeginPassJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly sync: Sync,
  ) {}

  async run(payload: Payload): Promise<void> {
    await this.work.inOrganization(payload, async (tx) => {
      const integration = await this.integrations.find(tx, payload.integrationId);
      if (integration?.is_active) await this.sync.request(tx, integration, 'schedule');
    });
  }
}
