/** One thing people are told, as the `notifications` table holds it. */
export interface Notification {
  id: string;
  /** Null: for everybody in the organization. */
  user_id: string | null;
  type: string;
  title: string;
  message: string;
  meta: Record<string, unknown>;
  created_at: Date;
}

/** The same for one reader, with its place in the feed (a bigint, hence text). */
export interface FeedEntry extends Notification {
  position: string;
  read_at: Date | null;
}

export const NOTIFICATION_COLUMNS = ['id', 'user_id', 'type', 'title', 'message', 'meta', 'created_at']
  .map((column) => `n.${column}`)
  .join(', ');
