import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** Called in the transaction of the change, after its writes; what it throws takes the change back. */
export type FormationChangeListener = (tx: Transaction, formationId: string) => Promise<void>;

/** Where whoever keeps copies of formations hears of every change that may matter to one. */
@Injectable()
export class FormationChanges {
  private readonly listeners: FormationChangeListener[] = [];

  onChanged(listener: FormationChangeListener): void {
    this.listeners.push(listener);
  }

  async announce(tx: Transaction, formationId: string): Promise<void> {
    for (const listener of this.listeners) await listener(tx, formationId);
  }
}
