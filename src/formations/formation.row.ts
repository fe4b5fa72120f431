import type { Transaction } from '../platform/database/transaction.js';

export const FORMATION_STATUSES = ['draft', 'confirmed', 'cancelled'] as const;
export type FormationStatus = (typeof FORMATION_STATUSES)[number];

/** What people write of a formation. */
export interface FormationContent {
  title: string;
  description: string | null;
  location: string | null;
  time_zone: string;
  status: FormationStatus;
  invite_participants: boolean;
}

export interface FormationRow extends FormationContent {
  id: string;
  created_by: string | null;
  created_at: Date;
  updated_at: Date;
  text_changed_at: Date;
  deleted_at: Date | null;
}

export const FORMATION_COLUMNS = `id, title, description, location, time_zone, status, invite_participants, created_by,
  created_at, updated_at, text_changed_at, deleted_at`;

/** Deleted or not. */
export async function findFormationRow(tx: Transaction, id: string): Promise<FormationRow | null> {
  const [row] = await tx.query<FormationRow>(
    `SELECT ${FORMATION_COLUMNS} FROM formations WHERE organization_id = $1 AND id = $2`,
    [tx.organizationId, id],
  );
  return row ?? null;
}

/**
 * The lock under which a formation, its dates and its people are written. It is taken before any row of theirs, and lets
 * others refer to the formation meanwhile.
 */
export async function lockFormationRow(tx: Transaction, id: string): Promise<FormationRow | null> {
  const [row] = await tx.query<FormationRow>(
    `SELECT ${FORMATION_COLUMNS} FROM formations WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`,
    [tx.organizationId, id],
  );
  return row ?? null;
}

export async function insertFormation(
  tx: Transaction,
  id: string,
  createdBy: string,
  content: FormationContent,
): Promise<void> {
  await tx.query(
    `INSERT INTO formations (id, organization_id, created_by, title, description, location, time_zone, status,
       invite_participants)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, tx.organizationId, createdBy, ...inOrder(content)],
  );
}

export async function updateFormation(tx: Transaction, id: string, content: FormationContent): Promise<void> {
  await tx.query(
    `UPDATE formations
     SET title = $3, description = $4, location = $5, time_zone = $6, status = $7, invite_participants = $8,
       text_changed_at = CASE WHEN (title, description, location) IS DISTINCT FROM ($3::text, $4::text, $5::text)
         THEN now() ELSE text_changed_at END
     WHERE organization_id = $1 AND id = $2`,
    [tx.organizationId, id, ...inOrder(content)],
  );
}

/** Something about it has changed, be it a date or a participant. */
export async function touchFormation(tx: Transaction, id: string): Promise<void> {
  await tx.query(`UPDATE formations SET updated_at = now() WHERE organization_id = $1 AND id = $2`, [
    tx.organizationId,
    id,
  ]);
}

export async function markFormationDeleted(tx: Transaction, id: string): Promise<void> {
  await tx.query(`UPDATE formations SET deleted_at = now() WHERE organization_id = $1 AND id = $2`, [
    tx.organizationId,
    id,
  ]);
}

function inOrder({ title, description, location, time_zone, status, invite_participants }: FormationContent) {
  return [title, description, location, time_zone, status, invite_participants];
}
