import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Realtime } from '../realtime/index.js';
import type { NotificationDraft } from './notification-draft.js';
import { NOTIFICATION_COLUMNS, type FeedEntry, type Notification } from './notification.row.js';
import { toNotificationMessage } from './notifications.mapper.js';
import { OrganizationFeed } from './organization-feed.js';

/** What other rooms tell people. */
@Injectable()
export class Notifications {
  constructor(
    private readonly feed: OrganizationFeed,
    private readonly realtime: Realtime,
    private readonly log: EventLog,
  ) {}

  /** Tells, with the commit, what has not been told before; answers that, in the order in which it is read. */
  async tell(tx: Transaction, drafts: readonly NotificationDraft[]): Promise<Notification[]> {
    if (drafts.length === 0) return [];
    const first = await this.feed.takePositions(tx, drafts.length);
    const told = await insert(tx, drafts, first);
    await this.realtime.publish(tx, told.map(toNotificationMessage));
    for (const { id, type } of told) this.log.event('notification.sent', { id, type });
    return told;
  }
}

async function insert(tx: Transaction, drafts: readonly NotificationDraft[], first: bigint): Promise<Notification[]> {
  const rows = await tx.query<Notification & Pick<FeedEntry, 'position'>>(
    // The clock's time, not the transaction's: it is read under the lock, so that hours run like positions.
    `INSERT INTO notifications AS n
       (organization_id, created_at, id, user_id, position, type, title, message, meta, dedupe_key)
     SELECT $1, clock_timestamp(), draft.*
     FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[]) draft
     ON CONFLICT (organization_id, dedupe_key) DO NOTHING
     RETURNING ${NOTIFICATION_COLUMNS}, n.position`,
    [
      tx.organizationId,
      drafts.map(() => newId()),
      drafts.map(({ userId }) => userId ?? null),
      drafts.map((_, index) => String(first + BigInt(index))),
      drafts.map(({ type }) => type),
      drafts.map(({ title }) => title),
      drafts.map(({ message }) => message),
      drafts.map(({ meta }) => JSON.stringify(meta)),
      drafts.map(({ dedupeKey }) => dedupeKey),
    ],
  );
  return rows.sort((one, other) => Number(BigInt(one.position) - BigInt(other.position)));
}
