import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

export interface ReadMark {
  externalEventId: string;
  mark: string;
}

/** What a pass last saw of each event. Written with the bookings it stands for, so that it never promises too much. */
@Injectable()
export class ReadMarks {
  /** Those of the given marks that differ from what was seen last. */
  async findMoved(tx: Transaction, integrationId: string, marks: readonly ReadMark[]): Promise<Set<string>> {
    const rows = await tx.query<{ external_event_id: string }>(
      `SELECT seen.external_event_id
       FROM jsonb_to_recordset($3::jsonb) AS seen(external_event_id text, mark text)
       LEFT JOIN read_marks known
         ON known.organization_id = $1 AND known.integration_id = $2
        AND known.external_event_id = seen.external_event_id
       WHERE known.mark IS DISTINCT FROM seen.mark`,
      [tx.organizationId, integrationId, toJson(marks)],
    );
    return new Set(rows.map(({ external_event_id }) => external_event_id));
  }

  /** Everything is asked for again by the next pass. */
  async forget(tx: Transaction, integrationId: string): Promise<void> {
    await tx.execute(`DELETE FROM read_marks WHERE organization_id = $1 AND integration_id = $2`, [
      tx.organizationId,
      integrationId,
    ]);
  }

  async put(tx: Transaction, integrationId: string, marks: readonly ReadMark[]): Promise<void> {
    await tx.query(
      `INSERT INTO read_marks (organization_id, integration_id, external_event_id, mark)
       SELECT $1, $2, seen.external_event_id, seen.mark
       FROM jsonb_to_recordset($3::jsonb) AS seen(external_event_id text, mark text)
       ON CONFLICT (integration_id, external_event_id) DO UPDATE SET mark = excluded.mark`,
      [tx.organizationId, integrationId, toJson(marks)],
    );
  }
}

function toJson(marks: readonly ReadMark[]): string {
  return JSON.stringify(marks.map(({ externalEventId, mark }) => ({ external_event_id: externalEventId, mark })));
}
