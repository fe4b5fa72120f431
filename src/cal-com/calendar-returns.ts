import { Injectable } from '@nestjs/common';
import type { Connector } from '../integrations/index.js';
import { randomToken, sha256 } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { CalendarType } from './cal-com.profile.js';

/** Google's and Microsoft's own pages come between, where people look for passwords. */
const LIFE_MINUTES = 15;

export interface CalendarReturn {
  readonly organizationId: string;
  readonly userId: string;
  readonly integrationId: string;
  readonly calendarType: CalendarType;
}

interface ReturnRow {
  organization_id: string;
  user_id: string;
  integration_id: string;
  calendar_type: CalendarType;
}

/**
 * Browsers that are on their way through Cal.com to a calendar's consent page and back. What comes back is a state of
 * ours and nothing else: it is worth one return, and says nothing to whoever reads it.
 */
@Injectable()
export class CalendarReturns {
  async open(
    tx: Transaction,
    { userId }: Pick<Connector, 'userId'>,
    integrationId: string,
    calendarType: CalendarType,
  ): Promise<string> {
    const state = randomToken();
    await tx.execute(
      `DELETE FROM cal_com_returns WHERE organization_id = $1 AND user_id = $2 AND expires_at < now() - interval '1 day'`,
      [tx.organizationId, userId],
    );
    await tx.execute(
      `INSERT INTO cal_com_returns (id, organization_id, user_id, integration_id, calendar_type, state_hash, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + interval '${LIFE_MINUTES} minutes')`,
      [newId(), tx.organizationId, userId, integrationId, calendarType, sha256(state)],
    );
    return state;
  }

  /** Null for what is not ours, not for this calendar, used already or too old. */
  async spend(tx: Transaction, state: string, calendarType: CalendarType): Promise<CalendarReturn | null> {
    const [row] = await tx.query<ReturnRow>(
      `UPDATE cal_com_returns SET consumed_at = clock_timestamp()
       WHERE state_hash = $1 AND calendar_type = $2 AND consumed_at IS NULL AND expires_at > clock_timestamp()
       RETURNING organization_id, user_id, integration_id, calendar_type`,
      [sha256(state), calendarType],
    );
    return row ? toReturn(row) : null;
  }

  /** The same person asks again after their browser came back: used or not, as long as it is young. */
  async findOf(
    tx: Transaction,
    { userId }: Pick<Connector, 'userId'>,
    state: string,
    calendarType: CalendarType,
  ): Promise<CalendarReturn | null> {
    const [row] = await tx.query<ReturnRow>(
      `SELECT organization_id, user_id, integration_id, calendar_type FROM cal_com_returns
       WHERE organization_id = $1 AND user_id = $2 AND state_hash = $3 AND calendar_type = $4
         AND expires_at > clock_timestamp()`,
      [tx.organizationId, userId, sha256(state), calendarType],
    );
    return row ? toReturn(row) : null;
  }
}

function toReturn(row: ReturnRow): CalendarReturn {
  return {
    organizationId: row.organization_id,
    userId: row.user_id,
    integrationId: row.integration_id,
    calendarType: row.calendar_type,
  };
}
