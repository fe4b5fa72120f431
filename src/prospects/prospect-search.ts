import type { Transaction } from '../platform/database/transaction.js';
import { cursorInvalid } from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';
import { isUuid } from '../platform/http/id.pipe.js';
import { decodeCursor, encodeCursor } from '../platform/http/paging.js';
import { NOTES_OF_P, type ProspectView, VIEW_COLUMNS } from './prospect.view.js';

export interface ProspectSearch {
  /** Part of a name, an e-mail address or a phone number. */
  search?: string;
  source?: string;
  status?: string;
  limit: number;
  cursor?: string;
}

export interface ProspectPage {
  prospects: ProspectView[];
  nextCursor: string | null;
}

/** Microseconds, as PostgreSQL counts: a Date would lose the last three digits, and the page its place. */
type Found = ProspectView & { created_us: string };

/** Newest first. */
export async function searchProspects(tx: Transaction, query: ProspectSearch): Promise<ProspectPage> {
  const [createdUs, id] = query.cursor === undefined ? [null, null] : readCursor(query.cursor);
  const rows = await tx.query<Found>(
    // The page is cut before the notes of its rows are rendered.
    `SELECT ${VIEW_COLUMNS}, (extract(epoch FROM p.created_at) * 1000000)::bigint AS created_us
     FROM (
       SELECT * FROM prospects
       WHERE organization_id = $1
         AND ($2::text IS NULL OR source = $2)
         AND ($3::text IS NULL OR status = $3)
         AND ($4::text IS NULL OR concat_ws(' ', firstname, lastname, firstname) ILIKE $4 OR email ILIKE $4
           OR phone ILIKE $4 OR regexp_replace(phone, '[^0-9+]', '', 'g') LIKE $5)
         AND ($6::bigint IS NULL OR (created_at, id) < ('epoch'::timestamptz + $6 * interval '1 microsecond', $7::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $8
     ) p ${NOTES_OF_P}
     ORDER BY p.created_at DESC, p.id DESC`,
    [
      tx.organizationId,
      query.source ?? null,
      query.status ?? null,
      containing(query.search?.trim()),
      containing(toDigits(query.search)),
      createdUs,
      id,
      query.limit + 1,
    ],
  );
  const page = rows.slice(0, query.limit);
  const last = rows.length > page.length ? page.at(-1)! : null;
  return {
    prospects: page,
    nextCursor: last && encodeCursor([last.created_us, last.id]),
  };
}

function readCursor(cursor: string): [string, string] {
  const [createdUs, id] = decodeCursor(cursor, 2) as [string, string];
  if (!/^\d{1,17}$/.test(createdUs) || !isUuid(id)) throw new Problem(cursorInvalid);
  return [createdUs, id];
}

function containing(text: string | null | undefined): string | null {
  return text ? `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : null;
}

/** A phone number is found whether it is written in pairs, with dots, or in one piece. */
function toDigits(search: string | undefined): string | null {
  const compact = search?.replaceAll(/[\s().-]/g, '') ?? '';
  return /^\+?\d{3,}$/.test(compact) ? compact : null;
}
