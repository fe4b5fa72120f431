import { ProviderError } from '../../integrations/index.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type JobContext, JobDeferred, JobHandler } from '../../platform/jobs/index.js';
import { CopySettling } from '../copy-settling.js';
import { CopyStore } from '../copy-store.js';
import { SETTLE_COPY } from '../settle-copy.task.js';

interface Payload {
  organizationId: string;
  copyId: string;
}

/** After the queue has given up for now, the schedule begins again: a copy at a wrong hour is never left standing. */
const TRY_AGAIN_MS = 60 * 60 * 1_000;

/** Settles one copy, and decides what each way of failing means for it. */
@JobHandler(SETTLE_COPY, { maxAttempts: 6, priority: 5, concurrency: 4 })
export class SettleCopyJob implements JobHandler<Payload> {
  constructor(
    private readonly settling: CopySettling,
    private readonly store: CopyStore,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(payload: Payload, { attempt, maxAttempts }: JobContext): Promise<void> {
    try {
      const settled = await this.settling.settle(payload, payload.copyId);
      if (settled !== 'done') throw new JobDeferred(settled.againAt, 'copy-not-settled');
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const { failure } = error;
      switch (failure.kind) {
        case 'rate-limited':
          throw new JobDeferred(failure.retryAt, 'rate-limited');
        case 'temporary':
        case 'timeout':
        case 'cursor-expired':
        case 'gone':
        case 'changed':
        case 'contract':
        case 'unexpected':
          // The queue tries again soon, and the copy is still on its way.
          if (attempt < maxAttempts) throw error;
          return await this.fail(payload, failure.kind, new Date(this.clock.now().getTime() + TRY_AGAIN_MS));
        case 'reauthorize':
        case 'unauthorized':
        case 'insufficient-scope':
        case 'forbidden':
        case 'plan':
        case 'misconfigured':
        case 'denied':
          // Nothing to wait for: consent, a setting or another edit plans it anew.
          await this.fail(payload, failure.kind, null);
      }
    }
  }

  async parked(tx: Transaction, { copyId }: Payload): Promise<void> {
    await this.store.failed(tx, copyId, 'unexpected', new Date(this.clock.now().getTime() + TRY_AGAIN_MS));
  }

  private async fail({ organizationId, copyId }: Payload, code: string, retryAt: Date | null): Promise<void> {
    await this.work.inOrganization({ organizationId }, (tx) => this.store.failed(tx, copyId, code, retryAt));
  }
}
