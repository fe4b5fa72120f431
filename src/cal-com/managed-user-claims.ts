import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { CalComConfig } from './cal-com.config.js';

type Person = Pick<Session, 'userId'>;

/** Longer than the calls that making a user takes, each of which ends after ten seconds. */
const CLAIM_SECONDS = 45;

/**
 * Who has which managed user, and who is asking Cal.com for one at the moment. A person's first connection may be asked
 * for many times at once, by several processes: one of them makes the user, the others wait for it.
 */
@Injectable()
export class ManagedUserClaims {
  constructor(private readonly config: CalComConfig) {}

  /** False while somebody else has it. */
  async take(tx: Transaction, { userId }: Person): Promise<boolean> {
    const taken = await tx.query(
      `INSERT INTO cal_com_managed_users AS known (organization_id, user_id, client_id, claimed_until)
       VALUES ($1, $2, $3, clock_timestamp() + interval '${CLAIM_SECONDS} seconds')
       ON CONFLICT (user_id, client_id) DO UPDATE SET claimed_until = excluded.claimed_until
       WHERE known.claimed_until IS NULL OR known.claimed_until < clock_timestamp()
       RETURNING 1`,
      [tx.organizationId, userId, this.config.clientId],
    );
    return taken.length === 1;
  }

  async release(tx: Transaction, { userId }: Person): Promise<void> {
    await tx.execute(
      `UPDATE cal_com_managed_users SET claimed_until = NULL
       WHERE organization_id = $1 AND user_id = $2 AND client_id = $3`,
      [tx.organizationId, userId, this.config.clientId],
    );
  }

  /** The managed user of a person, as far as one is known. */
  async findUserOf(tx: Transaction, { userId }: Person): Promise<number | null> {
    const [row] = await tx.query<{ cal_user_id: string | null }>(
      `SELECT cal_user_id FROM cal_com_managed_users
       WHERE organization_id = $1 AND user_id = $2 AND client_id = $3`,
      [tx.organizationId, userId, this.config.clientId],
    );
    return row?.cal_user_id ? Number(row.cal_user_id) : null;
  }

  /** False when it is somebody else's, whatever their organization. */
  async keep(tx: Transaction, { userId }: Person, calUserId: number | null): Promise<boolean> {
    const { count } = await tx.execute(
      `UPDATE cal_com_managed_users SET cal_user_id = $4
       WHERE organization_id = $1 AND user_id = $2 AND client_id = $3
         AND NOT EXISTS (SELECT FROM cal_com_managed_users other
                         WHERE other.client_id = $3 AND other.cal_user_id = $4 AND other.user_id <> $2)`,
      [tx.organizationId, userId, this.config.clientId, calUserId],
    );
    return count === 1;
  }
}
