import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { Outbox } from '../platform/outbox/index.js';

export const PROVIDER_FAREWELL = 'provider.farewell';

/** All that is needed to take leave of a provider once the row holds no token any more. */
export interface FarewellPayload {
  readonly integrationId: string;
  readonly provider: string;
  readonly accountId: string;
  readonly options: Record<string, unknown>;
  readonly tokenVersion: number;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  /** ISO instants: the payload is stored as JSON. */
  readonly accessExpiresAt: string | null;
  readonly disconnectedAt: string;
}

/** Promises the farewell in the transaction that ends the connection here. The outbox keeps its payload sealed. */
@Injectable()
export class ProviderFarewell {
  constructor(private readonly outbox: Outbox) {}

  async promise(tx: Transaction, payload: FarewellPayload): Promise<void> {
    const { integrationId, tokenVersion } = payload;
    await this.outbox.promise(tx, {
      kind: PROVIDER_FAREWELL,
      // One per pair of tokens: an account connected again and disconnected again is another farewell.
      dedupeKey: `${integrationId}:${tokenVersion}`,
      payload,
    });
  }
}
