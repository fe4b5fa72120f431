import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { JobHandler } from '../../platform/jobs/index.js';
import { CopyPlanner } from '../copy-planner.js';

export const PLAN_EXPORTS = 'calendars.plan-exports';

interface Payload {
  organizationId: string;
  provider: string;
}

/** A calendar was connected or its settings changed: every formation that is exported to its provider is planned anew. */
@JobHandler(PLAN_EXPORTS)
export class PlanExportsJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly planner: CopyPlanner,
  ) {}

  async run(payload: Payload): Promise<void> {
    const formationIds = await this.work.inOrganization(payload, (tx) =>
      this.planner.listExported(tx, payload.provider),
    );
    for (const formationId of formationIds) {
      await this.work.inOrganization(payload, (tx) => this.planner.plan(tx, formationId));
    }
  }
}
