import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { withoutAppointmentNotes } from './manual-note.js';
import { MANUAL, type ProspectNote, type ProspectNoteDraft } from './prospect-note.js';

/** The rows behind the `notes` text. */
@Injectable()
export class ProspectNotes {
  /** In the order in which they are rendered. */
  async list(tx: Transaction, prospectId: string): Promise<ProspectNote[]> {
    return await tx.query<ProspectNote>(
      `SELECT source, source_id, happens_at, text FROM prospect_notes
       WHERE organization_id = $1 AND prospect_id = $2 ORDER BY happens_at, text, id`,
      [tx.organizationId, prospectId],
    );
  }

  /** Touches only what differs; answers the ids of the prospects whose notes have changed by it. */
  async put(tx: Transaction, drafts: readonly ProspectNoteDraft[]): Promise<string[]> {
    // PostgreSQL refuses to write a row twice in one statement: of several drafts of one note, the last counts.
    const notes = [...new Map(drafts.map((draft) => [keyOf(draft), draft])).values()];
    if (notes.length === 0) return [];
    const changed = await tx.query<{ prospect_id: string }>(
      `INSERT INTO prospect_notes AS known
         (id, organization_id, prospect_id, source, source_id, happens_at, text, created_at)
       SELECT new.id, $1, new.prospect_id, new.source, new.source_id, new.happens_at, new.text, clock_timestamp()
       FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
         AS new(id, prospect_id, source, source_id, happens_at, text)
       -- Not for a prospect of somebody else, nor for one that was erased meanwhile.
       JOIN prospects p ON p.organization_id = $1 AND p.id = new.prospect_id
       ORDER BY new.prospect_id, new.source, new.source_id
       ON CONFLICT (prospect_id, source, source_id) DO UPDATE
         SET happens_at = excluded.happens_at, text = excluded.text, updated_at = now()
         WHERE (known.happens_at, known.text) IS DISTINCT FROM (excluded.happens_at, excluded.text)
       RETURNING prospect_id`,
      [
        tx.organizationId,
        notes.map(() => newId()),
        notes.map(({ prospectId }) => prospectId),
        notes.map(({ source }) => source),
        notes.map(({ sourceId }) => sourceId),
        notes.map(({ happensAt }) => happensAt),
        notes.map(({ text }) => text),
      ],
    );
    return [...new Set(changed.map(({ prospect_id: id }) => id))];
  }

  /** Replaces what a person has written about a prospect. It keeps its place among the other notes. */
  async writeManual(tx: Transaction, prospectId: string, text: string): Promise<void> {
    const others = (await this.list(tx, prospectId)).filter(({ source }) => source !== MANUAL);
    const written = withoutAppointmentNotes(
      text,
      others.map((note) => note.text),
    );
    if (written === '') {
      await tx.query(`DELETE FROM prospect_notes WHERE organization_id = $1 AND prospect_id = $2 AND source = $3`, [
        tx.organizationId,
        prospectId,
        MANUAL,
      ]);
      return;
    }
    await tx.query(
      `INSERT INTO prospect_notes AS known (id, organization_id, prospect_id, source, source_id, happens_at, text)
       VALUES ($2, $1, $3::uuid, $4, $3::text, now(), $5)
       ON CONFLICT (prospect_id, source, source_id) DO UPDATE SET text = excluded.text, updated_at = now()
         WHERE known.text <> excluded.text`,
      [tx.organizationId, newId(), prospectId, MANUAL, written],
    );
  }
}

function keyOf({ prospectId, source, sourceId }: ProspectNoteDraft): string {
  return JSON.stringify([prospectId, source, sourceId]);
}
