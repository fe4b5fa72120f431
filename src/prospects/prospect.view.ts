import type { Transaction } from '../platform/database/transaction.js';

/** A prospect as people see it: with its notes as one text. */
export interface ProspectView {
  id: string;
  firstname: string;
  lastname: string;
  email: string | null;
  phone: string | null;
  status: string;
  source: string;
  notes: string;
  created_at: Date;
  updated_at: Date;
}

/** Columns of a view, for a query that has prospects as `p` and joins `NOTES_OF_P`. */
export const VIEW_COLUMNS = `p.id, p.firstname, p.lastname, p.email, p.phone, p.status, p.source, p.created_at,
  p.updated_at, coalesce(rendered.text, '') AS notes`;

/** The one place where notes become a text. It is made at every reading and stored nowhere. */
export const NOTES_OF_P = `LEFT JOIN LATERAL (
    SELECT string_agg(n.text, E'\\n\\n' ORDER BY n.happens_at, n.text, n.id) AS text
    FROM prospect_notes n WHERE n.organization_id = p.organization_id AND n.prospect_id = p.id
  ) rendered ON true`;

/** In the order of the ids; those that do not exist are left out. */
export async function listViews(tx: Transaction, ids: readonly string[]): Promise<ProspectView[]> {
  if (ids.length === 0) return [];
  return await tx.query<ProspectView>(
    `SELECT ${VIEW_COLUMNS}
     FROM unnest($2::uuid[]) WITH ORDINALITY AS wanted(id, place)
     JOIN prospects p ON p.id = wanted.id AND p.organization_id = $1
     ${NOTES_OF_P}
     ORDER BY wanted.place`,
    [tx.organizationId, ids],
  );
}
