import { isBookingProvider } from '../../bookings/index.js';
import { type Integration, Integrations, ProviderRegistry } from '../../integrations/index.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { CallTrace } from '../../platform/egress/call-trace.js';
import { type JobContext, JobHandler } from '../../platform/jobs/index.js';
import { EventLog } from '../../platform/logging/event-log.js';
import { BookingPass } from '../booking-pass.js';
import { PassFailures } from '../pass-failures.js';
import type { RunWithSteps } from '../sync-run.js';
import { READ_BOOKINGS, SyncRuns } from '../sync-runs.js';
import { SyncOutcome } from '../sync-outcome.js';

interface Payload {
  organizationId: string;
  runId: string;
}

/** Runs one reading of bookings. */
@JobHandler(READ_BOOKINGS, { maxAttempts: 4, priority: 10, concurrency: 2 })
export class ReadBookingsJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: SyncRuns,
    private readonly integrations: Integrations,
    private readonly registry: ProviderRegistry,
    private readonly pass: BookingPass,
    private readonly outcome: SyncOutcome,
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
    if (!isBookingProvider(provider)) throw new Error(`${integration.provider} has no bookings to read`);
    try {
      const counts = await this.pass.read(run, integration, provider, context.signal);
      await this.runs.write(run, (tx) => this.outcome.succeeded(tx, run, integration, counts));
      this.log.event('sync.finished', { run_id: run.id, provider: run.provider, trigger: run.trigger, ...counts });
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
