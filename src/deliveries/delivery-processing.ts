import { Injectable } from '@nestjs/common';
import {
  type BookingChange,
  type BookingFacts,
  BookingMerge,
  type BookingProvider,
  type DeliveryContent,
  isBookingProvider,
  markAbsences,
  targetOf,
  type ToldAbsence,
  ToldAbsences,
  type UnnamedCancellation,
  UnnamedBookings,
} from '../bookings/index.js';
import { Integrations, ProviderRegistry } from '../integrations/index.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Sync } from '../sync/index.js';
import { bodyBytes, bodyPlace, type DeliveryState } from './delivery.js';
import { DeliveryNews } from './delivery-news.js';

interface StoredDelivery {
  id: string;
  provider: string;
  body: string | null;
  received_at: Date;
  /** What it was about when it was worked through before. */
  booking_id: string | null;
  is_paused: boolean;
}

export interface DeliveryOwner {
  readonly organization_id: string;
  readonly integration_id: string;
}

/** A row of what `close` writes. */
interface ClosedDelivery {
  id: string;
  state: DeliveryState;
  error_code: string | null;
  booking_id?: string | null;
  booking_effect?: string | null;
  prospect_effect?: string | null;
  notification_ids?: readonly string[];
}

interface ReadDelivery {
  id: string;
  bookingId: string | null;
  outcome: DeliveryContent['outcome'];
}

/** From kept bytes to bookings: one transaction per connection, in which the deliveries also become processed. */
@Injectable()
export class DeliveryProcessing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly registry: ProviderRegistry,
    private readonly merge: BookingMerge,
    private readonly unnamed: UnnamedBookings,
    private readonly absences: ToldAbsences,
    private readonly integrations: Integrations,
    private readonly sync: Sync,
    private readonly cipher: FieldCipher,
    private readonly news: DeliveryNews,
    private readonly log: EventLog,
  ) {}

  /** Whose those are that are still to be worked through; across organizations. */
  listOwners(tx: Transaction, deliveryIds: readonly string[]): Promise<DeliveryOwner[]> {
    return tx.query<DeliveryOwner>(
      `SELECT DISTINCT organization_id, integration_id FROM deliveries WHERE id = ANY($1) AND state = 'received'`,
      [deliveryIds],
    );
  }

  async process(deliveryIds: readonly string[], owners: readonly DeliveryOwner[]): Promise<void> {
    for (const owner of owners) {
      const { organization_id: organizationId, integration_id: integrationId } = owner;
      const closed = await this.work.inOrganization({ organizationId }, (tx) =>
        this.processOf(tx, integrationId, deliveryIds),
      );
      for (const { id, state } of closed) this.news.tell(organizationId, id, state);
    }
  }

  /** Answers what they have become. */
  private async processOf(
    tx: Transaction,
    integrationId: string,
    deliveryIds: readonly string[],
  ): Promise<readonly ClosedDelivery[]> {
    // The lock and the state together make a second run of the same job find nothing.
    const rows = await tx.query<StoredDelivery>(
      `SELECT d.id, d.provider, d.body, d.received_at, d.booking_id, coalesce((i.options->>'paused')::boolean, false) AS is_paused
       FROM deliveries d JOIN integrations i ON i.id = d.integration_id
       WHERE d.organization_id = $1 AND d.integration_id = $2 AND d.id = ANY($3) AND d.state = 'received'
       ORDER BY d.id FOR UPDATE OF d`,
      [tx.organizationId, integrationId, deliveryIds],
    );
    const [first] = rows;
    if (!first) return [];
    const provider = this.registry.get(first.provider);
    if (!isBookingProvider(provider)) throw new Error(`${first.provider} has no deliveries`);

    const read = await this.settleNames(tx, integrationId, await this.readAll(tx, provider, rows));
    const facts = read.flatMap(({ outcome }) => factsOf(outcome));
    const merged = facts.length > 0 ? await this.merge.apply(tx, targetOf(provider, integrationId), facts) : null;
    const closed = await this.close(tx, read, merged?.changes ?? []);
    await tx.query(
      `UPDATE channels SET last_delivery_at = now()
       WHERE organization_id = $1 AND integration_id = $2 AND state <> 'closed'`,
      [tx.organizationId, integrationId],
    );
    this.log.event('delivery.processed', { provider: provider.id, deliveries: read.length, bookings: facts.length });
    return closed;
  }

  private async readAll(tx: Transaction, provider: BookingProvider, rows: StoredDelivery[]): Promise<ReadDelivery[]> {
    const cipher = await this.cipher.forOrganization(tx);
    return rows.map(({ id, body, received_at, booking_id: bookingId, is_paused }) => {
      // Nothing is lost by a pause: the reading that follows it finds what happened meanwhile.
      if (is_paused) return { id, bookingId, outcome: { kind: 'ignored', reason: 'paused' } };
      const bytes = bodyBytes(cipher.open(bodyPlace(id), body ?? ''));
      return { id, bookingId, outcome: provider.readDelivery(bytes, received_at).outcome };
    });
  }

  /** Finds out which appointments are meant where the provider's own ids are missing. */
  private async settleNames(tx: Transaction, integrationId: string, read: ReadDelivery[]): Promise<ReadDelivery[]> {
    const settled: ReadDelivery[] = [];
    for (const delivery of read) {
      const { outcome, bookingId } = delivery;
      if (outcome.kind === 'cancellation') {
        const facts =
          (await this.unnamed.toCanceled(tx, integrationId, outcome.of, bookingId)) ??
          // It may have come in with the booking that it cancels.
          cancelAmong(
            settled.flatMap((other) => factsOf(other.outcome)),
            outcome.of,
          );
        settled.push({
          ...delivery,
          outcome: facts ? { kind: 'booking', facts } : { kind: 'ignored', reason: 'booking-unknown' },
        });
      } else if (outcome.kind === 'absence') {
        // It may have come in with the booking that it is about.
        const among = settled.flatMap((other) => factsOf(other.outcome));
        settled.push({ ...delivery, outcome: await this.settleAbsence(tx, integrationId, outcome.of, among) });
      } else if (outcome.kind === 'booking') {
        const [facts = outcome.facts] = await this.unnamed.name(tx, integrationId, [outcome.facts]);
        settled.push({ ...delivery, outcome: { ...outcome, facts } });
      } else {
        settled.push(delivery);
      }
    }
    return settled;
  }

  private async settleAbsence(
    tx: Transaction,
    integrationId: string,
    absence: ToldAbsence,
    among: readonly BookingFacts[],
  ): Promise<DeliveryContent['outcome']> {
    const known = await this.absences.toMarked(tx, integrationId, absence);
    const [facts, ...others] = known.length > 0 ? known : markAbsences(among, absence);
    if (facts) return { kind: 'booking', facts, others };
    // Of an appointment that has not reached us: the account is read, which finds both.
    const integration = await this.integrations.find(tx, integrationId);
    if (integration?.is_active) await this.sync.request(tx, integration, 'push');
    return { kind: 'ignored', reason: 'absence-early' };
  }

  /** With what they caused. A delivery that is worked through again keeps what it caused the first time. */
  private async close(
    tx: Transaction,
    read: ReadDelivery[],
    changes: readonly BookingChange[],
  ): Promise<readonly ClosedDelivery[]> {
    const byBooking = new Map(changes.map((change) => [change.externalId, change]));
    const rows = read.map(({ id, outcome }): ClosedDelivery => {
      if (outcome.kind === 'ignored') return { id, state: 'ignored', error_code: outcome.reason };
      if (outcome.kind !== 'booking') return { id, state: 'dead', error_code: reasonOf(outcome) };
      const change = byBooking.get(outcome.facts.externalId);
      return {
        id,
        state: 'processed',
        error_code: null,
        booking_id: change?.bookingId ?? null,
        booking_effect: change?.effect ?? null,
        prospect_effect: change?.prospectEffect ?? null,
        notification_ids: change?.notificationIds ?? [],
      };
    });
    await tx.query(
      `UPDATE deliveries d
       SET state = done.state, error_code = done.error_code, attempts = d.attempts + 1, processed_at = now(),
           booking_id = coalesce(done.booking_id, d.booking_id),
           booking_effect = coalesce(nullif(d.booking_effect, 'unchanged'), done.booking_effect, d.booking_effect),
           last_effect = done.booking_effect,
           prospect_effect = coalesce(d.prospect_effect, done.prospect_effect),
           notification_ids = d.notification_ids || coalesce(done.notification_ids, '{}')
       FROM jsonb_to_recordset($2::jsonb)
         AS done(id uuid, state text, error_code text, booking_id uuid, booking_effect text, prospect_effect text,
                 notification_ids uuid[])
       WHERE d.organization_id = $1 AND d.id = done.id
         -- Said twice, for the planner: before it knows the table it would go through all of the organization's, for each.
         AND d.id = ANY($3)`,
      [tx.organizationId, JSON.stringify(rows), rows.map(({ id }) => id)],
    );
    return rows;
  }
}

function reasonOf(outcome: DeliveryContent['outcome']): string | null {
  return outcome.kind === 'unusable' ? outcome.reason : null;
}

function factsOf(outcome: DeliveryContent['outcome']): readonly BookingFacts[] {
  return outcome.kind === 'booking' ? [outcome.facts, ...(outcome.others ?? [])] : [];
}

function cancelAmong(facts: readonly BookingFacts[], { email, eventName }: UnnamedCancellation): BookingFacts | null {
  const booked = facts.findLast(
    ({ invitee, eventName: name }) =>
      invitee.email?.toLowerCase() === email.toLowerCase() && (eventName === null || name === eventName),
  );
  return booked ? { ...booked, status: 'canceled', cancellation: { by: null, reason: null } } : null;
}
