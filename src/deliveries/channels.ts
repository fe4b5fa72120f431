import { Injectable } from '@nestjs/common';
import { Integrations } from '../integrations/index.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { randomToken, sha256 } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Clock } from '../platform/clock/clock.js';
import { JobDeferred } from '../platform/jobs/index.js';
import type { Channel } from './channel.js';

/** A channel and the connection that it serves. */
export interface OwnedChannel {
  id: string;
  integrationId: string;
  provider: string;
}

/** A channel on its way to the provider: the only moment at which its token and secret exist in clear. */
export interface NewChannel extends OwnedChannel {
  token: string;
  secret: string;
}

/** How long a channel lives, as the provider has answered. */
export interface ChannelLife {
  resourceId: string | null;
  expiresAt: Date;
  renewAt: Date;
}

/** Longer than opening a channel can take: whoever began has ended by then, or was killed. */
const OPENING_SECONDS = 60;

@Injectable()
export class Channels {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /**
   * A channel to open. Two who look after one connection at the same moment must not open one each: the later comes
   * back when the earlier is done. Null for a connection that has ended: a live channel belongs to a live connection.
   */
  async begin(
    scope: TenantScope,
    integration: { id: string; provider: string },
    calendarId: string | null = null,
  ): Promise<NewChannel | null> {
    return await this.work.inOrganization(scope, async (tx) => {
      if (!(await this.integrations.hold(tx, integration.id))) return null;
      if (await this.isBeingOpened(tx, integration.id)) throw this.comeBack();
      return await this.create(tx, integration, calendarId);
    });
  }

  comeBack(): JobDeferred {
    return new JobDeferred(new Date(this.clock.now().getTime() + OPENING_SECONDS * 1_000), 'channel-being-opened');
  }

  async isBeingOpened(tx: Transaction, integrationId: string): Promise<boolean> {
    const young = await tx.query(
      `SELECT 1 FROM channels WHERE organization_id = $1 AND integration_id = $2 AND state = 'opening'
         AND created_at > now() - interval '${OPENING_SECONDS} seconds' LIMIT 1`,
      [tx.organizationId, integrationId],
    );
    return young.length > 0;
  }

  /** Written before the provider is asked: what it pushes during the call must already be known here. */
  private async create(
    tx: Transaction,
    integration: { id: string; provider: string },
    calendarId: string | null,
  ): Promise<NewChannel> {
    const { id: integrationId, provider } = integration;
    const channel = { id: newId(), integrationId, provider, token: randomToken(), secret: randomToken() };
    const sealed = await this.cipher.seal(tx, placeOf(channel.id), channel.secret);
    await tx.query(
      `INSERT INTO channels (id, organization_id, integration_id, provider, token_hash, secret, calendar_id, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'opening')`,
      [channel.id, tx.organizationId, integrationId, provider, sha256(channel.token), sealed, calendarId],
    );
    return channel;
  }

  /**
   * Without a life, for channels that live until somebody ends them. False when that has happened meanwhile: whoever
   * disconnects ends all channels, and a connection that was made since has one of its own.
   */
  async opened(
    tx: Transaction,
    { id, integrationId }: OwnedChannel,
    externalId: string,
    life: ChannelLife | null = null,
  ): Promise<boolean> {
    await this.integrations.hold(tx, integrationId);
    const opened = await tx.query(
      `UPDATE channels SET state = 'open', external_id = $3, resource_id = coalesce($4, resource_id), expires_at = $5,
         renew_at = $6, last_checked_at = now()
       WHERE organization_id = $1 AND id = $2 AND state <> 'closed' RETURNING id`,
      [tx.organizationId, id, externalId, life?.resourceId ?? null, life?.expiresAt ?? null, life?.renewAt ?? null],
    );
    return opened.length > 0;
  }

  /** Ends one that the provider has not opened. False when somebody has disconnected meanwhile, which has ended it. */
  async notOpened(tx: Transaction, { id, integrationId }: OwnedChannel): Promise<boolean> {
    await this.integrations.hold(tx, integrationId);
    return (await this.close(tx, [id])) > 0;
  }

  /** Whether what a provider has may end for this one: no other connection here has it, and this one is still wanted. */
  async mayReplace(externalId: string, { id, integrationId, provider }: OwnedChannel): Promise<boolean> {
    return await this.work.acrossOrganizations(async (tx) => {
      const [found] = await tx.query<{ is_wanted: boolean; is_taken: boolean }>(
        `SELECT EXISTS (SELECT FROM channels WHERE id = $1 AND state <> 'closed') AS is_wanted,
           EXISTS (SELECT FROM channels
                   WHERE provider = $2 AND external_id = $3 AND integration_id <> $4 AND state <> 'closed') AS is_taken`,
        [id, provider, externalId, integrationId],
      );
      return found!.is_wanted && !found!.is_taken;
    });
  }

  async checked(tx: Transaction, id: string): Promise<void> {
    await tx.query(`UPDATE channels SET last_checked_at = now() WHERE organization_id = $1 AND id = $2`, [
      tx.organizationId,
      id,
    ]);
  }

  /** From here on its deliveries are refused like those of an unknown address. */
  async close(tx: Transaction, ids: readonly string[]): Promise<number> {
    const { count } = await tx.execute(
      `UPDATE channels SET state = 'closed', closed_at = now()
       WHERE organization_id = $1 AND id = ANY($2) AND state <> 'closed'`,
      [tx.organizationId, ids],
    );
    return count;
  }

  listLive(tx: Transaction, integrationId: string): Promise<Channel[]> {
    return tx.query<Channel>(
      `SELECT * FROM channels WHERE organization_id = $1 AND integration_id = $2 AND state <> 'closed' ORDER BY id`,
      [tx.organizationId, integrationId],
    );
  }

  /** How the provider knows the channels that were closed here: not those of somebody who has connected again since. */
  async listClosed(
    tx: Transaction,
    integrationId: string,
  ): Promise<{ externalId: string; resourceId: string | null }[]> {
    const rows = await tx.query<{ external_id: string; resource_id: string | null }>(
      `SELECT external_id, resource_id FROM channels
       WHERE organization_id = $1 AND integration_id = $2 AND state = 'closed' AND external_id IS NOT NULL
       ORDER BY id DESC LIMIT 5`,
      [tx.organizationId, integrationId],
    );
    return rows.map(({ external_id, resource_id }) => ({ externalId: external_id, resourceId: resource_id }));
  }

  async openSecret(tx: Transaction, channel: Pick<Channel, 'id' | 'secret'>): Promise<string> {
    return this.cipher.open(tx, placeOf(channel.id), channel.secret);
  }
}

function placeOf(rowId: string) {
  return { table: 'channels', column: 'secret', rowId };
}
