import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { ACROSS_SETTING, ORGANIZATION_SETTING } from './row-security.js';
import { StorageUnreachable } from './storage-failure.js';
import { Transaction } from './transaction.js';

/**
 * Whose rows a piece of work may see. Only the session guard and the job runner make one, from what they have verified;
 * nothing a client sends ever becomes one.
 */
export interface TenantScope {
  readonly organizationId: string;
}

/**
 * The only door to the database. It opens the transaction and tells PostgreSQL whose rows may be seen in it, so that
 * row-level security can stand behind every query.
 */
@Injectable()
export class UnitOfWork {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Work for one organization: the transaction is committed when `work` resolves, rolled back when it throws. */
  inOrganization<T>(scope: TenantScope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (!scope?.organizationId) {
      // A missing scope must never widen into "everybody".
      return Promise.reject(new Error('A unit of work needs the organization it works for'));
    }
    return this.run(scope.organizationId, work);
  }

  /**
   * Work that serves all organizations: claiming what is due, finding the owner of a token in a URL, housekeeping.
   * It reads ids, hashes and due times, and hands over to `inOrganization` for anything else. What it may do with which
   * table is declared in row-security.ts, and the database refuses the rest.
   */
  acrossOrganizations<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run(null, work);
  }

  private async run<T>(organizationId: string | null, work: (tx: Transaction) => Promise<T>): Promise<T> {
    let isOpen = false;
    try {
      return await this.dataSource.transaction(async (manager) => {
        const tx = new Transaction(manager, organizationId);
        // Both each time, so that nothing a connection may have kept widens what is seen.
        await tx.query(
          `SELECT set_config('${ORGANIZATION_SETTING}', $1, true), set_config('${ACROSS_SETTING}', $2, true)`,
          organizationId === null ? ['', 'on'] : [organizationId, ''],
        );
        isOpen = true;
        return await work(tx);
      });
    } catch (error) {
      // Before it is open nobody but the database can be to blame, whatever the error looks like; and a connection that
      // broke between two statements shows only in the next one, which finds it given back.
      throw isOpen && !(error instanceof QueryRunnerAlreadyReleasedError) ? error : new StorageUnreachable(error);
    }
  }
}
