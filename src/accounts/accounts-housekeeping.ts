import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';

@Injectable()
export class AccountsHousekeeping {
  constructor(
    private readonly work: UnitOfWork,
    private readonly log: EventLog,
  ) {}

  /** Forgets sessions, with their spent refresh tokens, and counters that can no longer matter. */
  async purge(): Promise<void> {
    const [sessions, limits] = await this.work.acrossOrganizations(async (tx) => [
      await tx.execute(`DELETE FROM sessions WHERE expires_at < now() - interval '30 days'`),
      await tx.execute('DELETE FROM rate_limits WHERE expire < extract(epoch FROM now()) * 1000'),
    ]);
    this.log.event('accounts.purged', { sessions: sessions?.count, rate_limits: limits?.count });
  }

  /**
   * Puts each chain's newest seal where the database's owner cannot reach it: whoever rewrites a whole chain afterwards
   * contradicts the logs.
   */
  async logAuditHeads(): Promise<void> {
    const heads = await this.work.acrossOrganizations((tx) =>
      tx.query<{ organization_id: string; position: string; hash: Buffer }>(
        'SELECT organization_id, position, hash FROM audit_heads ORDER BY organization_id',
      ),
    );
    for (const { organization_id, position, hash } of heads) {
      this.log.event('audit.head', { organization_id, position, hash: hash.toString('hex') });
    }
  }
}
