import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { ProspectDto } from './dto/prospect.dto.js';

/** How prospects stand after a change, as the REST routes show them. */
export interface ToldProspects {
  created: readonly ProspectDto[];
  updated: readonly ProspectDto[];
}

type OnChanged = (tx: Transaction, told: ToldProspects) => Promise<void>;
type OnErased = (tx: Transaction, id: string) => Promise<void>;

/**
 * Where rooms below say that they want to hear of prospects. They enrol when they start; what they write in the given
 * transaction becomes true with the change itself, or not at all.
 */
@Injectable()
export class ProspectChanges {
  private readonly changedListeners: OnChanged[] = [];
  private readonly erasedListeners: OnErased[] = [];

  /** Told like browsers are: not of what an import takes over in silence. */
  onChanged(listener: OnChanged): void {
    this.changedListeners.push(listener);
  }

  onErased(listener: OnErased): void {
    this.erasedListeners.push(listener);
  }

  async changed(tx: Transaction, told: ToldProspects): Promise<void> {
    if (told.created.length + told.updated.length === 0) return;
    for (const listener of this.changedListeners) await listener(tx, told);
  }

  async erased(tx: Transaction, id: string): Promise<void> {
    for (const listener of this.erasedListeners) await listener(tx, id);
  }
}
