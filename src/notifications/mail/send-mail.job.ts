import { Clock } from '../../platform/clock/clock.js';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type JobContext, JobDeferred, JobHandler, type ParkReason } from '../../platform/jobs/index.js';
import { retryDelayMs } from '../../platform/jobs/retry-delay.js';
import { EventLog } from '../../platform/logging/event-log.js';
import { MailConfig } from '../mail.config.js';
import type { KeptMail } from './mail-model.js';
import { MailPause } from './mail-pause.js';
import { MailRenderer } from './mail-renderer.js';
import { MailTransport } from './mail-transport.js';
import { MAIL_COLUMNS, type MailRow, modelPlace } from './mail.row.js';
import { type SendFailure, toSendFailure } from './send-failure.js';
import { SEND_MAIL, type SendMailPayload } from './send-mail.task.js';

/** A mail that nobody has taken by then, counted from the first try, is given up. */
const PATIENCE_MS = 24 * 60 * 60 * 1_000;

/** Beyond what one try may take: then whoever claimed the mail is dead, or at least no longer sending. */
const CLAIM_MARGIN_MS = 15_000;

interface ClaimedMail {
  row: MailRow;
  kept: KeptMail;
}

/**
 * One try to send one mail: claim, put into words, send, record, and no transaction is open while a server is spoken to.
 *
 * - **taken** by the server: sent.
 * - **refused for good** (5xx about this mail or mailbox): bounced.
 * - **anything else**, also a line cut after the last byte, whose outcome nobody knows: again later, with the same
 *   Message-ID, for a day, then failed.
 *
 * A process that dies between the server's 250 and our record leaves the mail queued: it goes out once more under the
 * same Message-ID, which is the price of never losing one.
 *
 * Mails go two at a time, after what has just come in and before readings, which can take hours: a server that hangs
 * keeps only its own mails waiting.
 */
@JobHandler(SEND_MAIL, { concurrency: 2, priority: 5 })
export class SendMailJob implements JobHandler<SendMailPayload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cipher: FieldCipher,
    private readonly renderer: MailRenderer,
    private readonly transport: MailTransport,
    private readonly pause: MailPause,
    private readonly config: MailConfig,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  async run(scope: SendMailPayload, { jobId, signal }: JobContext): Promise<void> {
    if (!this.transport.isConfigured) return await this.keepUnsent(scope);
    if (this.pause.end !== null) throw new JobDeferred(this.pause.end, 'mail-server-away');
    const claimed = await this.work.inOrganization(scope, (tx) => this.claim(tx, scope, jobId));
    if (claimed === null) return;
    const { row } = claimed;
    try {
      await this.send(claimed, signal);
    } catch (error) {
      // A stopping worker gives the job back; the next one tries again.
      if (signal.aborted) throw error;
      return await this.recordFailure(scope, row, toSendFailure(error));
    }
    this.pause.serverIsThere();
    await this.work.inOrganization(scope, (tx) => this.finish(tx, scope, 'sent', null));
    this.log.event('mail.sent', { id: row.id, kind: row.kind, attempt: row.attempts });
  }

  /** The job has died again and again, or has found something that no mail server is to blame for. */
  async parked(tx: Transaction, scope: SendMailPayload, { code }: ParkReason): Promise<void> {
    await this.finish(tx, scope, 'failed', code);
  }

  private async send({ row, kept }: ClaimedMail, signal: AbortSignal): Promise<void> {
    const rendered = this.renderer.render(kept, row.locale, row.created_at);
    await this.transport.send(
      {
        ...rendered,
        messageId: row.message_id,
        recipient: row.recipient,
        organization: kept.organization.name,
        writtenAt: row.created_at,
      },
      signal,
    );
  }

  /**
   * Null when there is nothing left to send. The try is counted before it is made. Of two jobs for one mail, which a
   * resend by hand can bring about, one waits; the job itself, run again after its worker died, does not.
   */
  private async claim(
    tx: Transaction,
    { organizationId, mailId }: SendMailPayload,
    jobId: string,
  ): Promise<ClaimedMail | null> {
    const [row] = await tx.query<MailRow>(
      `UPDATE mails
       SET attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, now()), next_attempt_at = NULL,
         claimed_by = $3, claimed_until = now() + $4 * interval '1 millisecond', updated_at = now()
       WHERE organization_id = $1 AND id = $2 AND state = 'queued' AND model IS NOT NULL
         AND (claimed_by = $3 OR claimed_until IS NULL OR claimed_until < now())
       RETURNING ${MAIL_COLUMNS}`,
      [organizationId, mailId, jobId, this.config.timeoutMs + CLAIM_MARGIN_MS],
    );
    if (row !== undefined) {
      return { row, kept: JSON.parse(await this.cipher.open(tx, modelPlace(row.id), row.model!)) as KeptMail };
    }
    const [busy] = await tx.query<{ claimed_until: Date }>(
      `SELECT claimed_until FROM mails
       WHERE organization_id = $1 AND id = $2 AND state = 'queued' AND claimed_until >= now()`,
      [organizationId, mailId],
    );
    if (busy !== undefined) throw new JobDeferred(busy.claimed_until, 'mail-claimed');
    return null;
  }

  private async recordFailure(scope: SendMailPayload, row: MailRow, failure: SendFailure): Promise<void> {
    if (failure.isServerAway) this.pause.serverIsAway();
    else this.pause.serverIsThere();
    const { id, kind, attempts: attempt } = row;
    const lastTryAt = row.first_tried_at!.getTime() + PATIENCE_MS;
    const now = this.clock.now().getTime();
    const end = failure.isRefusal ? 'bounced' : now >= lastTryAt ? 'failed' : null;
    if (end !== null) {
      await this.work.inOrganization(scope, (tx) => this.finish(tx, scope, end, failure.code));
      this.log.warning(`mail.${end}`, { id, kind, attempt, code: failure.code });
      return;
    }
    // The last try is made when the day is over, however the waits before it fell.
    const next = new Date(Math.min(now + retryDelayMs(attempt, Math.random()), lastTryAt));
    await this.work.inOrganization(scope, (tx) => this.postpone(tx, scope, next, failure.code));
    this.log.warning('mail.deferred', { id, kind, attempt, code: failure.code });
    throw new JobDeferred(next, failure.code);
  }

  private async postpone(
    tx: Transaction,
    { organizationId, mailId }: SendMailPayload,
    next: Date,
    code: string,
  ): Promise<void> {
    await tx.query(
      `UPDATE mails
       SET next_attempt_at = $3, last_error = $4, claimed_by = NULL, claimed_until = NULL, updated_at = now()
       WHERE organization_id = $1 AND id = $2 AND state = 'queued'`,
      [organizationId, mailId, next, code],
    );
  }

  private async finish(
    tx: Transaction,
    { organizationId, mailId }: SendMailPayload,
    state: 'sent' | 'bounced' | 'failed' | 'not_sent',
    code: string | null,
  ): Promise<void> {
    await tx.query(
      `UPDATE mails
       SET state = $3, last_error = $4, sent_at = CASE WHEN $3 = 'sent' THEN now() END, next_attempt_at = NULL,
         claimed_by = NULL, claimed_until = NULL, updated_at = now()
       WHERE organization_id = $1 AND id = $2 AND state = 'queued'`,
      [organizationId, mailId, state, code],
    );
  }

  /** The mail was promised when there was a server; since then the operator has taken it away. */
  private async keepUnsent(scope: SendMailPayload): Promise<void> {
    await this.work.inOrganization(scope, (tx) => this.finish(tx, scope, 'not_sent', null));
  }
}
