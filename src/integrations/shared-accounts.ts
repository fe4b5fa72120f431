import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';

/** Whether ending one grant could end another one. Accounts are shared over organizations: anybody may connect theirs. */
@Injectable()
export class SharedAccounts {
  constructor(private readonly uow: UnitOfWork) {}

  /** Without an account id: whether the provider has any live connection at all. */
  async hasLiveConnection(provider: string, accountId: string | null): Promise<boolean> {
    return await this.uow.acrossOrganizations(async (tx) => {
      const rows = await tx.query(
        `SELECT 1 FROM integrations WHERE provider = $1 AND ($2::text IS NULL OR account_id = $2) AND is_active LIMIT 1`,
        [provider, accountId],
      );
      return rows.length > 0;
    });
  }
}
