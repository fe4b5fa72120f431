import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';

/** What other rooms may ask of the mails that were written: which, and to forget somebody. */
@Injectable()
export class MailArchive {
  /** The mails of these notifications, for whoever shows what something caused. */
  listOf(
    tx: Transaction,
    notificationIds: readonly string[],
  ): Promise<{ id: string; notification_id: string; state: string }[]> {
    return tx.query(
      `SELECT id, notification_id, state FROM mails
       WHERE organization_id = $1 AND notification_id = ANY($2::uuid[]) ORDER BY created_at, id`,
      [tx.organizationId, notificationIds],
    );
  }

  /**
   * Takes out what mails say of a person who is erased. Whatever still waits is not sent; that there were mails stays,
   * because they have reached somebody.
   */
  async forgetProspect(tx: Transaction, prospectId: string): Promise<number> {
    const { count } = await tx.execute(
      `UPDATE mails
       SET model = NULL, next_attempt_at = NULL, updated_at = now(),
         state = CASE state WHEN 'queued' THEN 'failed' ELSE state END,
         last_error = CASE state WHEN 'queued' THEN 'mail/person-erased' ELSE last_error END
       WHERE organization_id = $1 AND prospect_id = $2`,
      [tx.organizationId, prospectId],
    );
    return count;
  }
}
