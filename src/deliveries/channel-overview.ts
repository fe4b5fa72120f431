import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** A provider's promise to push, without its address and secret. */
export interface ChannelFacts {
  readonly integration_id: string;
  readonly state: 'opening' | 'open' | 'closing';
  /** Null for channels that live until somebody ends them. */
  readonly expires_at: Date | null;
  readonly created_at: Date;
  readonly last_checked_at: Date | null;
  readonly last_delivery_at: Date | null;
}

@Injectable()
export class ChannelOverview {
  /** By connection, its open channel, else the newest of those that have not ended. */
  async findCurrent(tx: Transaction, integrationIds: readonly string[]): Promise<Map<string, ChannelFacts>> {
    const rows = await tx.query<ChannelFacts>(
      `SELECT DISTINCT ON (integration_id)
              integration_id, state, expires_at, created_at, last_checked_at, last_delivery_at
       FROM channels WHERE organization_id = $1 AND integration_id = ANY($2::uuid[]) AND state <> 'closed'
       ORDER BY integration_id, state = 'open' DESC, id DESC`,
      [tx.organizationId, integrationIds],
    );
    return new Map(rows.map((row) => [row.integration_id, row]));
  }
}
