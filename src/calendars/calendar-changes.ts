import { Injectable } from '@nestjs/common';
import type { Integration } from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';

type Listener = (tx: Transaction, integration: Integration) => Promise<void>;

/**
 * A person has chosen what of their calendar is read, or which one: for the room that reads to take part in. The
 * connection's row is locked already.
 */
@Injectable()
export class CalendarChanges {
  private readonly changeListeners: Listener[] = [];
  private readonly narrowingListeners: Listener[] = [];

  /** Another calendar, or more of the same. */
  onChanged(listener: Listener): void {
    this.changeListeners.push(listener);
  }

  /** Less of the same calendar. */
  onNarrowed(listener: Listener): void {
    this.narrowingListeners.push(listener);
  }

  async changed(tx: Transaction, integration: Integration): Promise<void> {
    for (const listener of this.changeListeners) await listener(tx, integration);
  }

  async narrowed(tx: Transaction, integration: Integration): Promise<void> {
    for (const listener of this.narrowingListeners) await listener(tx, integration);
  }
}
