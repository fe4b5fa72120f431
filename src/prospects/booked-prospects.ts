import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { PersonGroup } from './booked-people.js';

// The statements by which `ProspectBook` finds and makes prospects, each for a whole list.

/** Which of these prospects exist in the organization. */
export async function findLiving(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(`SELECT id FROM prospects WHERE organization_id = $1 AND id = ANY($2)`, [
    tx.organizationId,
    ids,
  ]);
  return new Set(rows.map(({ id }) => id));
}

/** Those whose address is known already are not inserted, and missing in the answer. */
export async function insertNewcomers(
  tx: Transaction,
  groups: readonly PersonGroup[],
): Promise<Map<PersonGroup, string>> {
  if (groups.length === 0) return new Map();
  // Everybody inserts in the same order, so that two transactions with the same people wait for each other only one way.
  const sorted = groups.toSorted((one, other) => ((one.emailKey ?? '') < (other.emailKey ?? '') ? -1 : 1));
  const ids = sorted.map(() => newId());
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO prospects (organization_id, id, email, email_key, firstname, lastname, phone, source)
     SELECT $1, new.*
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) AS new
     ON CONFLICT (organization_id, email_key) DO NOTHING
     RETURNING id`,
    [
      tx.organizationId,
      ids,
      sorted.map(({ email }) => email),
      sorted.map(({ emailKey }) => emailKey),
      sorted.map(({ firstname }) => firstname),
      sorted.map(({ lastname }) => lastname),
      sorted.map(({ phone }) => phone),
      sorted.map(({ source }) => source),
    ],
  );
  const created = new Set(inserted.map(({ id }) => id));
  return new Map(sorted.map((group, index) => [group, ids[index]!] as const).filter(([, id]) => created.has(id)));
}

export async function findByEmail(tx: Transaction, groups: readonly PersonGroup[]): Promise<Map<PersonGroup, string>> {
  const byKey = new Map(groups.map((group) => [group.emailKey, group]));
  if (byKey.size === 0) return new Map();
  const rows = await tx.query<{ id: string; email_key: string }>(
    `SELECT id, email_key FROM prospects WHERE organization_id = $1 AND email_key = ANY($2)`,
    [tx.organizationId, [...byKey.keys()]],
  );
  return new Map(rows.map(({ id, email_key: emailKey }) => [byKey.get(emailKey)!, id]));
}

/** Completes what is empty and leaves everything else as it was written; answers whom it completed. */
export async function fillEmptyFields(tx: Transaction, known: ReadonlyMap<PersonGroup, string>): Promise<Set<string>> {
  if (known.size === 0) return new Set();
  const entries = [...known];
  const rows = await tx.query<{ id: string }>(
    `UPDATE prospects p
     SET firstname = CASE p.firstname WHEN '' THEN new.firstname ELSE p.firstname END,
         lastname = CASE p.lastname WHEN '' THEN new.lastname ELSE p.lastname END,
         phone = coalesce(nullif(p.phone, ''), new.phone)
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS new(id, firstname, lastname, phone)
     WHERE p.organization_id = $1 AND p.id = new.id
       AND ((p.firstname = '' AND new.firstname <> '') OR (p.lastname = '' AND new.lastname <> '')
         OR (coalesce(p.phone, '') = '' AND new.phone IS NOT NULL))
     RETURNING p.id`,
    [
      tx.organizationId,
      entries.map(([, id]) => id),
      entries.map(([{ firstname }]) => firstname),
      entries.map(([{ lastname }]) => lastname),
      entries.map(([{ phone }]) => phone),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}
