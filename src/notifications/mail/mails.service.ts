import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../../accounts/index.js';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Locale, Problem } from '../../platform/errors/problem.js';
import { decodeInstantCursor, encodeCursor } from '../../platform/http/paging.js';
import { MailConfig } from '../mail.config.js';
import type { KeptMail } from './mail-model.js';
import { MailPost } from './mail-post.js';
import { MailRenderer, type RenderedMail } from './mail-renderer.js';
import { MAIL_COLUMNS, type MailRow, type MailState, modelPlace } from './mail.row.js';
import { mailContentGone, mailNotFound, mailNotResendable, mailServerMissing } from './mails.problems.js';

export interface MailQuery {
  state?: MailState;
  bookingId?: string;
  notificationId?: string;
  limit: number;
  cursor?: string;
}

/** A mail as people look at it; both are null once its content is no longer kept. */
export interface ListedMail {
  row: MailRow;
  subject: string | null;
}

export interface ShownMail extends ListedMail {
  preview: RenderedMail | null;
}

/** The row with what it says, opened. */
interface OpenedMail {
  row: MailRow;
  kept: KeptMail | null;
}

/** What an administrator sees of the organization's mail, and may do about it. */
@Injectable()
export class Mails {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cipher: FieldCipher,
    private readonly renderer: MailRenderer,
    private readonly post: MailPost,
    private readonly audit: AuditTrail,
    private readonly config: MailConfig,
  ) {}

  /** Newest first. */
  async list(session: Session, query: MailQuery): Promise<{ mails: ListedMail[]; nextCursor: string | null }> {
    const before = decodeInstantCursor(query.cursor);
    const opened = await this.work.inOrganization(session, async (tx) => {
      const rows = await tx.query<MailRow & { position: string }>(
        `SELECT ${MAIL_COLUMNS}, created_at::text AS position FROM mails
         WHERE organization_id = $1
           AND ($2::text IS NULL OR state = $2)
           AND ($3::uuid IS NULL OR booking_id = $3)
           AND ($4::uuid IS NULL OR notification_id = $4)
           AND ($5::timestamptz IS NULL OR (created_at, id) < ($5, $6::uuid))
         ORDER BY created_at DESC, id DESC LIMIT $7`,
        [
          session.organizationId,
          query.state,
          query.bookingId,
          query.notificationId,
          before?.at ?? null,
          before?.id ?? null,
          query.limit + 1,
        ],
      );
      const page: OpenedMail[] = [];
      for (const row of rows.slice(0, query.limit)) page.push(await this.open(tx, row));
      const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
      return { page, nextCursor: last === undefined ? null : encodeCursor([last.position, last.id]) };
    });
    // Put into words when the transaction is over.
    return { mails: opened.page.map((mail) => this.toListed(mail)), nextCursor: opened.nextCursor };
  }

  /** What it says is put into the words of `locale`, of its own language unless that is given. */
  async get(session: Session, id: string, locale?: Locale): Promise<ShownMail> {
    return this.toShown(await this.work.inOrganization(session, (tx) => this.find(tx, id)), locale);
  }

  /** Tries a mail once more that was refused, given up or never sent: the same mail, with the same Message-ID. */
  async resend(session: Session, id: string): Promise<ShownMail> {
    const resent = await this.work.inOrganization(session, async (tx) => {
      const { row, kept } = await this.find(tx, id, 'FOR UPDATE');
      if (row.state === 'queued' || row.state === 'sent') throw new Problem(mailNotResendable);
      if (kept === null) throw new Problem(mailContentGone);
      if (this.config.transport === null) throw new Problem(mailServerMissing);
      const [queued] = await tx.query<MailRow>(
        `UPDATE mails
         SET state = 'queued', attempts = 0, first_tried_at = NULL, last_error = NULL, updated_at = now()
         WHERE organization_id = $1 AND id = $2 RETURNING ${MAIL_COLUMNS}`,
        [session.organizationId, id],
      );
      await this.post.enqueue(tx, [{ id }]);
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'mail.resent',
        object: { type: 'mail', id },
      });
      return { row: queued!, kept };
    });
    return this.toShown(resent);
  }

  private async find(tx: Transaction, id: string, lock = ''): Promise<OpenedMail> {
    const [row] = await tx.query<MailRow>(
      `SELECT ${MAIL_COLUMNS} FROM mails WHERE organization_id = $1 AND id = $2 ${lock}`,
      [tx.organizationId, id],
    );
    if (row === undefined) throw new Problem(mailNotFound);
    return await this.open(tx, row);
  }

  private async open(tx: Transaction, row: MailRow): Promise<OpenedMail> {
    if (row.model === null) return { row, kept: null };
    return { row, kept: JSON.parse(await this.cipher.open(tx, modelPlace(row.id), row.model)) as KeptMail };
  }

  private toListed({ row, kept }: OpenedMail): ListedMail {
    return { row, subject: kept && this.renderer.subjectOf(kept, row.locale) };
  }

  private toShown(mail: OpenedMail, locale = mail.row.locale): ShownMail {
    const { row, kept } = mail;
    return { ...this.toListed(mail), preview: kept && this.renderer.render(kept, locale, row.created_at) };
  }
}
