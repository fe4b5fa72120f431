import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import type { IncomingDelivery } from './delivery.js';
import { DeliveryNews } from './delivery-news.js';

export const PROCESS_DELIVERIES = 'deliveries.process';

/** `unknown`: the channel was closed between the look-up and the insert. */
export type InboxAnswer = 'accepted' | 'repeated' | 'unknown';

/** One statement carries at most this many; more wait for the next one. */
export const MAX_BATCH = 200;

/** While one statement waits for its commit, the next is filled and sent; more would only make smaller ones. */
const LANES = 2;

interface Waiting {
  delivery: IncomingDelivery;
  resolve: (answer: InboxAnswer) => void;
  reject: (error: unknown) => void;
}

/**
 * Keeps deliveries. Requests that arrive while statements are under way are stored together by the next one, with one
 * job for all of them: at full load the cost of a commit is shared by everybody who waited for it (a job per row was
 * measured at a fifth of the throughput). A caller is answered after the commit that holds its row, never before.
 */
@Injectable()
export class DeliveryInbox {
  private waiting: Waiting[] = [];
  private busyLanes = 0;

  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly news: DeliveryNews,
  ) {}

  put(delivery: IncomingDelivery): Promise<InboxAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ delivery, resolve, reject });
      if (this.busyLanes < LANES) void this.flush();
    });
  }

  private async flush(): Promise<void> {
    this.busyLanes += 1;
    // Let the requests of this turn of the event loop join the first batch too.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MAX_BATCH);
      try {
        const answers = await this.work.acrossOrganizations((tx) =>
          this.store(
            tx,
            batch.map(({ delivery }) => delivery),
          ),
        );
        for (const { delivery, resolve } of batch) {
          const answer = answers.get(delivery.id) ?? 'unknown';
          resolve(answer);
          if (answer === 'accepted') this.news.tell(delivery.organizationId, delivery.id, 'received');
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.busyLanes -= 1;
  }

  private async store(tx: Transaction, batch: IncomingDelivery[]): Promise<Map<string, InboxAnswer>> {
    const { task, maxAttempts, priority, flags } = this.jobs.termsOf(PROCESS_DELIVERIES);
    const rows = await tx.query<{ id: string; fresh: boolean }>(
      `WITH live AS (
         SELECT d.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::text[],
                                $8::text[], $9::text[], $10::bytea[], $15::text[])
           AS d(id, organization_id, integration_id, channel_id, provider, dedupe_key, event_type, headers, body,
                body_sha256, signed_with)
         JOIN channels c ON c.id = d.channel_id AND c.state <> 'closed'
       ), inserted AS (
         INSERT INTO deliveries (id, organization_id, integration_id, channel_id, provider, dedupe_key, event_type,
                                 headers, body, body_sha256, signed_with, state)
         SELECT id, organization_id, integration_id, channel_id, provider, dedupe_key, event_type,
                headers::jsonb, body, body_sha256, signed_with, 'received'
         -- In one order for all who store: two that hold what the other waits for would both fail.
         FROM live ORDER BY integration_id, dedupe_key
         ON CONFLICT (integration_id, dedupe_key) DO NOTHING
         RETURNING id
       ), enqueued AS (
         SELECT graphile_worker.add_job($11, json_build_object('deliveryIds', json_agg(id)),
                                        max_attempts => $12, priority => $13, flags => $14)
         FROM inserted HAVING count(*) > 0
       )
       SELECT live.id, inserted.id IS NOT NULL AS fresh
       FROM live LEFT JOIN inserted USING (id), (SELECT count(*) FROM enqueued) AS done`,
      [
        batch.map(({ id }) => id),
        batch.map(({ organizationId }) => organizationId),
        batch.map(({ integrationId }) => integrationId),
        batch.map(({ channelId }) => channelId),
        batch.map(({ provider }) => provider),
        batch.map(({ dedupeKey }) => dedupeKey),
        batch.map(({ eventType }) => eventType),
        batch.map(({ headers }) => JSON.stringify(headers)),
        batch.map(({ sealedBody }) => sealedBody),
        batch.map(({ bodyHash }) => bodyHash),
        task,
        maxAttempts,
        priority,
        flags,
        batch.map(({ signedWith }) => signedWith),
      ],
    );
    return new Map(rows.map(({ id, fresh }) => [id, fresh ? 'accepted' : 'repeated']));
  }
}
