import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import type { Transaction } from '../platform/database/transaction.js';

/** Where reading a calendar stopped, and the window it is good for. */
export interface CalendarCursor {
  readonly value: string;
  readonly from: Date;
  readonly to: Date;
  /** When the window is to be left for one that reaches as far again. */
  readonly rebaseAt: Date;
}

/** Reading positions per calendar. Sealed: with some providers the cursor is an address that leads to the events. */
@Injectable()
export class CalendarCursors {
  constructor(private readonly cipher: FieldCipher) {}

  async find(tx: Transaction, integrationId: string, calendarId: string): Promise<CalendarCursor | null> {
    const resource = resourceOf(calendarId);
    const [row] = await tx.query<{ value: string }>(
      `SELECT value FROM cursors WHERE organization_id = $1 AND integration_id = $2 AND resource = $3`,
      [tx.organizationId, integrationId, resource],
    );
    if (!row) return null;
    const stored = JSON.parse(await this.cipher.open(tx, placeOf(integrationId, resource), row.value)) as StoredCursor;
    return {
      value: stored.value,
      from: new Date(stored.from),
      to: new Date(stored.to),
      rebaseAt: new Date(stored.rebase_at),
    };
  }

  /** In the transaction of the data it covers, and of no other. */
  async put(tx: Transaction, integrationId: string, calendarId: string, cursor: CalendarCursor): Promise<void> {
    const resource = resourceOf(calendarId);
    const stored: StoredCursor = {
      value: cursor.value,
      from: cursor.from.toISOString(),
      to: cursor.to.toISOString(),
      rebase_at: cursor.rebaseAt.toISOString(),
    };
    await tx.query(
      `INSERT INTO cursors (integration_id, resource, organization_id, value) VALUES ($1, $2, $3, $4)
       ON CONFLICT (integration_id, resource) DO UPDATE SET value = excluded.value, updated_at = now()`,
      [
        integrationId,
        resource,
        tx.organizationId,
        await this.cipher.seal(tx, placeOf(integrationId, resource), JSON.stringify(stored)),
      ],
    );
  }

  /** Everything is to be read anew: another calendar, or one whose picture was thrown away. */
  async forget(tx: Transaction, integrationId: string): Promise<void> {
    await tx.query(`DELETE FROM cursors WHERE organization_id = $1 AND integration_id = $2`, [
      tx.organizationId,
      integrationId,
    ]);
  }
}

interface StoredCursor {
  value: string;
  from: string;
  to: string;
  rebase_at: string;
}

function resourceOf(calendarId: string): string {
  return `calendar:${calendarId}`;
}

function placeOf(integrationId: string, resource: string) {
  return { table: 'cursors', column: 'value', rowId: integrationId, context: resource };
}
