import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { Integration } from './integration.row.js';
import type { ProviderAccess } from './provider.js';

export type FormerStatus = Readonly<Pick<Integration, 'status' | 'status_reason'>>;

/** A connection that has ended here and is being ended at the provider. */
export interface Departure {
  readonly integrationId: string;
  readonly organizationId: string;
  readonly provider: string;
  /** Null when no token works any more: then there is nothing left to say to the provider. */
  readonly access: ProviderAccess | null;
  readonly disconnectedAt: Date;
}

type InTransaction = (tx: Transaction, integration: Integration) => Promise<void>;
type OnStatus = (tx: Transaction, integration: Integration, former: FormerStatus) => Promise<void>;
type OnFarewell = (departure: Departure) => Promise<void>;

/**
 * What happens in a connection's life, for the rooms below to take part in. They enrol when they start; whatever they
 * enqueue in the given transaction becomes true with the change itself, or not at all.
 */
@Injectable()
export class IntegrationLifecycle {
  private readonly connectedListeners: InTransaction[] = [];
  private readonly disconnectingListeners: InTransaction[] = [];
  private readonly statusListeners: OnStatus[] = [];
  private readonly farewellListeners: OnFarewell[] = [];

  /** An account was connected, or connected again. */
  onConnected(listener: InTransaction): void {
    this.connectedListeners.push(listener);
  }

  /** An account is being disconnected: its tokens are already gone, its row is still told as it was. */
  onDisconnecting(listener: InTransaction): void {
    this.disconnectingListeners.push(listener);
  }

  /** The status or its reason became another; never called when they stay as they are. */
  onStatusChanged(listener: OnStatus): void {
    this.statusListeners.push(listener);
  }

  /**
   * After a disconnection and before the grant is revoked, outside any transaction: the last moment to call the
   * provider, for example to end a channel. Runs again when it throws, so it must bear repetition.
   */
  onFarewell(listener: OnFarewell): void {
    this.farewellListeners.push(listener);
  }

  async connected(tx: Transaction, integration: Integration): Promise<void> {
    for (const listener of this.connectedListeners) await listener(tx, integration);
  }

  async disconnecting(tx: Transaction, integration: Integration): Promise<void> {
    for (const listener of this.disconnectingListeners) await listener(tx, integration);
  }

  async statusChanged(tx: Transaction, integration: Integration, former: FormerStatus): Promise<void> {
    for (const listener of this.statusListeners) await listener(tx, integration, former);
  }

  async farewell(departure: Departure): Promise<void> {
    for (const listener of this.farewellListeners) await listener(departure);
  }
}
