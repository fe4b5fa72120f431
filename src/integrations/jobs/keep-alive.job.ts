import { JobHandler } from '../../platform/jobs/index.js';
import { ProviderError } from '../provider-error.js';
import { TokenVault } from '../token-vault.js';

export const KEEP_ALIVE = 'integrations.keep-alive';

interface Payload {
  organizationId: string;
  integrationId: string;
}

/** Uses the refresh token of a connection that nobody has used for long. */
@JobHandler(KEEP_ALIVE, { priority: 20, concurrency: 1 })
export class KeepAliveJob implements JobHandler<Payload> {
  constructor(private readonly vault: TokenVault) {}

  async run(payload: Payload): Promise<void> {
    try {
      await this.vault.renew(payload, payload.integrationId);
    } catch (error) {
      // The vault has said on the connection what there is to say; the next day asks again.
      if (!(error instanceof ProviderError)) throw error;
    }
  }
}
