import { Injectable } from '@nestjs/common';
import { FieldCipher, type OrganizationCipher } from '../platform/crypto/field-cipher.js';
import { sha256 } from '../platform/crypto/hashing.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Channel } from './channel.js';
import { Channels } from './channels.js';

/** Where a delivery belongs and what opens it. */
export interface KnownChannel {
  channelId: string | null;
  integrationId: string;
  organizationId: string;
  provider: string;
  secret: string;
  accountId: string;
  cipher: OrganizationCipher;
}

/**
 * How long an entry may be used unseen. A channel closed meanwhile takes no deliveries all the same: the inbox looks at
 * its row again in the statement that stores them.
 */
const KEEP_MS = 5_000;
const MAX_ENTRIES = 10_000;

/** Finds the channel of a delivery, mostly from memory: the receiver asks for every request. */
@Injectable()
export class ChannelDirectory {
  private readonly entries = new Map<string, { channel: Promise<KnownChannel | null>; until: number }>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly channels: Channels,
    private readonly cipher: FieldCipher,
  ) {}

  /** Those who ask while somebody is looking wait for the same look. */
  findByToken(token: string): Promise<KnownChannel | null> {
    const hash = sha256(token);
    const key = hash.toString('base64');
    const entry = this.entries.get(key);
    if (entry && entry.until > performance.now()) return entry.channel;
    const channel = this.lookUp(hash);
    if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
    this.entries.set(key, { channel, until: performance.now() + KEEP_MS });
    const forget = () => this.entries.delete(key);
    channel.then((found) => found ?? forget(), forget);
    return channel;
  }

  /** All that a delivery to the shared address can be for. */
  async listByProvider(provider: string): Promise<KnownChannel[]> {
    const rows = await this.findRows(`c.provider = $1`, [provider]);
    return Promise.all(rows.map((row) => this.open(row)));
  }

  private async lookUp(hash: Buffer): Promise<KnownChannel | null> {
    const [row] = await this.findRows(`c.token_hash = $1`, [hash]);
    return row ? await this.open(row) : null;
  }

  private findRows(condition: string, parameters: unknown[]): Promise<(Channel & { account_id: string })[]> {
    return this.work.acrossOrganizations((tx) =>
      tx.query(
        `SELECT c.*, i.account_id FROM channels c JOIN integrations i ON i.id = c.integration_id
         WHERE c.state <> 'closed' AND i.is_active AND ${condition}`,
        parameters,
      ),
    );
  }

  private open(row: Channel & { account_id: string }): Promise<KnownChannel> {
    return this.work.inOrganization({ organizationId: row.organization_id }, async (tx) => ({
      channelId: row.id,
      integrationId: row.integration_id,
      organizationId: row.organization_id,
      provider: row.provider,
      accountId: row.account_id,
      secret: await this.channels.openSecret(tx, row),
      cipher: await this.cipher.forOrganization(tx),
    }));
  }
}
