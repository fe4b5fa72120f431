import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Organizations } from '../accounts/index.js';
import { type BookingChange, BookingChanges } from '../bookings/index.js';
import {
  breakOrRecovery,
  explainStatus,
  type FormerStatus,
  type Integration,
  IntegrationLifecycle,
  ProviderRegistry,
} from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ProspectChanges, type ToldProspects } from '../prospects/index.js';
import { listBookings } from './webhook-bookings.js';
import type { WebhookEvent, WebhookEventType } from './webhook-events.js';
import { WebhookPromises } from './webhook-promises.js';

const BOOKING_EVENTS = [
  'booking.created',
  'booking.updated',
  'booking.moved',
  'booking.canceled',
  'booking.no_show',
] as const;

/** Listens in the rooms above, which know nothing of webhooks, and promises what the host application should hear. */
@Injectable()
export class WebhookNews implements OnModuleInit {
  constructor(
    private readonly prospects: ProspectChanges,
    private readonly bookings: BookingChanges,
    private readonly connections: IntegrationLifecycle,
    private readonly registry: ProviderRegistry,
    private readonly organizations: Organizations,
    private readonly promises: WebhookPromises,
  ) {}

  onModuleInit(): void {
    this.prospects.onChanged((tx, told) => this.tellProspects(tx, told));
    this.prospects.onErased((tx, id) => this.tellErased(tx, id));
    this.bookings.onChanged((tx, changes) => this.tellBookings(tx, changes));
    this.connections.onStatusChanged((tx, integration, former) => this.tellConnection(tx, integration, former));
  }

  private async tellProspects(tx: Transaction, { created, updated }: ToldProspects): Promise<void> {
    if (!(await this.promises.areWanted(tx, ['prospect.created', 'prospect.updated']))) return;
    await this.promises.promise(tx, [
      ...created.map((data) => toEvent('prospect.created', ofProspect(data.id), data)),
      ...updated.map((data) => toEvent('prospect.updated', ofProspect(data.id), data)),
    ]);
  }

  /** What was said of the person and is kept for the log goes as well; what was not sent yet will not be. */
  private async tellErased(tx: Transaction, id: string): Promise<void> {
    await tx.query(
      `DELETE FROM webhook_messages WHERE id IN (
         SELECT id FROM webhook_messages WHERE organization_id = $1 AND subject = $2 ORDER BY position FOR UPDATE)`,
      [tx.organizationId, ofProspect(id)],
    );
    await this.promises.promise(tx, [toEvent('prospect.deleted', ofProspect(id), { id })]);
  }

  private async tellBookings(tx: Transaction, changes: readonly BookingChange[]): Promise<void> {
    if (!(await this.promises.areWanted(tx, BOOKING_EVENTS))) return;
    const told = changes.flatMap(({ bookingId, prospectId, turn }) => (turn ? { bookingId, prospectId, turn } : []));
    const shown = await listBookings(
      tx,
      told.map(({ bookingId }) => bookingId),
    );
    await this.promises.promise(
      tx,
      told.flatMap(({ bookingId, prospectId, turn }) => {
        const data = shown.get(bookingId);
        const subject = prospectId === null ? `booking:${bookingId}` : ofProspect(prospectId);
        return data ? toEvent(`booking.${turn}`, subject, data) : [];
      }),
    );
  }

  private async tellConnection(tx: Transaction, integration: Integration, former: FormerStatus): Promise<void> {
    const turn = breakOrRecovery(integration, former);
    if (turn === null || !(await this.promises.areWanted(tx, [`connection.${turn}`]))) return;
    const { id, provider, status, status_reason: reason, account_email, account_name, status_changed_at } = integration;
    const { locale } = await this.organizations.get(tx);
    const name = this.registry.find(provider)?.displayName ?? provider;
    const data = {
      integration_id: id,
      provider,
      status,
      status_code: reason,
      status_reason: explainStatus(reason, name)?.[locale] ?? null,
      email: account_email,
      user_name: account_name,
      status_changed_at: status_changed_at.toISOString(),
    };
    await this.promises.promise(tx, [toEvent(`connection.${turn}`, `connection:${id}`, data)]);
  }
}

function ofProspect(id: string): string {
  return `prospect:${id}`;
}

function toEvent(type: WebhookEventType, subject: string, data: object): WebhookEvent {
  return { type, subject, data };
}
