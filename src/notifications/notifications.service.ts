import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { isUuid } from '../platform/http/id.pipe.js';
import { EventLog } from '../platform/logging/event-log.js';
import { type OrganizationMessage, Realtime } from '../realtime/index.js';
import type { KeptMail } from './mail/mail-model.js';
import { type Letter, MailPost } from './mail/mail-post.js';
import { kindOf, type NotificationKind } from './notification-kind.js';
import type { NotificationDraft } from './notification-draft.js';
import { NOTIFICATION_COLUMNS, type FeedEntry, type Notification } from './notification.row.js';
import { toNotificationMessage } from './notifications.mapper.js';
import { OrganizationFeed } from './organization-feed.js';
import { type Audience, Audiences, listeners, mailRecipients } from './preferences/audience.js';

/** A notification that is new, and the draft it was made of. */
interface Told {
  notification: Notification;
  draft: NotificationDraft;
  kind: NotificationKind;
}

/** What other rooms tell people. */
@Injectable()
export class Notifications {
  constructor(
    private readonly feed: OrganizationFeed,
    private readonly realtime: Realtime,
    private readonly audiences: Audiences,
    private readonly post: MailPost,
    private readonly log: EventLog,
  ) {}

  /**
   * Tells, with the commit, what has not been told before; answers that, in the order in which it is read. Who hears of
   * it in the application and who by e-mail is for the organization and its people to choose; the list is kept either
   * way, so that nothing is lost by a choice that is taken back.
   */
  async tell(tx: Transaction, drafts: readonly NotificationDraft[]): Promise<Notification[]> {
    if (drafts.length === 0) return [];
    const first = await this.feed.takePositions(tx, drafts.length);
    const notifications = await insert(tx, drafts, first);
    if (notifications.length === 0) return [];
    const told = withDrafts(notifications, drafts);
    const audience = await this.audiences.load(tx);
    await this.realtime.publish(
      tx,
      told.flatMap((one) => toMessages(one, audience)),
    );
    await this.post.promise(
      tx,
      told.flatMap((one) => toLetters(one, audience)),
    );
    for (const { id, type } of notifications) this.log.event('notification.sent', { id, type });
    return notifications;
  }
}

type InsertedNotification = Notification & Pick<FeedEntry, 'position'> & { dedupe_key: string };

function withDrafts(notifications: readonly InsertedNotification[], drafts: readonly NotificationDraft[]): Told[] {
  // Of two drafts with one key the first was told.
  const byKey = new Map(drafts.toReversed().map((draft) => [draft.dedupeKey, draft]));
  return notifications.map((notification) => {
    const draft = byKey.get(notification.dedupe_key)!;
    return { notification, draft, kind: draftKind(draft) };
  });
}

function draftKind({ kind, type }: NotificationDraft): NotificationKind {
  return kind ?? kindOf(type);
}

/** To all at once, or, when somebody has muted the kind, to each of the others. */
function toMessages({ notification, kind }: Told, audience: Audience): OrganizationMessage[] {
  const message = toNotificationMessage(notification);
  const chosen = listeners(audience, { kind, userId: notification.user_id });
  if (chosen === null) return [message];
  return chosen
    .filter(({ id }) => notification.user_id === null || notification.user_id === id)
    .map(({ id }) => ({ ...message, userId: id }));
}

function toLetters({ notification, draft, kind }: Told, audience: Audience): Letter[] {
  const { mail, organization } = audience;
  const kept: KeptMail = {
    model: draft.mail ?? { template: 'notice', title: notification.title, message: notification.message },
    organization,
  };
  return mailRecipients(audience, { kind, userId: notification.user_id }).map((recipient) => ({
    kind,
    recipient,
    locale: mail.locale,
    kept,
    dedupeKey: `${notification.id}:${recipient.toLowerCase()}`,
    notificationId: notification.id,
    bookingId: idIn(draft.meta, 'booking_id'),
    prospectId: idIn(draft.meta, 'prospect_id'),
    integrationId: idIn(draft.meta, 'integration_id'),
  }));
}

function idIn(meta: Record<string, unknown>, name: string): string | null {
  const id = meta[name];
  return isUuid(id) ? id : null;
}

async function insert(
  tx: Transaction,
  drafts: readonly NotificationDraft[],
  first: bigint,
): Promise<InsertedNotification[]> {
  const rows = await tx.query<InsertedNotification>(
    // The clock's time, not the transaction's: it is read under the lock, so that hours run like positions.
    `INSERT INTO notifications AS n
       (organization_id, created_at, id, user_id, position, type, title, message, meta, dedupe_key, kind)
     SELECT $1, clock_timestamp(), draft.*
     FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[],
       $10::text[]) draft
     ON CONFLICT (organization_id, dedupe_key) DO NOTHING
     RETURNING ${NOTIFICATION_COLUMNS}, n.position, n.dedupe_key`,
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
      drafts.map(draftKind),
    ],
  );
  return rows.sort((one, other) => Number(BigInt(one.position) - BigInt(other.position)));
}
