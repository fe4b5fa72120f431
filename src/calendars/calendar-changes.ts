import { Injectable } from '@nestjs/common';
import type { Integration } from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';

type Listener = (tx: Transaction, integration: Integration) => Promise<void>;

/** A person has chosen what of their calendar is read, or which one: for the room that reads to take part in. */
@Injectable()
export class CalendarChanges {
  private readonly listeners: Listener[] = [];

  onChanged(listener: Listener): void {
    this.listeners.push(listener);
  }

  async changed(tx: Transaction, integration: Integration): Promise<void> {
    for (const listener of this.listeners) await listener(tx, integration);
  }
}
