import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** What people of an organization are called, for sentences that say who did something. */
@Injectable()
export class UserNames {
  /** By id. Somebody who has left keeps the name they had; who is unknown is not in it. */
  async find(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<{ id: string; name: string }>(
      `SELECT id, name FROM users WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
      [tx.organizationId, ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
