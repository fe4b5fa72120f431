import { Injectable } from '@nestjs/common';
import { isBookingProvider } from '../../bookings/index.js';
import { ProviderRegistry } from '../../integrations/index.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { DoctorCheck, Finding, Ward } from '../finding.js';
import { finding } from '../finding-texts.js';

/** A connection that is new has not had the time yet. */
const SETTLING_MINUTES = 15;
const OVERDUE_MINUTES = 15;
/** Beyond the day on which a renewal is due: then nobody has done it. */
const DISUSE_GRACE_DAYS = 2;

interface Counted {
  provider: string;
  reason: string | null;
  count: number;
}

/** How connected accounts are doing: who pushes, who has lost access or will, who is not read. */
@Injectable()
export class ConnectionsCheck implements DoctorCheck {
  readonly name = 'connections';

  constructor(
    private readonly work: UnitOfWork,
    private readonly registry: ProviderRegistry,
  ) {}

  async examine({ organizationId }: Ward): Promise<Finding[]> {
    return await this.work.acrossOrganizations(async (tx) => [
      ...(await this.refusals(tx, organizationId)),
      ...(await this.deadChannels(tx, organizationId)),
      ...(await this.lostAccess(tx, organizationId)),
      ...(await this.disuse(tx, organizationId)),
      ...(await overdue(tx, organizationId)),
    ]);
  }

  private async refusals(tx: Transaction, organizationId: string | null): Promise<Finding[]> {
    const rows = await count(
      tx,
      organizationId,
      `options->>'channel_refusal'`,
      `status <> 'needs_reauth' AND NOT webhook_active AND options->>'channel_refusal' IS NOT NULL`,
    );
    return rows.map(({ provider, reason, count: accounts }) =>
      reason === 'plan'
        ? finding('channel/plan', { provider: this.nameOf(provider), count: accounts })
        : finding('channel/refused', { provider: this.nameOf(provider), count: accounts, reason: reason ?? '?' }),
    );
  }

  private async deadChannels(tx: Transaction, organizationId: string | null): Promise<Finding[]> {
    const pushing = this.registry.list().filter(isBookingProvider);
    const rows = await count(
      tx,
      organizationId,
      'NULL',
      `status = 'connected' AND options->>'channel_refusal' IS NULL
         AND connected_at < now() - interval '${SETTLING_MINUTES} minutes'
         AND (webhook_active OR provider = ANY($2))
         AND NOT EXISTS (SELECT FROM channels c WHERE c.integration_id = integrations.id AND c.state = 'open'
                         AND (c.expires_at IS NULL OR c.expires_at > now()))`,
      [pushing.map(({ id }) => id)],
    );
    return rows.map(({ provider, count: accounts }) =>
      finding('channel/dead', { provider: this.nameOf(provider), count: accounts }),
    );
  }

  private async lostAccess(tx: Transaction, organizationId: string | null): Promise<Finding[]> {
    const rows = await count(tx, organizationId, 'status_reason', `status = 'needs_reauth'`);
    return rows.map(({ provider, reason, count: accounts }) =>
      reason === 'testing_grant_expired'
        ? finding('token/application-in-testing', { provider: this.nameOf(provider) })
        : finding('token/needs-consent', { provider: this.nameOf(provider), count: accounts, reason: reason ?? '?' }),
    );
  }

  private async disuse(tx: Transaction, organizationId: string | null): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const { id, displayName, oauth } of this.registry.list()) {
      if (oauth.refreshAtLeastEveryDays === undefined) continue;
      const days = oauth.refreshAtLeastEveryDays + DISUSE_GRACE_DAYS;
      const [row] = await count(
        tx,
        organizationId,
        'NULL',
        `provider = $2 AND status <> 'needs_reauth' AND refresh_token IS NOT NULL
           AND issued_at < now() - make_interval(days => $3)`,
        [id, days],
      );
      if (row) findings.push(finding('token/dying-of-disuse', { provider: displayName, count: row.count, days }));
    }
    return findings;
  }

  private nameOf(provider: string): string {
    return this.registry.find(provider)?.displayName ?? provider;
  }
}

async function overdue(tx: Transaction, organizationId: string | null): Promise<Finding[]> {
  const rows = await count(
    tx,
    organizationId,
    'NULL',
    `auto_sync_enabled AND status IN ('connected', 'error')
       AND next_sync_at < now() - interval '${OVERDUE_MINUTES} minutes'`,
  );
  const accounts = rows.reduce((sum, row) => sum + row.count, 0);
  return accounts > 0 ? [finding('sync/overdue', { count: accounts, minutes: OVERDUE_MINUTES })] : [];
}

function count(
  tx: Transaction,
  organizationId: string | null,
  reason: string,
  condition: string,
  parameters: unknown[] = [],
): Promise<Counted[]> {
  return tx.query<Counted>(
    `SELECT provider, ${reason} AS reason, count(*)::int AS count FROM integrations
     WHERE is_active AND ($1::uuid IS NULL OR organization_id = $1) AND ${condition} GROUP BY 1, 2 ORDER BY 1, 2`,
    [organizationId, ...parameters],
  );
}
