import { Injectable } from '@nestjs/common';
import { type Integration, ProviderError } from '../integrations/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type JobContext, JobDeferred } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { ReadingOvertaken } from './reading-overtaken.js';
import type { RunWithSteps } from './sync-run.js';
import { SyncOutcome } from './sync-outcome.js';
import { SyncRuns } from './sync-runs.js';
import { lastCall, saidBy, type SyncStep } from './sync-steps.js';

/** Decides what each way in which a reading can fail means: for the job, for the run, and for the connection. */
@Injectable()
export class PassFailures {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: SyncRuns,
    private readonly outcome: SyncOutcome,
    private readonly log: EventLog,
  ) {}

  /** Throws what the queue should see; resolves when the run has ended, by itself or because somebody has ended it. */
  async handle(
    error: unknown,
    run: RunWithSteps,
    integration: Integration,
    context: Pick<JobContext, 'attempt' | 'maxAttempts'>,
  ): Promise<void> {
    try {
      await this.decide(error, run, integration, context);
    } catch (thrown) {
      if (!(thrown instanceof ReadingOvertaken)) throw thrown;
      this.log.event('sync.overtaken', { run_id: run.id, provider: run.provider });
    }
  }

  private async decide(
    error: unknown,
    run: RunWithSteps,
    integration: Integration,
    { attempt, maxAttempts }: Pick<JobContext, 'attempt' | 'maxAttempts'>,
  ): Promise<void> {
    if (!(error instanceof ProviderError)) throw error;
    const { failure } = error;
    const fail = (isKnown: boolean) =>
      this.runs.write(run, (tx) => this.outcome.failed(tx, run, integration, failure.kind, isKnown));
    switch (failure.kind) {
      case 'rate-limited':
        await this.tell(run, { kind: 'throttled', until: failure.retryAt.toISOString() });
        throw new JobDeferred(failure.retryAt, 'rate-limited');
      case 'temporary':
      case 'timeout':
        // The queue tries again soon; after the last try the next scheduled reading does.
        if (attempt >= maxAttempts) return fail(false);
        await this.tell(run, { kind: 'interrupted', code: failure.kind });
        throw error;
      case 'cursor-expired':
      case 'gone':
        // The page we stood on is no longer there: from the beginning, past what is already held.
        this.runs.note(run, {
          kind: 'restarted',
          full_reason: 'page_expired',
          code: failure.kind,
          ...saidBy(error),
          ...lastCall(),
        });
        await this.runs.write(run, (tx) => this.runs.restart(tx, run, run.full_reason ?? 'page_expired'));
        if (attempt < maxAttempts) throw error;
        return fail(false);
      case 'reauthorize':
      case 'unauthorized':
        // The vault has already said so on the connection.
        return fail(true);
      case 'insufficient-scope':
      case 'forbidden':
      case 'plan':
      case 'misconfigured':
      case 'withdrawn':
      case 'contract':
      case 'denied':
      case 'changed':
      case 'unexpected':
        return fail(false);
    }
  }

  /** What nothing else of the run will be written with: the job that reads it lets go of it here. */
  private tell(run: RunWithSteps, step: Omit<SyncStep, 'at'>): Promise<void> {
    this.runs.note(run, { ...step, ...lastCall() });
    return this.work.inOrganization({ organizationId: run.organization_id }, (tx) => this.runs.saveSteps(tx, run));
  }
}
