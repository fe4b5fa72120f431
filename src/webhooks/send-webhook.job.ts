import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type JobContext, JobDeferred, JobHandler, type ParkReason } from '../platform/jobs/index.js';
import { toMessageId } from './webhook-message.js';
import { SEND_WEBHOOK } from './webhook-promises.js';
import { WebhookSending } from './webhook-sending.js';
import { signatureHeaders } from './webhook-signature.js';
import { WebhookTransport } from './webhook-transport.js';

interface Payload {
  organizationId: string;
  messageId: string;
}

/**
 * One try of one message. The other side's failures are its own affair and are counted with the message; what the queue
 * counts are ours. An endpoint that hangs must leave room for other work, hence few at once.
 */
@JobHandler(SEND_WEBHOOK, { priority: 2, concurrency: 2 })
export class SendWebhookJob implements JobHandler<Payload> {
  constructor(
    private readonly sending: WebhookSending,
    private readonly transport: WebhookTransport,
    private readonly clock: Clock,
  ) {}

  async run(payload: Payload, { signal }: JobContext): Promise<void> {
    const turn = await this.sending.begin(payload, payload.messageId);
    if (turn.kind === 'none') return;
    if (turn.kind === 'wait') throw new JobDeferred(turn.until, 'webhook-not-due');
    const { message, url, secrets, payload: body } = turn;
    const headers = signatureHeaders(toMessageId(message.id), body, secrets, this.clock.now());
    const answer = await this.transport.post(url, body, headers, signal).catch(async (error: unknown) => {
      await this.sending.giveBack(payload, message);
      throw error;
    });
    if (answer.error === null) return await this.sending.succeed(payload, message, answer);
    const nextTryAt = await this.sending.fail(payload, message, answer);
    if (nextTryAt !== null) throw new JobDeferred(nextTryAt, 'webhook-refused');
  }

  async parked(tx: Transaction, { messageId }: Payload, { code }: ParkReason): Promise<void> {
    await this.sending.abandon(tx, messageId, code);
  }
}
