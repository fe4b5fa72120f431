import type { SandboxClock } from '../clock.js';
import type { IdFormat } from './ids.js';
import type { Account } from './model.js';
import { toWireInstant } from './times.js';

export type ChangeType = 'created' | 'updated' | 'deleted';

export interface Subscription {
  id: string;
  accountId: string;
  /** As it was asked for, and the calendar it means; null means all of the mailbox. */
  resource: string;
  calendarId: string | null;
  changeTypes: ChangeType[];
  changeType: string;
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  latestSupportedTlsVersion: string | null;
  expiresAt: Date;
  idFormat: IdFormat;
  /** Set by reauthorizationRequired, until the application renews: nothing is delivered meanwhile (contract 9). */
  isPaused: boolean;
}

/** What applications asked to be told of. One that is past its end is gone. */
export class Subscriptions {
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(private readonly clock: SandboxClock) {}

  add(subscription: Subscription): void {
    this.#subscriptions.set(subscription.id, subscription);
  }

  find(id: string): Subscription | null {
    return this.list().find((subscription) => subscription.id === id) ?? null;
  }

  list(account: Account | null = null): Subscription[] {
    const now = this.clock.now();
    for (const [id, { expiresAt }] of this.#subscriptions) if (expiresAt <= now) this.#subscriptions.delete(id);
    return [...this.#subscriptions.values()].filter(({ accountId }) => account === null || accountId === account.id);
  }

  isLive({ id }: Subscription): boolean {
    return this.find(id) !== null;
  }

  remove({ id }: Subscription): void {
    this.#subscriptions.delete(id);
  }

  clear(): void {
    this.#subscriptions.clear();
  }
}

export function toWireSubscription(subscription: Subscription, applicationId: string) {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId,
    changeType: subscription.changeType,
    clientState: subscription.clientState,
    notificationUrl: subscription.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: toWireInstant(subscription.expiresAt),
    creatorId: subscription.accountId,
    includeResourceData: null,
    latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}
