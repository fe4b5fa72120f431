import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';

/** What other rooms may ask of the mails that were written: to forget somebody. */
@Injectable()
export class MailArchive {
  /**
   * Takes out what mails say of a person who is erased. Whatever still waits about that person is not sent; that there
   * were mails stays, because they have reached somebody. Digests name people too: what is kept of those that were
   * written since something was told of the person goes as well.
   */
  async forgetProspect(tx: Transaction, prospectId: string): Promise<number> {
    const { count } = await tx.execute(
      `UPDATE mails
       SET model = NULL, next_attempt_at = NULL, updated_at = now(),
         state = CASE state WHEN 'queued' THEN 'failed' ELSE state END,
         last_error = CASE state WHEN 'queued' THEN 'mail/person-erased' ELSE last_error END
       WHERE organization_id = $1 AND (
         prospect_id = $2
         OR kind = 'digest' AND state <> 'queued' AND model IS NOT NULL AND created_at >= (
           SELECT min(created_at) FROM notifications WHERE organization_id = $1 AND meta ->> 'prospect_id' = $2::text
         )
       )`,
      [tx.organizationId, prospectId],
    );
    return count;
  }
}
