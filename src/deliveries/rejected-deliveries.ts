import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { BookingProvider, RawDelivery, SealFault } from '../bookings/index.js';
import { Clock } from '../platform/clock/clock.js';
import { sha256 } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import type { KnownChannel } from './channel-directory.js';
import { DeliveryNews } from './delivery-news.js';
import { keepHeaders } from './kept-headers.js';
import { Paced } from './paced.js';
import { evidencePlace, writeEvidence } from './rejected-evidence.js';

/** So many rows of one channel: whoever knows its address can send as many as they like. The others are counted. */
export const KEPT_AN_HOUR = 10;
export const KEPT_A_DAY = 100;

/** A delivery of a provider has a few kilobytes. Of a larger one the row is kept, and not what was sent. */
export const LARGEST_EVIDENCE_BYTES = 32 * 1_024;

const AT_MOST_EVERY_MS = 1_000;
/** Bodies of all channels that wait to be written. */
const MOST_WAITING = 500;

interface Rejected {
  readonly receivedAt: Date;
  readonly fault: SealFault;
  /** Null when it is too large to be kept. */
  readonly body: Buffer | null;
  readonly bodyHash: Buffer;
  readonly headers: Record<string, string>;
}

interface Waiting {
  readonly channel: KnownChannel & { channelId: string };
  readonly rejected: Rejected[];
  others: number;
}

/**
 * Keeps what was refused at the address of a known channel, for its administrators to see. Written beside the answer and
 * not before it, a few rows of a channel in a second and not many in an hour, so that whoever sends forgeries learns
 * nothing from the time of the answer, and costs neither the database nor the disk more than that.
 */
@Injectable()
export class RejectedDeliveries implements BeforeApplicationShutdown {
  private waiting = new Map<string, Waiting>();
  private waitingCount = 0;
  private readonly paced = new Paced(AT_MOST_EVERY_MS, () => this.write());

  constructor(
    private readonly work: UnitOfWork,
    private readonly news: DeliveryNews,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  note(provider: BookingProvider, channel: KnownChannel, { body, headers }: RawDelivery, fault: SealFault): void {
    const { channelId } = channel;
    if (channelId === null) return;
    const of = this.waiting.get(channelId) ?? { channel: { ...channel, channelId }, rejected: [], others: 0 };
    this.waiting.set(channelId, of);
    if (of.rejected.length < KEPT_AN_HOUR && this.waitingCount < MOST_WAITING) {
      const { keptHeaders, signatureHeader } = provider.profile;
      of.rejected.push({
        receivedAt: this.clock.now(),
        fault,
        body: body.length > LARGEST_EVIDENCE_BYTES ? null : body,
        bodyHash: sha256(body),
        headers: keepHeaders(headers, [...keptHeaders, signatureHeader]),
      });
      this.waitingCount += 1;
    } else {
      of.others += 1;
    }
    this.paced.ask();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.paced.close();
  }

  private async write(): Promise<void> {
    const all = this.waiting;
    this.waiting = new Map();
    this.waitingCount = 0;
    for (const of of all.values()) {
      const { organizationId, channelId } = of.channel;
      try {
        const ids = await this.work.inOrganization({ organizationId }, (tx) => this.store(tx, of));
        for (const id of ids) this.news.tell(organizationId, id, 'rejected');
      } catch (error) {
        const rejected = of.rejected.length + of.others;
        this.log.failure('delivery.rejection_not_kept', error, { channel_id: channelId, rejected });
      }
    }
  }

  private async store(tx: Transaction, { channel, rejected, others }: Waiting): Promise<string[]> {
    const { channelId, integrationId, provider } = channel;
    // Two instances that count at the same moment would both find room.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`rejected:${channelId}`]);
    const rows = rejected.slice(0, await this.findRoom(tx, channelId)).map((one) => ({ id: newId(), ...one }));
    await tx.query(
      `INSERT INTO deliveries (id, organization_id, integration_id, channel_id, provider, dedupe_key, evidence,
                               body_sha256, state, error_code, received_at)
       SELECT id, $1, $2, $3, $4, dedupe_key, evidence, body_sha256, 'rejected', error_code, received_at
       FROM unnest($5::uuid[], $6::bytea[], $7::text[], $8::bytea[], $9::text[], $10::timestamptz[])
         AS rejected(id, dedupe_key, evidence, body_sha256, error_code, received_at)`,
      [
        tx.organizationId,
        integrationId,
        channelId,
        provider,
        rows.map(({ id }) => id),
        // Of its own: an unproven copy of a delivery must not stand in the way of the real one.
        rows.map(({ id }) => sha256(`rejected ${id}`)),
        rows.map(({ id, body, headers }) =>
          body === null ? null : channel.cipher.seal(evidencePlace(id), writeEvidence({ body, headers })),
        ),
        rows.map(({ bodyHash }) => bodyHash),
        rows.map(({ fault }) => `signature-${fault}`),
        rows.map(({ receivedAt }) => receivedAt.toISOString()),
      ],
    );
    const counted = others + rejected.length - rows.length;
    if (counted > 0) {
      await tx.query(
        `UPDATE deliveries SET others_rejected = others_rejected + $3
         WHERE organization_id = $1 AND id = (
           SELECT id FROM deliveries WHERE organization_id = $1 AND channel_id = $2 AND state = 'rejected'
           ORDER BY received_at DESC LIMIT 1)`,
        [tx.organizationId, channelId, counted],
      );
    }
    return rows.map(({ id }) => id);
  }

  private async findRoom(tx: Transaction, channelId: string): Promise<number> {
    const [kept] = await tx.query<{ hour: number; day: number }>(
      `SELECT count(*) FILTER (WHERE received_at > $3::timestamptz - interval '1 hour')::int AS hour, count(*)::int AS day
       FROM deliveries
       WHERE organization_id = $1 AND channel_id = $2 AND state = 'rejected'
         AND received_at > $3::timestamptz - interval '1 day'`,
      [tx.organizationId, channelId, this.clock.now()],
    );
    return Math.max(0, Math.min(KEPT_AN_HOUR - kept!.hour, KEPT_A_DAY - kept!.day));
  }
}
