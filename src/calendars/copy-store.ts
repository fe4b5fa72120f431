import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { newId } from '../platform/database/identifiers.js';
import type { Copy, CopyContent, OurContent } from './copy.row.js';

/** Longer than any call may take, so that a lease outlives the work it is for. */
const LEASE_SECONDS = 60;

/** The rows of `copies`, and who may work on one at a time. */
@Injectable()
export class CopyStore {
  /** The copy, leased to the caller; `busy` while somebody else has it, null when there is none. */
  async lease(tx: Transaction, copyId: string): Promise<Copy | 'busy' | null> {
    const [copy] = await tx.query<Copy>(
      `UPDATE copies SET lease_until = date_trunc('milliseconds', clock_timestamp()) + interval '${LEASE_SECONDS} seconds'
       WHERE organization_id = $1 AND id = $2 AND (lease_until IS NULL OR lease_until < clock_timestamp())
       RETURNING *`,
      [tx.organizationId, copyId],
    );
    if (copy) return copy;
    const [other] = await tx.query(`SELECT 1 FROM copies WHERE organization_id = $1 AND id = $2`, [
      tx.organizationId,
      copyId,
    ]);
    return other ? 'busy' : null;
  }

  async get(tx: Transaction, copyId: string): Promise<Copy> {
    const [copy] = await tx.query<Copy>(`SELECT * FROM copies WHERE organization_id = $1 AND id = $2`, [
      tx.organizationId,
      copyId,
    ]);
    if (!copy) throw new Error('A leased copy has vanished');
    return copy;
  }

  /** Only one's own: a lease that ran out may be somebody else's by now. */
  async release(tx: Transaction, { id, lease_until }: Copy): Promise<void> {
    await tx.execute(
      `UPDATE copies SET lease_until = NULL WHERE organization_id = $1 AND id = $2 AND lease_until = $3`,
      [tx.organizationId, id, lease_until],
    );
  }

  /** Written before the first create leaves: from now on an event may stand there, whether or not its answer arrives. */
  async sending(tx: Transaction, copyId: string, calendarId: string, eventKey: string): Promise<void> {
    await tx.execute(
      `UPDATE copies SET sent_at = now(), seen_run_id = NULL, calendar_id = $3, event_key = $4, external_id = NULL, etag = NULL,
         html_link = NULL, base = NULL, base_ours = NULL, missing_since = NULL, updated_at = now()
       WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, copyId, calendarId, eventKey],
    );
  }

  /** Both sides agree, or as far as they do. */
  async synced(
    tx: Transaction,
    copyId: string,
    shown: { externalId: string; etag: string | null; htmlLink: string | null },
    base: CopyContent,
    baseOurs: OurContent,
  ): Promise<void> {
    await tx.execute(
      `UPDATE copies SET state = CASE WHEN is_wanted THEN 'synced' ELSE 'removing' END, external_id = $3, etag = $4,
         html_link = $5, base = $6, base_ours = $7, missing_since = NULL, removal_run_id = NULL, error_code = NULL,
         failures = 0, next_try_at = NULL, settled_at = now(), updated_at = now()
       WHERE organization_id = $1 AND id = $2`,
      [
        tx.organizationId,
        copyId,
        shown.externalId,
        shown.etag,
        shown.htmlLink,
        JSON.stringify(base),
        JSON.stringify(baseOurs),
      ],
    );
  }

  /** No event stands there any more: because nobody wants it, or because its owner does not. */
  async gone(tx: Transaction, copyId: string, state: 'removed' | 'refused' | 'pending'): Promise<void> {
    await tx.execute(
      `UPDATE copies SET state = $3, event_key = $4, external_id = NULL, etag = NULL, html_link = NULL, base = NULL,
         base_ours = NULL, sent_at = NULL, missing_since = NULL, removal_run_id = NULL, error_code = NULL, failures = 0,
         next_try_at = NULL, settled_at = now(), updated_at = now()
       WHERE organization_id = $1 AND id = $2`,
      // Providers remember the ids of deleted events: the next event here is another one.
      [tx.organizationId, copyId, state, newId()],
    );
  }

  /** Its disappearance was seen for the first time. */
  async missing(tx: Transaction, copyId: string, lookAgainAt: Date): Promise<void> {
    await tx.execute(
      `UPDATE copies SET missing_since = coalesce(missing_since, now()), next_try_at = $3
       WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, copyId, lookAgainAt],
    );
  }

  /** It could not be done now. `retryAt` null: not before something changes. */
  async failed(tx: Transaction, copyId: string, errorCode: string, retryAt: Date | null): Promise<void> {
    await tx.execute(
      `UPDATE copies SET error_code = $3, failures = failures + 1, next_try_at = $4,
         state = CASE WHEN state IN ('pending', 'synced') THEN 'failed' ELSE state END, updated_at = now()
       WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, copyId, errorCode, retryAt],
    );
  }
}
