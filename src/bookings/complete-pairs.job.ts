import { Organizations } from '../accounts/index.js';
import { Integrations, isLost, ProviderRegistry, TokenVault } from '../integrations/index.js';
import { Notifications } from '../notifications/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { JobHandler } from '../platform/jobs/index.js';
import type { BookingFacts } from './booking-facts.js';
import { BookingMerge, COMPLETE_PAIRS } from './booking-merge.js';
import { type MergeTarget, targetOf } from './merged-booking.js';
import { movedMail } from './booking-mail.js';
import { movedKey, toDraft } from './booking-news.js';
import { otherHalf } from './booking-pairs.js';
import { type BookingProvider, isBookingProvider } from './booking-provider.js';
import { movedText } from './booking-texts.js';
import { type BookingRow, toFacts } from './booking.row.js';

interface Payload {
  organizationId: string;
  integrationId: string;
}

/**
 * A move is told when both its bookings are known. Where one half never arrived by itself it is read from the provider;
 * where the provider does not show it either, the half we have is told alone.
 */
@JobHandler(COMPLETE_PAIRS)
export class CompletePairsJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly registry: ProviderRegistry,
    private readonly vault: TokenVault,
    private readonly merge: BookingMerge,
    private readonly organizations: Organizations,
    private readonly notifications: Notifications,
  ) {}

  async run(scope: Payload): Promise<void> {
    const { integration, due } = await this.work.inOrganization(scope, async (tx) => ({
      integration: await this.integrations.find(tx, scope.integrationId),
      due: await this.findDue(tx, scope.integrationId),
    }));
    if (integration === null || due.length === 0) return;
    const provider = this.registry.get(integration.provider);
    if (!isBookingProvider(provider)) return;

    const missing = [...new Set(due.map((row) => otherHalf(toFacts(row))).filter((id) => id !== null))];
    const found = await this.readFrom(provider, scope, missing);
    await this.work.inOrganization(scope, async (tx) => {
      const target = targetOf(provider, scope.integrationId);
      await this.merge.apply(tx, target, found);
      await this.tellHalves(tx, target);
    });
  }

  /** By the database's clock, which is also the one that says when a job is due. */
  private findDue(tx: Transaction, integrationId: string): Promise<BookingRow[]> {
    return tx.query<BookingRow>(
      `SELECT * FROM bookings WHERE organization_id = $1 AND integration_id = $2 AND pair_due_at <= now()`,
      [tx.organizationId, integrationId],
    );
  }

  private async readFrom(provider: BookingProvider, scope: Payload, externalIds: string[]): Promise<BookingFacts[]> {
    try {
      const found = await this.vault.withAccess(scope, scope.integrationId, (access) =>
        Promise.all(externalIds.map((externalId) => provider.findBooking(access, externalId))),
      );
      return found.filter((facts) => facts !== null);
    } catch (error) {
      // A connection that is gone for good will not show the other half later either.
      if (isLost(error)) return [];
      throw error;
    }
  }

  /** What is still a half after the reading stays one. */
  private async tellHalves(tx: Transaction, target: MergeTarget): Promise<void> {
    const halves = await this.findDue(tx, target.integrationId);
    if (halves.length === 0) return;
    const { time_zone: timeZone, locale } = await this.organizations.get(tx);
    const setting = { providerName: target.providerName, timeZone, locale };
    await this.notifications.tell(
      tx,
      halves
        .filter(({ status }) => status !== 'canceled')
        .map((row) => {
          const facts = toFacts(row);
          const [from, to] = facts.status === 'moved' ? [facts, null] : [null, facts];
          const key = movedKey(target, facts);
          const booking = { id: row.id, after: facts, prospectId: row.prospect_id };
          const mail = from ? movedMail(booking, null, target) : movedMail(null, booking, target);
          return toDraft(booking, target, `${target.source}_booking_moved`, key, movedText(from, to, setting), mail);
        }),
    );
    await tx.query(`UPDATE bookings SET pair_due_at = NULL WHERE organization_id = $1 AND id = ANY($2)`, [
      tx.organizationId,
      halves.map(({ id }) => id),
    ]);
  }
}
