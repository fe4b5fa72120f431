import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import { newId } from '../../platform/database/identifiers.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { Locale } from '../../platform/errors/problem.js';
import { Jobs } from '../../platform/jobs/index.js';
import { MailConfig } from '../mail.config.js';
import type { NotificationKind } from '../notification-kind.js';
import type { KeptMail } from './mail-model.js';
import { modelPlace } from './mail.row.js';
import { SEND_MAIL } from './send-mail.task.js';

/** One mail to one mailbox. */
export interface Letter {
  kind: NotificationKind | 'digest';
  recipient: string;
  locale: Locale;
  kept: KeptMail;
  /** Why it is written. The same reason is one mail for one mailbox, however often it is found again. */
  dedupeKey: string;
  notificationId?: string | null;
  bookingId?: string | null;
  prospectId?: string | null;
  integrationId?: string | null;
}

/**
 * Where mails are promised, in the transaction of what they tell: with its commit a mail and the job that sends it are
 * both there, with its rollback neither is.
 *
 * The table is an outbox of its own. A mail has more ends than done and given up (refused, kept without a server, sent
 * once more by hand), it is looked at for weeks, and its jobs must leave room for others while a mail server hangs; the
 * common outbox knows nothing of all that. What is kept is what the mail says, sealed, and not its words: names and
 * answers of people stay unreadable at rest, a preview and a second try say the same, and a fault in a template is mended
 * for every mail that still waits.
 */
@Injectable()
export class MailPost {
  constructor(
    private readonly config: MailConfig,
    private readonly cipher: FieldCipher,
    private readonly jobs: Jobs,
  ) {}

  async promise(tx: Transaction, letters: readonly Letter[]): Promise<void> {
    if (letters.length === 0) return;
    const cipher = await this.cipher.forOrganization(tx);
    const isSendable = this.config.transport !== null;
    const rows = letters.map((letter) => {
      const id = newId();
      return {
        id,
        kind: letter.kind,
        recipient: letter.recipient,
        locale: letter.locale,
        model: cipher.seal(modelPlace(id), JSON.stringify(letter.kept)),
        message_id: `<${id}@${this.config.domain}>`,
        dedupe_key: letter.dedupeKey,
        state: isSendable ? 'queued' : 'not_sent',
        notification_id: letter.notificationId ?? null,
        booking_id: letter.bookingId ?? null,
        prospect_id: letter.prospectId ?? null,
        integration_id: letter.integrationId ?? null,
      };
    });
    const columns = Object.keys(rows[0]!).join(', ');
    const made = await tx.query<{ id: string }>(
      `INSERT INTO mails (organization_id, ${columns})
       SELECT $1, ${columns} FROM jsonb_populate_recordset(NULL::mails, $2::jsonb)
       ON CONFLICT (organization_id, dedupe_key) DO NOTHING
       RETURNING id`,
      [tx.organizationId, JSON.stringify(rows)],
    );
    if (isSendable) await this.enqueue(tx, made);
  }

  /** Also for a mail that is to be tried once more. */
  async enqueue(tx: Transaction, mails: readonly { id: string }[]): Promise<void> {
    const { organizationId } = tx;
    await this.jobs.enqueueMany(
      tx,
      mails.map(({ id }) => ({ task: SEND_MAIL, payload: { organizationId, mailId: id } })),
    );
  }
}
