import { Injectable } from '@nestjs/common';
import { type Integration, ProviderError } from '../integrations/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type JobContext, JobDeferred } from '../platform/jobs/index.js';
import type { SyncRun } from './sync-run.js';
import { SyncOutcome } from './sync-outcome.js';
import { SyncRuns } from './sync-runs.js';

/** Decides what each way in which a reading can fail means: for the job, for the run, and for the connection. */
@Injectable()
export class PassFailures {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: SyncRuns,
    private readonly outcome: SyncOutcome,
  ) {}

  /** Throws what the queue should see; resolves when the run has ended. */
  async handle(
    error: unknown,
    run: SyncRun,
    integration: Integration,
    { attempt, maxAttempts }: Pick<JobContext, 'attempt' | 'maxAttempts'>,
  ): Promise<void> {
    if (!(error instanceof ProviderError)) throw error;
    const { failure } = error;
    const scope = { organizationId: run.organization_id };
    const fail = (isKnown: boolean) =>
      this.work.inOrganization(scope, (tx) => this.outcome.failed(tx, run, integration, failure.kind, isKnown));
    switch (failure.kind) {
      case 'rate-limited':
        throw new JobDeferred(failure.retryAt, 'rate-limited');
      case 'temporary':
      case 'timeout':
        // The queue tries again soon; after the last try the next scheduled reading does.
        if (attempt < maxAttempts) throw error;
        return fail(false);
      case 'cursor-expired':
      case 'gone':
        // The page we stood on is no longer there: from the beginning, past what is already held.
        await this.work.inOrganization(scope, (tx) => this.runs.restart(tx, run.id, 'full'));
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
}
