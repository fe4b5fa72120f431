import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { newId } from '../database/identifiers.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventLog } from '../logging/event-log.js';
import { Keyring } from './keyring.js';
import { OrganizationKeys } from './organization-keys.js';

const EVERY_MS = 10_000;

/** An instance that was silent for so long is gone. */
export const HOLDER_GONE_SECONDS = 45;

/**
 * Says again and again which keys this instance holds. A key may only begin to write when every running instance can
 * read it; this is how the command that promotes it knows. How often each data key has sealed is told along with it.
 */
@Injectable()
export class KeyPresence implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly instanceId = newId();
  private timer: NodeJS.Timeout | undefined;
  private isEnding = false;
  private saying: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: UnitOfWork,
    private readonly keyring: Keyring,
    private readonly dataKeys: OrganizationKeys,
    private readonly log: EventLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.saying = this.say();
    await this.saying;
    // A start that failed elsewhere has been put away meanwhile.
    if (this.isEnding) return;
    this.timer = setInterval(() => {
      this.saying = this.saying.then(() => this.say());
    }, EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    clearInterval(this.timer);
    await this.saying;
    if (this.timer === undefined) return;
    await this.tellUses();
    await this.attempt('DELETE FROM key_holders WHERE instance_id = $1', [this.instanceId]);
  }

  private async say(): Promise<void> {
    const held = [...this.keyring.lookAgain().keys()];
    await this.attempt(
      `INSERT INTO key_holders (instance_id, key_ids) VALUES ($1, $2)
       ON CONFLICT (instance_id) DO UPDATE SET key_ids = excluded.key_ids, seen_at = clock_timestamp()`,
      [this.instanceId, held],
    );
    await this.tellUses();
  }

  private async tellUses(): Promise<void> {
    const uses = this.dataKeys.takeUses();
    if (uses.size === 0) return;
    await this.attempt(
      `UPDATE organization_keys SET uses = uses + used.times
       FROM unnest($1::text[], $2::bigint[]) AS used(dek_id, times) WHERE organization_keys.dek_id = used.dek_id`,
      [[...uses.keys()], [...uses.values()]],
    );
  }

  /** A database that is away is for others to report; the next time says the same. */
  private async attempt(sql: string, parameters: unknown[]): Promise<void> {
    try {
      await this.work.acrossOrganizations((tx) => tx.execute(sql, parameters));
    } catch (error) {
      this.log.failure('keys.presence_not_said', error);
    }
  }
}
