import type { Transaction } from '../platform/database/transaction.js';

export const PARTICIPANT_ROLES = ['participant', 'trainer'] as const;
export type ParticipantRole = (typeof PARTICIPANT_ROLES)[number];

export interface ParticipantContent {
  id: string;
  /** As it was written; `email_key` is what makes it unique in the formation. */
  email: string;
  email_key: string;
  name: string | null;
  role: ParticipantRole;
}

export interface ParticipantRow extends ParticipantContent {
  /** The member of the organization with this address, as of now: stored nowhere, so it is right also for who comes later. */
  user_id: string | null;
}

/** Those who take part, in the order in which they were added. */
export async function listParticipants(tx: Transaction, formationId: string): Promise<ParticipantRow[]> {
  return await tx.query<ParticipantRow>(
    `SELECT p.id, p.email, p.email_key, p.name, p.role, member.id AS user_id
     FROM formation_participants p
     LEFT JOIN LATERAL (
       SELECT id FROM users u
       WHERE u.organization_id = p.organization_id AND u.email_key = p.email_key AND u.removed_at IS NULL
       ORDER BY u.created_at, u.id LIMIT 1
     ) member ON true
     WHERE p.organization_id = $1 AND p.formation_id = $2 AND p.deleted_at IS NULL
     ORDER BY p.id`,
    [tx.organizationId, formationId],
  );
}

/** Inserts those that are new, changes those that are not. Nobody else writes them: the formation is locked. */
export async function writeParticipants(
  tx: Transaction,
  formationId: string,
  participants: readonly ParticipantContent[],
): Promise<void> {
  if (participants.length === 0) return;
  const parameters = [tx.organizationId, formationId, JSON.stringify(participants)];
  // Two who swap their addresses would meet in the unique index on the way.
  await tx.query(
    `UPDATE formation_participants p SET email_key = p.id::text
     FROM jsonb_to_recordset($3) AS new(id uuid, email_key text)
     WHERE p.organization_id = $1 AND p.formation_id = $2 AND p.id = new.id AND p.email_key <> new.email_key`,
    parameters,
  );
  await tx.query(
    `INSERT INTO formation_participants AS p (organization_id, formation_id, id, email, email_key, name, role)
     SELECT $1, $2, new.id, new.email, new.email_key, new.name, new.role
     FROM jsonb_to_recordset($3) AS new(id uuid, email text, email_key text, name text, role text)
     ON CONFLICT (id) DO UPDATE
     SET email = excluded.email, email_key = excluded.email_key, name = excluded.name, role = excluded.role,
       updated_at = now()
     WHERE p.organization_id = $1
       AND (p.email, p.email_key, p.name, p.role)
         IS DISTINCT FROM (excluded.email, excluded.email_key, excluded.name, excluded.role)`,
    parameters,
  );
}

/** They keep their row until no calendar holds a copy made for them. */
export async function markParticipantsDeleted(
  tx: Transaction,
  formationId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `UPDATE formation_participants SET deleted_at = now()
     WHERE organization_id = $1 AND formation_id = $2 AND id = ANY($3) AND deleted_at IS NULL`,
    [tx.organizationId, formationId, ids],
  );
}
