import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { FormationChanges, FormationsModule, SessionCopies } from '../formations/index.js';
import { IntegrationLifecycle, IntegrationsModule, ProviderRegistry } from '../integrations/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { Jobs } from '../platform/jobs/index.js';
import { CalendarAccounts } from './calendar-accounts.js';
import { CalendarChanges } from './calendar-changes.js';
import { CalendarEvents } from './calendar-events.js';
import { CalendarMirror } from './calendar-mirror.js';
import { isCalendarProvider } from './calendar-provider.js';
import { CalendarTypes } from './calendar-types.js';
import { CalendarsController } from './calendars.controller.js';
import { CopiesSchedule } from './copies.schedule.js';
import { CopyConflicts } from './copy-conflicts.js';
import { CopyEditors } from './copy-editors.js';
import { CopyPlanner } from './copy-planner.js';
import { CopySettling } from './copy-settling.js';
import { CopyStore } from './copy-store.js';
import { CopyViews } from './copy-views.js';
import { CopyWatch } from './copy-watch.js';
import { FormationExports } from './formation-exports.js';
import { PLAN_EXPORTS, PlanExportsJob } from './jobs/plan-exports.job.js';
import { SettleCopyJob } from './jobs/settle-copy.job.js';

@Module({
  imports: [AccountsModule, NotificationsModule, FormationsModule, IntegrationsModule],
  controllers: [CalendarsController],
  providers: [
    CalendarTypes,
    CalendarAccounts,
    CalendarEvents,
    CalendarChanges,
    CalendarMirror,
    CopyWatch,
    CopyPlanner,
    CopyStore,
    CopyEditors,
    CopyConflicts,
    CopySettling,
    CopyViews,
    FormationExports,
    CopiesSchedule,
    SettleCopyJob,
    PlanExportsJob,
  ],
  exports: [CalendarEvents, CalendarMirror, CalendarChanges, CalendarTypes, FormationExports],
})
export class CalendarsModule implements OnModuleInit {
  constructor(
    private readonly formationChanges: FormationChanges,
    private readonly sessionCopies: SessionCopies,
    private readonly planner: CopyPlanner,
    private readonly views: CopyViews,
    private readonly lifecycle: IntegrationLifecycle,
    private readonly registry: ProviderRegistry,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.formationChanges.onChanged((tx, formationId) => this.planner.plan(tx, formationId));
    this.sessionCopies.readFrom(this.views);
    this.lifecycle.onConnected(async (tx, { organization_id: organizationId, provider }) => {
      if (!isCalendarProvider(this.registry.get(provider))) return;
      await this.jobs.enqueue(tx, PLAN_EXPORTS, { organizationId, provider });
    });
  }
}
