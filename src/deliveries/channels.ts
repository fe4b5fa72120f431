import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { randomToken, sha256 } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { Channel } from './channel.js';

/** A channel on its way to the provider: the only moment at which its token and secret exist in clear. */
export interface NewChannel {
  id: string;
  token: string;
  secret: string;
}

@Injectable()
export class Channels {
  constructor(private readonly cipher: FieldCipher) {}

  /** Written before the provider is asked: what it pushes during the call must already be known here. */
  async create(tx: Transaction, integration: { id: string; provider: string }): Promise<NewChannel> {
    const channel = { id: newId(), token: randomToken(), secret: randomToken() };
    const sealed = await this.cipher.seal(tx, placeOf(channel.id), channel.secret);
    await tx.query(
      `INSERT INTO channels (id, organization_id, integration_id, provider, token_hash, secret, state)
       VALUES ($1, $2, $3, $4, $5, $6, 'opening')`,
      [channel.id, tx.organizationId, integration.id, integration.provider, sha256(channel.token), sealed],
    );
    return channel;
  }

  async opened(tx: Transaction, id: string, externalId: string): Promise<void> {
    await tx.query(
      `UPDATE channels SET state = 'open', external_id = $3, last_checked_at = now()
       WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, id, externalId],
    );
  }

  async checked(tx: Transaction, id: string): Promise<void> {
    await tx.query(`UPDATE channels SET last_checked_at = now() WHERE organization_id = $1 AND id = $2`, [
      tx.organizationId,
      id,
    ]);
  }

  /** From here on its deliveries are refused like those of an unknown address. */
  async close(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE channels SET state = 'closed', closed_at = now() WHERE organization_id = $1 AND id = ANY($2)`,
      [tx.organizationId, ids],
    );
  }

  listLive(tx: Transaction, integrationId: string): Promise<Channel[]> {
    return tx.query<Channel>(
      `SELECT * FROM channels WHERE organization_id = $1 AND integration_id = $2 AND state <> 'closed' ORDER BY id`,
      [tx.organizationId, integrationId],
    );
  }

  /** How the provider knows the channels that were closed here: not those of somebody who has connected again since. */
  async listClosedExternalIds(tx: Transaction, integrationId: string): Promise<string[]> {
    const rows = await tx.query<{ external_id: string }>(
      `SELECT external_id FROM channels
       WHERE organization_id = $1 AND integration_id = $2 AND state = 'closed' AND external_id IS NOT NULL
       ORDER BY id DESC LIMIT 5`,
      [tx.organizationId, integrationId],
    );
    return rows.map(({ external_id }) => external_id);
  }

  async openSecret(tx: Transaction, channel: Pick<Channel, 'id' | 'secret'>): Promise<string> {
    return this.cipher.open(tx, placeOf(channel.id), channel.secret);
  }
}

function placeOf(rowId: string) {
  return { table: 'channels', column: 'secret', rowId };
}
