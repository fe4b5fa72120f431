import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction.js';
import { Problem } from '../errors/problem.js';
import { EventLog } from '../logging/event-log.js';
import { sealBroken } from './crypto.problems.js';
import { type DataKeys, OrganizationKeys } from './organization-keys.js';
import { demandDeclared } from './sealed-columns.js';
import { keyIdOf, openText, sealText } from './sealed-text.js';

/** What every sealed value begins with. */
export const FIELD_LABEL = 'psr1';

/** Where a sealed value stands. It opens there and nowhere else. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
  /** What else must be unchanged, such as a version: an old value put back is then refused. */
  readonly context?: string;
}

/** Seals and opens for one organization at once, without waiting: for loops, and where no transaction is open. */
export interface OrganizationCipher {
  seal(place: SealedPlace, plaintext: string): string;
  open(place: SealedPlace, sealed: string): string;
}

/**
 * Encryption of single columns. A value carries the id of its organization's data key and is bound to its place, so
 * that neither a copy in another row, column or organization nor a changed byte is ever read back: opening answers the
 * text, or throws `crypto/tampered`.
 */
@Injectable()
export class FieldCipher {
  constructor(
    private readonly keys: OrganizationKeys,
    private readonly log: EventLog,
  ) {}

  async seal(tx: Transaction, place: SealedPlace, plaintext: string): Promise<string> {
    return (await this.forOrganization(tx)).seal(place, plaintext);
  }

  async open(tx: Transaction, place: SealedPlace, sealed: string): Promise<string> {
    const cached = await this.keys.get(tx);
    if (!isOpenable(cached, sealed)) this.keys.forget(String(tx.organizationId));
    return (await this.forOrganization(tx)).open(place, sealed);
  }

  async forOrganization(tx: Transaction): Promise<OrganizationCipher> {
    const keys = await this.keys.get(tx);
    return this.cipherOf(String(tx.organizationId), keys);
  }

  /** Without a transaction, once the organization's keys have been used in this process; null before. */
  keyFor(organizationId: string): OrganizationCipher | null {
    const keys = this.keys.findCached(organizationId);
    return keys ? this.cipherOf(organizationId, keys) : null;
  }

  private cipherOf(organizationId: string, { current, byId }: DataKeys): OrganizationCipher {
    return {
      seal: (place, plaintext) => {
        demandDeclared(place);
        this.keys.countUse(current.id);
        return sealText(FIELD_LABEL, current.id, current.key, boundTo(organizationId, place), plaintext);
      },
      open: (place, sealed) => {
        try {
          const dataKey = byId.get(keyIdOf(FIELD_LABEL, sealed));
          if (dataKey === undefined) {
            // Perhaps a key another instance made since: a second try reads the keys anew.
            this.keys.forget(organizationId);
            throw new Problem(sealBroken);
          }
          return openText(FIELD_LABEL, dataKey.key, boundTo(organizationId, place), sealed);
        } catch (error) {
          const { table, column, rowId } = place;
          this.log.warning('crypto.tamper', { organization_id: organizationId, table, column, row_id: rowId });
          throw error;
        }
      },
    };
  }
}

/** The words that a seal covers beside its text. */
export function boundTo(organizationId: string, { table, column, rowId, context = '' }: SealedPlace): string[] {
  return [table, column, rowId, organizationId, context];
}

function isOpenable({ byId }: DataKeys, sealed: string): boolean {
  return byId.has(sealed.split('.', 2)[1] ?? '');
}
