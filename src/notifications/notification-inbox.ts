import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { cursorInvalid } from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';
import { decodeCursor, encodeCursor } from '../platform/http/paging.js';
import type { NotificationKind } from './notification-kind.js';
import { NOTIFICATION_COLUMNS, type FeedEntry } from './notification.row.js';
import { notificationNotFound } from './notifications.problems.js';

export interface InboxQuery {
  /** The id of a notification the client has: only what was told after it, oldest first. */
  after?: string;
  unread?: boolean;
  kind?: NotificationKind;
  limit: number;
  cursor?: string;
}

/** What was told of one kind on one day of the organization: one line where there may be a hundred. */
export interface FeedGroup {
  kind: NotificationKind;
  day: string;
  count: number;
  unread: number;
  latest: FeedEntry;
}

export interface InboxPage {
  entries: FeedEntry[];
  nextCursor: string | null;
}

type Direction = 'newest-first' | 'oldest-first';

/** What the reader may open: the organization's, and of that what is for everybody or for the reader. */
const REACHABLE = `n.organization_id = $1 AND (n.user_id IS NULL OR n.user_id = $2)`;

/** Of that, what the reader wants to be shown. */
const VISIBLE = `${REACHABLE} AND NOT EXISTS (
  SELECT FROM notification_preferences p
  WHERE p.organization_id = n.organization_id AND p.user_id = $2 AND p.kind = n.kind AND NOT p.in_app)`;

const READ_BY_ME = `notification_reads r
  ON r.organization_id = n.organization_id AND r.notification_id = n.id AND r.user_id = $2`;

/** One person's view of what the organization was told, and what of it that person has read. */
@Injectable()
export class NotificationInbox {
  constructor(private readonly work: UnitOfWork) {}

  list(session: Session, query: InboxQuery): Promise<InboxPage> {
    return this.work.inOrganization(session, async (tx) => {
      const direction: Direction = query.after === undefined ? 'newest-first' : 'oldest-first';
      const start = await startOf(tx, session, query, direction);
      const rows = await select(tx, session, { ...query, direction, start });
      const entries = rows.slice(0, query.limit);
      const hasMore = rows.length > entries.length;
      return { entries, nextCursor: hasMore ? encodeCursor([direction, entries.at(-1)!.position]) : null };
    });
  }

  countUnread(session: Session): Promise<number> {
    return this.work.inOrganization(session, async (tx) => {
      const [answer] = await tx.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM notifications n LEFT JOIN ${READ_BY_ME}
         WHERE ${VISIBLE} AND r.read_at IS NULL`,
        [session.organizationId, session.userId],
      );
      return answer!.count;
    });
  }

  /** What was told in the last month, by kind and day, whatever was told last first. */
  listGroups(session: Session, limit: number): Promise<FeedGroup[]> {
    return this.work.inOrganization(session, async (tx) => {
      const groups = await tx.query<Omit<FeedGroup, 'latest'> & { position: string }>(
        `SELECT n.kind, to_char(n.created_at AT TIME ZONE o.time_zone, 'YYYY-MM-DD') AS day, count(*)::int AS count,
           (count(*) FILTER (WHERE r.read_at IS NULL))::int AS unread, max(n.position) AS position
         FROM notifications n JOIN organizations o ON o.id = n.organization_id LEFT JOIN ${READ_BY_ME}
         WHERE ${VISIBLE} AND n.created_at > now() - interval '30 days'
         GROUP BY 1, 2 ORDER BY max(n.position) DESC LIMIT $3`,
        [session.organizationId, session.userId, limit],
      );
      const latest = await tx.query<FeedEntry>(
        `SELECT ${NOTIFICATION_COLUMNS}, n.position, r.read_at FROM notifications n LEFT JOIN ${READ_BY_ME}
         WHERE ${REACHABLE} AND n.position = ANY($3::bigint[])`,
        [session.organizationId, session.userId, groups.map(({ position }) => position)],
      );
      const byPosition = new Map(latest.map((entry) => [entry.position, entry]));
      return groups.map(({ position, ...group }) => ({ ...group, latest: byPosition.get(position)! }));
    });
  }

  /** Reading it again keeps the first time. */
  markRead(session: Session, id: string): Promise<FeedEntry> {
    return this.work.inOrganization(session, async (tx) => {
      await tx.query(
        `INSERT INTO notification_reads (notification_id, user_id, organization_id)
         SELECT n.id, $2, n.organization_id FROM notifications n WHERE ${REACHABLE} AND n.id = $3
         ON CONFLICT DO NOTHING`,
        [session.organizationId, session.userId, id],
      );
      return await get(tx, session, id);
    });
  }

  /** How many were unread. */
  markAllRead(session: Session, kind?: NotificationKind): Promise<number> {
    return this.work.inOrganization(session, async (tx) => {
      const { count } = await tx.execute(
        `INSERT INTO notification_reads (notification_id, user_id, organization_id)
         SELECT n.id, $2, n.organization_id FROM notifications n LEFT JOIN ${READ_BY_ME}
         WHERE ${VISIBLE} AND r.read_at IS NULL AND ($3::text IS NULL OR n.kind = $3)
         ON CONFLICT DO NOTHING`,
        [session.organizationId, session.userId, kind],
      );
      return count;
    });
  }
}

/** The position before the first entry of the page; null for the very first page. */
async function startOf(
  tx: Transaction,
  session: Session,
  query: InboxQuery,
  direction: Direction,
): Promise<string | null> {
  if (query.cursor !== undefined) {
    const [from, position] = decodeCursor(query.cursor, 2) as [string, string];
    if (from !== direction || !/^\d{1,18}$/.test(position)) throw new Problem(cursorInvalid);
    return position;
  }
  return query.after === undefined ? null : (await get(tx, session, query.after)).position;
}

function select(
  tx: Transaction,
  { organizationId, userId }: Session,
  { direction, start, unread = false, kind, limit }: InboxQuery & { direction: Direction; start: string | null },
): Promise<FeedEntry[]> {
  const [beyond, order] = direction === 'newest-first' ? ['<', 'DESC'] : ['>', 'ASC'];
  return tx.query<FeedEntry>(
    `SELECT ${NOTIFICATION_COLUMNS}, n.position, r.read_at FROM notifications n LEFT JOIN ${READ_BY_ME}
     WHERE ${VISIBLE} AND ($3::bigint IS NULL OR n.position ${beyond} $3) AND (NOT $4 OR r.read_at IS NULL)
       AND ($5::text IS NULL OR n.kind = $5)
     ORDER BY n.position ${order} LIMIT $6`,
    [organizationId, userId, start, unread, kind, limit + 1],
  );
}

async function get(tx: Transaction, { organizationId, userId }: Session, id: string): Promise<FeedEntry> {
  const [entry] = await tx.query<FeedEntry>(
    `SELECT ${NOTIFICATION_COLUMNS}, n.position, r.read_at FROM notifications n LEFT JOIN ${READ_BY_ME}
     WHERE ${REACHABLE} AND n.id = $3`,
    [organizationId, userId, id],
  );
  if (entry === undefined) throw new Problem(notificationNotFound);
  return entry;
}
