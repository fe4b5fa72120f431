import { Injectable } from '@nestjs/common';
import { sha256 } from '../platform/crypto/hashing.js';
import type { Transaction } from '../platform/database/transaction.js';

/** A page that slept longer than this is loaded again. */
const KEEP_HOURS = 24;

export interface TokenOwner {
  readonly organizationId: string;
  readonly integrationId: string;
}

/**
 * Access tokens of Cal.com that a browser holds, by their digests: Cal.com's front-end parts show an old one and ask for
 * a new one. Those that were replaced meanwhile still name their owner, because two tabs may ask one after the other.
 */
@Injectable()
export class HandedTokens {
  async remember(tx: Transaction, integrationId: string, accessToken: string): Promise<void> {
    await tx.execute(
      `DELETE FROM cal_com_handed_tokens
       WHERE organization_id = $1 AND integration_id = $2 AND handed_at < now() - interval '${KEEP_HOURS} hours'`,
      [tx.organizationId, integrationId],
    );
    await tx.execute(
      `INSERT INTO cal_com_handed_tokens (digest, organization_id, integration_id) VALUES ($3, $1, $2)
       ON CONFLICT (digest) DO UPDATE SET handed_at = now()`,
      [tx.organizationId, integrationId, sha256(accessToken)],
    );
  }

  /** Whose it is, while their connection lives and its owner belongs to the organization. */
  async findOwner(tx: Transaction, accessToken: string): Promise<TokenOwner | null> {
    const [row] = await tx.query<{ organization_id: string; integration_id: string }>(
      `SELECT handed.organization_id, handed.integration_id
       FROM cal_com_handed_tokens handed
       JOIN integrations i ON i.id = handed.integration_id AND i.is_active
       LEFT JOIN users u ON u.id = i.user_id
       WHERE handed.digest = $1 AND handed.handed_at > now() - interval '${KEEP_HOURS} hours' AND u.removed_at IS NULL`,
      [sha256(accessToken)],
    );
    return row ? { organizationId: row.organization_id, integrationId: row.integration_id } : null;
  }
}
