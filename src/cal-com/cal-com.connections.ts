import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { includesRole, roleRequired, type Session } from '../accounts/index.js';
import {
  ConnectFlow,
  type ConnectCallback,
  type Connector,
  type Integration,
  Integrations,
  ProviderError,
  providerUnavailable,
  toProviderError,
  toProviderProblem,
  type TokenGrant,
} from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { CalComConfig } from './cal-com.config.js';
import { CalComGrants, modeOf } from './cal-com.grants.js';
import { calComApiKeyMissing, calComApiKeyRefused } from './cal-com.problems.js';
import { CAL_COM } from './cal-com.profile.js';
import { ManagedUserClaims } from './managed-user-claims.js';
import { ManagedUsers } from './managed-users.js';

/** How long a caller waits for somebody else who makes the same managed user. */
const PATIENCE_MS = 20_000;

/**
 * The connection that a person has to Cal.com, in the mode of this server. Where a connection was made in another mode it
 * goes on as long as Cal.com lets it, until its owner connects anew; its bookings stay in any case.
 */
@Injectable()
export class CalComConnections {
  constructor(
    private readonly work: UnitOfWork,
    private readonly config: CalComConfig,
    private readonly connect: ConnectFlow,
    private readonly integrations: Integrations,
    private readonly grants: CalComGrants,
    private readonly users: ManagedUsers,
    private readonly claims: ManagedUserClaims,
  ) {}

  /** One of this server's mode before others, one's own before the organization's, the newest of several. */
  async find(tx: Transaction, { userId }: Pick<Session, 'userId'>): Promise<Integration | null> {
    const live = await this.integrations.listLive(tx, CAL_COM.id);
    const seen = live.filter(({ user_id }) => user_id === userId || user_id === null);
    const rank = (one: Integration) => (this.isCurrent(one) ? 2 : 0) + (one.user_id === userId ? 1 : 0);
    return seen.toReversed().toSorted((left, right) => rank(right) - rank(left))[0] ?? null;
  }

  isCurrent({ options }: Pick<Integration, 'options'>): boolean {
    return modeOf(options) === this.config.mode;
  }

  /** Made in this server's mode, and not in need of its owner. */
  isUsable(integration: Integration | null): integration is Integration {
    return integration !== null && this.isCurrent(integration) && integration.status !== 'needs_reauth';
  }

  beginConsent(session: Session): Promise<{ authUrl: string; state: string }> {
    return this.connect.begin(session, CAL_COM.id);
  }

  async completeReturn(callback: ConnectCallback): Promise<{ connector: Connector; integrationId: string }> {
    const { connector, integrationId } = await this.connect.completeReturn(CAL_COM.id, callback);
    await this.endFormer(connector, integrationId);
    return { connector, integrationId };
  }

  async complete(session: Session, callback: ConnectCallback): Promise<string> {
    const { integrationId } = await this.connect.complete(session, CAL_COM.id, callback);
    await this.endFormer(session, integrationId);
    return integrationId;
  }

  /** With a key that an administrator made at Cal.com; it serves everybody of the organization. */
  async connectKey(session: Session, apiKey: string | undefined): Promise<string> {
    if (!includesRole(session.role, 'admin')) throw new Problem(roleRequired);
    if (apiKey === undefined) throw new Problem(calComApiKeyMissing);
    const grant = await this.tryKey(apiKey);
    return await this.connectGranted(session, async () => grant);
  }

  /**
   * The person's managed user, made if there is none. However many ask at once, from however many processes: one of them
   * makes it and the others find it.
   */
  async ensureManaged(session: Session): Promise<string> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const { usable, isOurs } = await this.work.inOrganization(session, async (tx) => {
        const found = await this.find(tx, session);
        const known = this.isUsable(found) ? found : null;
        return { usable: known, isOurs: known === null && (await this.claims.take(tx, session)) };
      });
      if (usable) return usable.id;
      if (isOurs) return await this.makeManaged(session);
      if (performance.now() > deadline) throw new Problem(providerUnavailable, { retryAfterSeconds: 5 });
      await sleep(20 + Math.random() * 30);
    }
  }

  private async makeManaged(session: Session): Promise<string> {
    try {
      return await this.connectGranted(session, () => this.users.obtain(session));
    } finally {
      await this.work.inOrganization(session, (tx) => this.claims.release(tx, session));
    }
  }

  private async connectGranted(session: Session, obtain: () => Promise<TokenGrant>): Promise<string> {
    const { integrationId } = await this.connect.connectGranted(session, CAL_COM.id, obtain);
    await this.endFormer(session, integrationId);
    return integrationId;
  }

  private async tryKey(apiKey: string): Promise<TokenGrant> {
    try {
      return await this.grants.ofApiKey(apiKey);
    } catch (error) {
      const { failure } = toProviderError(error);
      if (failure.kind === 'reauthorize') throw new Problem(calComApiKeyRefused, { cause: error });
      if (!(error instanceof ProviderError)) throw error;
      throw toProviderProblem(CAL_COM, failure, 'connecting', error);
    }
  }

  /** What this person had in another mode has done its service: what came by it stays. */
  private async endFormer(connector: Connector, integrationId: string): Promise<void> {
    const former = await this.work.inOrganization(connector, async (tx) =>
      (await this.integrations.listLive(tx, CAL_COM.id)).filter(
        (one) => one.id !== integrationId && !this.isCurrent(one) && isOf(one, connector),
      ),
    );
    for (const { id } of former) await this.integrations.disconnect(connector, id);
  }
}

function isOf({ user_id }: Integration, { userId }: Connector): boolean {
  return user_id === userId;
}
