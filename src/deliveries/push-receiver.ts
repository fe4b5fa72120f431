import { Injectable } from '@nestjs/common';
import { sha256 } from '../platform/crypto/hashing.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { CalendarReadings } from '../sync/index.js';
import { KEEP_CHANNEL } from './keep-channel.task.js';

/** One push of a calendar provider, read and not yet believed. */
export interface PushNotice {
  /** The channel as the provider names it. */
  readonly externalId: string;
  /** What only the provider and we know; null when the push brought none. */
  readonly secret: string | null;
  readonly kind:
    /** The channel works; nothing has changed. */
    | 'opened'
    | 'changed'
    /** Pushes were lost. */
    | 'missed'
    /** The provider stops pushing unless the channel is extended. */
    | 'must-extend'
    /** The provider has ended the channel. */
    | 'lost';
}

interface PushedChannel {
  id: string;
  organization_id: string;
  integration_id: string;
  external_id: string | null;
}

/**
 * Takes in pushes that say no more than "look": nothing of them is kept but that a calendar has changed. The secret finds
 * the channel, so that a guess meets nothing to be compared with, and the channel says whose calendar it is.
 */
@Injectable()
export class PushReceiver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly readings: CalendarReadings,
    private readonly jobs: Jobs,
    private readonly metrics: Metrics,
    private readonly log: EventLog,
  ) {}

  /** Each notice stands for itself: a wrong one among many changes nothing about the others. */
  async receive(provider: string, notices: readonly PushNotice[]): Promise<('taken' | 'unknown')[]> {
    const answers = await this.work.acrossOrganizations(async (tx) => {
      const taken: ('taken' | 'unknown')[] = [];
      for (const notice of notices) taken.push(await this.take(tx, provider, notice));
      return taken;
    });
    for (const answer of answers)
      this.metrics.deliveries.inc({ provider, answer: answer === 'taken' ? 'new' : 'refused' });
    const refused = answers.filter((answer) => answer === 'unknown').length;
    if (refused > 0) this.log.warning('push.refused', { provider, refused });
    return answers;
  }

  private async take(tx: Transaction, provider: string, notice: PushNotice): Promise<'taken' | 'unknown'> {
    const channel = await this.find(tx, provider, notice);
    if (channel === null) return 'unknown';
    const { organization_id: organizationId, integration_id: integrationId } = channel;
    if (notice.kind === 'lost') {
      await tx.execute(`UPDATE channels SET state = 'closed', closed_at = now() WHERE id = $1`, [channel.id]);
    } else {
      await tx.execute(
        `UPDATE channels SET last_delivery_at = now(), renew_at = CASE WHEN $2 THEN now() ELSE renew_at END WHERE id = $1`,
        [channel.id, notice.kind === 'must-extend'],
      );
    }
    if (notice.kind === 'lost' || notice.kind === 'must-extend') {
      await this.jobs.enqueue(tx, KEEP_CHANNEL, { organizationId, integrationId });
    }
    if (notice.kind !== 'opened' && notice.kind !== 'must-extend') {
      await this.readings.markDirty(tx, organizationId, integrationId);
    }
    return 'taken';
  }

  private async find(tx: Transaction, provider: string, notice: PushNotice): Promise<PushedChannel | null> {
    if (notice.secret === null || notice.secret === '') return null;
    const [channel] = await tx.query<PushedChannel>(
      `SELECT c.id, c.organization_id, c.integration_id, c.external_id
       FROM channels c JOIN integrations i ON i.id = c.integration_id
       WHERE c.token_hash = $1 AND c.provider = $2 AND c.state <> 'closed' AND i.is_active`,
      [sha256(notice.secret), provider],
    );
    // Before the provider has answered our request its name for the channel is not known here.
    const isMeant = channel && (channel.external_id ?? notice.externalId) === notice.externalId;
    return isMeant ? channel : null;
  }
}
