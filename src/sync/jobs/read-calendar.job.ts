import { isCalendarProvider } from '../../calendars/index.js';
import { type Integration, Integrations, ProviderRegistry } from '../../integrations/index.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { CallTrace } from '../../platform/egress/call-trace.js';
import { type JobContext, JobHandler } from '../../platform/jobs/index.js';
import { EventLog } from '../../platform/logging/event-log.js';
import { CalendarOutcome } from '../calendar-outcome.js';
import { CalendarPass } from '../calendar-pass.js';
import { PassFailures } from '../pass-failures.js';
import type { RunWithSteps } from '../sync-run.js';
import { READ_CALENDAR, SyncRuns } from '../sync-runs.js';

interface Payload {
  organizationId: string;
  runId: string;
}

/** Runs one reading of a calendar. */
@JobHandler(READ_CALENDAR, { maxAttempts: 4, priority: 10, concurrency: 3 })
export class ReadCalendarJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: SyncRuns,
    private readonly integrations: Integrations,
    private readonly registry: ProviderRegistry,
    private readonly pass: CalendarPass,
    private readonly outcome: CalendarOutcome,
    private readonly failures: PassFailures,
    private readonly log: EventLog,
  ) {}

  run(payload: Payload, context: JobContext): Promise<void> {
    return new CallTrace().during(() => this.read(payload, context));
  }

  private async read(payload: Payload, context: JobContext): Promise<void> {
    const opened = await this.work.inOrganization(payload, (tx) => this.open(tx, payload.runId));
    if (opened === null) return;
    const { run, integration } = opened;
    const provider = this.registry.get(integration.provider);
    if (!isCalendarProvider(provider)) throw new Error(`${integration.provider} has no calendar to read`);
    try {
      const end = await this.pass.read(run, integration, provider, context.signal);
      const state = await this.runs.write(run, (tx) => this.outcome.ended(tx, run, integration, end));
      const { provider: name, trigger } = run;
      this.log.event('sync.finished', { run_id: run.id, provider: name, trigger, state, ...end.counts });
    } catch (error) {
      await this.failures.handle(error, run, integration, context);
    }
  }

  async parked(tx: Transaction, { runId }: Payload): Promise<void> {
    const run = await this.runs.findForDecision(tx, runId);
    if (run !== null && run.finished_at === null) await this.runs.finish(tx, run, 'failed', 'unexpected');
  }

  private async open(tx: Transaction, runId: string): Promise<{ run: RunWithSteps; integration: Integration } | null> {
    const run = await this.runs.start(tx, runId);
    if (run === null) return null;
    const integration = await this.integrations.find(tx, run.integration_id);
    if (integration?.is_active) return { run, integration };
    await this.runs.finish(tx, run, 'canceled', 'disconnected');
    return null;
  }
}
