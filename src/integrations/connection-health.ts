import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** How the access of a connection is doing, told by its dates alone. */
export interface AccessHealth {
  /** When the access token in use was given; null when there is none. */
  readonly refreshed_at: Date | null;
  readonly consented_at: Date;
  /** Set while the provider wants no calls for this account. */
  readonly calls_not_before: Date | null;
}

/** The dates that stand beside the tokens. The tokens themselves are for the vault. */
@Injectable()
export class ConnectionHealth {
  /** By connection. */
  async find(tx: Transaction, integrationIds: readonly string[]): Promise<Map<string, AccessHealth>> {
    const rows = await tx.query<AccessHealth & { id: string }>(
      `SELECT id, CASE WHEN access_token IS NOT NULL THEN issued_at END AS refreshed_at, consented_at,
              CASE WHEN calls_not_before > clock_timestamp() THEN calls_not_before END AS calls_not_before
       FROM integrations WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
      [tx.organizationId, integrationIds],
    );
    return new Map(rows.map(({ id, ...health }) => [id, health]));
  }
}
