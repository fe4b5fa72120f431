import { Injectable } from '@nestjs/common';
import { PreparedStatements } from '../platform/database/prepared-statements.js';
import { Jobs } from '../platform/jobs/index.js';
import { type IncomingDelivery, MAY_BE_UNREADABLE } from './delivery.js';
import { DeliveryNews } from './delivery-news.js';

export const PROCESS_DELIVERIES = 'deliveries.process';

/** `unknown`: the channel was closed between the look-up and the insert. */
export type InboxAnswer = 'accepted' | 'repeated' | 'unknown';

/** One statement carries at most this many; more wait for the next one. */
export const MAX_BATCH = 200;

const KEEP = {
  name: 'deliveries.keep',
  text: `
    WITH live AS (
      SELECT d.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::text[],
                             $8::text[], $9::text[], $10::bytea[], $11::text[])
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
      -- In half the time of the queue's ordinary mode. A job is dropped in this one where its key is there already: this
      -- key is of a delivery that is new, and so of no other job.
      SELECT graphile_worker.add_job($12, json_build_object('deliveryIds', json_agg(id)),
                                     max_attempts => $13, priority => $14, flags => $15,
                                     job_key => min(id::text), job_key_mode => 'unsafe_dedupe')
      FROM inserted HAVING count(*) > 0
    )
    -- One row, whatever came: an answer for each would cost more than all of the asking, and without any row at all
    -- PostgreSQL would not look at the job.
    SELECT (SELECT count(*)::int FROM enqueued) AS jobs,
           array(SELECT id FROM live EXCEPT SELECT id FROM inserted) AS repeated,
           array(SELECT unnest($1::uuid[]) EXCEPT SELECT id FROM live) AS unknown`,
};

/** In a statement of its own: that which kept them may not have seen what they met with. */
const FIND_UNLIKE = {
  name: 'deliveries.find-unlike',
  text: `
    SELECT said.id
    FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) AS said(id, integration_id, dedupe_key, body_sha256)
    JOIN deliveries d USING (integration_id, dedupe_key)
    WHERE d.body_sha256 <> said.body_sha256 AND d.${MAY_BE_UNREADABLE}`,
};

interface Waiting {
  delivery: IncomingDelivery;
  resolve: (answer: InboxAnswer) => void;
  reject: (error: unknown) => void;
}

/**
 * Keeps deliveries. Requests that arrive while a statement is under way are stored together by the next one, with one job
 * for all of them: at full load the cost of a commit is shared by everybody who waited for it. A job per row was measured
 * at a fifth of the throughput, two statements at a time at nine tenths. A caller is answered after the commit that holds
 * its row, never before.
 */
@Injectable()
export class DeliveryInbox {
  private waiting: Waiting[] = [];
  private isStoring = false;

  constructor(
    private readonly statements: PreparedStatements,
    private readonly jobs: Jobs,
    private readonly news: DeliveryNews,
  ) {}

  put(delivery: IncomingDelivery): Promise<InboxAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ delivery, resolve, reject });
      if (!this.isStoring) void this.flush();
    });
  }

  private async flush(): Promise<void> {
    this.isStoring = true;
    // Let the requests of this turn of the event loop join the first batch too.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MAX_BATCH);
      try {
        const answers = await this.store(batch.map(({ delivery }) => delivery));
        for (const one of batch) this.settle(one, answers.get(one.delivery.id) ?? 'accepted');
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isStoring = false;
  }

  private settle({ delivery, resolve, reject }: Waiting, answer: InboxAnswer | 'unlike'): void {
    if (answer === 'unlike') {
      // Known by its bytes from now on. The next statement takes it along.
      this.waiting.push({ delivery: { ...delivery, dedupeKey: delivery.bodyHash }, resolve, reject });
      return;
    }
    resolve(answer);
    if (answer === 'accepted') this.news.tell(delivery.organizationId, delivery.id, 'received');
  }

  /** Answers for those that were not accepted. */
  private async store(batch: readonly IncomingDelivery[]): Promise<Map<string, InboxAnswer | 'unlike'>> {
    const { task, maxAttempts, priority, flags } = this.jobs.termsOf(PROCESS_DELIVERIES);
    const [kept] = await this.statements.runAcross<{ repeated: string[]; unknown: string[] }>(KEEP, [
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
      batch.map(({ signedWith }) => signedWith),
      task,
      maxAttempts,
      priority,
      flags,
    ]);
    const answers = new Map<string, InboxAnswer | 'unlike'>();
    for (const id of kept!.unknown) answers.set(id, 'unknown');
    for (const id of kept!.repeated) answers.set(id, 'repeated');
    for (const id of await this.findUnlike(batch.filter((one) => answers.get(one.id) === 'repeated'))) {
      answers.set(id, 'unlike');
    }
    return answers;
  }

  /** Of those whose identity was there: which have other bytes than one that may turn out to be unreadable. */
  private async findUnlike(met: readonly IncomingDelivery[]): Promise<string[]> {
    const doubtful = met.filter(({ dedupeKey, bodyHash }) => !dedupeKey.equals(bodyHash));
    if (doubtful.length === 0) return [];
    const rows = await this.statements.runAcross<{ id: string }>(FIND_UNLIKE, [
      doubtful.map(({ id }) => id),
      doubtful.map(({ integrationId }) => integrationId),
      doubtful.map(({ dedupeKey }) => dedupeKey),
      doubtful.map(({ bodyHash }) => bodyHash),
    ]);
    return rows.map(({ id }) => id);
  }
}
