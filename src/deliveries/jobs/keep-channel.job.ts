import { ProviderError } from '../../integrations/index.js';
import { JobDeferred, JobHandler } from '../../platform/jobs/index.js';
import { ChannelKeeper } from '../channel-keeper.js';
import { KEEP_CHANNEL } from '../keep-channel.task.js';

interface Payload {
  organizationId: string;
  integrationId: string;
}

@JobHandler(KEEP_CHANNEL, { priority: 5, concurrency: 2 })
export class KeepChannelJob implements JobHandler<Payload> {
  constructor(private readonly keeper: ChannelKeeper) {}

  async run(payload: Payload): Promise<void> {
    try {
      await this.keeper.keep(payload, payload.integrationId);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.failure.kind === 'rate-limited') throw new JobDeferred(error.failure.retryAt, 'rate-limited');
      // A dead grant is told by the vault, and the channel is asked for again after the next consent.
      if (error.failure.kind === 'reauthorize' || error.failure.kind === 'unauthorized') return;
      throw error;
    }
  }
}
