import type { Transaction } from '../platform/database/transaction.js';
import { decodeInstantCursor, encodeCursor } from '../platform/http/paging.js';
import { FORMATION_COLUMNS, type FormationRow, type FormationStatus } from './formation.row.js';

export interface FormationSearch {
  /** Part of its title, its place, or of a participant's name or address. */
  search?: string;
  status?: FormationStatus;
  /** Those with a session that has not ended by then. */
  from?: Date;
  /** Those with a session that begins before. */
  to?: Date;
  limit: number;
  cursor?: string;
}

/** A formation as a list shows it: its dates and people counted. */
export interface FormationSummary extends FormationRow {
  session_count: number;
  participant_count: number;
  first_starts_at: Date | null;
  last_ends_at: Date | null;
}

export interface FormationPage {
  formations: FormationSummary[];
  nextCursor: string | null;
}

/** Newest first. */
export async function searchFormations(tx: Transaction, query: FormationSearch): Promise<FormationPage> {
  const after = decodeInstantCursor(query.cursor);
  const rows = await tx.query<FormationSummary & { cursor_at: string }>(
    // The page is cut before its dates and people are counted.
    `SELECT f.*, f.created_at::text AS cursor_at, dates.*, people.*
     FROM (
       SELECT ${FORMATION_COLUMNS} FROM formations f
       WHERE organization_id = $1 AND deleted_at IS NULL
         AND ($2::text IS NULL OR status = $2)
         AND ($3::text IS NULL OR title ILIKE $3 OR location ILIKE $3 OR EXISTS (
           SELECT FROM formation_participants p
           WHERE p.organization_id = $1 AND p.formation_id = f.id AND p.deleted_at IS NULL
             AND (p.name ILIKE $3 OR p.email ILIKE $3)))
         AND ($4::timestamptz IS NULL AND $5::timestamptz IS NULL OR EXISTS (
           SELECT FROM formation_sessions s
           WHERE s.organization_id = $1 AND s.formation_id = f.id AND s.deleted_at IS NULL
             AND ($4::timestamptz IS NULL OR s.ends_at > $4) AND ($5::timestamptz IS NULL OR s.starts_at < $5)))
         AND ($6::timestamptz IS NULL OR (created_at, id) < ($6, $7::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $8
     ) f
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS session_count, min(starts_at) AS first_starts_at, max(ends_at) AS last_ends_at
       FROM formation_sessions s
       WHERE s.organization_id = $1 AND s.formation_id = f.id AND s.deleted_at IS NULL
     ) dates
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS participant_count FROM formation_participants p
       WHERE p.organization_id = $1 AND p.formation_id = f.id AND p.deleted_at IS NULL
     ) people
     ORDER BY f.created_at DESC, f.id DESC`,
    [
      tx.organizationId,
      query.status ?? null,
      containing(query.search?.trim()),
      query.from ?? null,
      query.to ?? null,
      after?.at ?? null,
      after?.id ?? null,
      query.limit + 1,
    ],
  );
  const page = rows.slice(0, query.limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return { formations: page, nextCursor: last ? encodeCursor([last.cursor_at, last.id]) : null };
}

function containing(text: string | undefined): string | null {
  return text ? `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : null;
}
