import type { Transaction } from '../platform/database/transaction.js';

export const SESSION_STATUSES = ['scheduled', 'cancelled'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

export interface SessionContent {
  id: string;
  /** For this participant alone; null for everybody. */
  participant_id: string | null;
  /** The general session that the participant does not get because of this one. */
  replaces_session_id: string | null;
  /** Null: the formation's own. Empty: none, whatever the formation says. */
  title: string | null;
  description: string | null;
  location: string | null;
  starts_at: Date;
  ends_at: Date;
  time_zone: string;
  status: SessionStatus;
}

export interface SessionRow extends SessionContent {
  formation_id: string;
  text_changed_at: Date;
  schedule_changed_at: Date;
  deleted_at: Date | null;
}

const COLUMNS = `id, formation_id, participant_id, replaces_session_id, title, description, location, starts_at, ends_at,
  time_zone, status, text_changed_at, schedule_changed_at, deleted_at`;

/** By their hour. Those that were deleted are left out, unless they are asked for. */
export async function listSessions(
  tx: Transaction,
  formationId: string,
  { withDeleted = false }: { withDeleted?: boolean } = {},
): Promise<SessionRow[]> {
  return await tx.query<SessionRow>(
    `SELECT ${COLUMNS} FROM formation_sessions
     WHERE organization_id = $1 AND formation_id = $2 AND ($3 OR deleted_at IS NULL)
     ORDER BY starts_at, id`,
    [tx.organizationId, formationId, withDeleted],
  );
}

/** Which formation a session belongs to never changes. */
export async function findFormationIdOfSession(tx: Transaction, sessionId: string): Promise<string | null> {
  const [row] = await tx.query<{ formation_id: string }>(
    `SELECT formation_id FROM formation_sessions WHERE organization_id = $1 AND id = $2`,
    [tx.organizationId, sessionId],
  );
  return row?.formation_id ?? null;
}

export async function lockSessionRow(tx: Transaction, sessionId: string): Promise<void> {
  await tx.query(`SELECT FROM formation_sessions WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`, [
    tx.organizationId,
    sessionId,
  ]);
}

/** Inserts those that are new, changes those that are not, and notes when which part of them changed. */
export async function writeSessions(
  tx: Transaction,
  formationId: string,
  sessions: readonly SessionContent[],
): Promise<void> {
  if (sessions.length === 0) return;
  await tx.query(
    `INSERT INTO formation_sessions AS s (organization_id, formation_id, id, participant_id, replaces_session_id, title,
       description, location, starts_at, ends_at, time_zone, status)
     SELECT $1, $2, new.*
     FROM jsonb_to_recordset($3) AS new(id uuid, participant_id uuid, replaces_session_id uuid, title text,
       description text, location text, starts_at timestamptz, ends_at timestamptz, time_zone text, status text)
     ON CONFLICT (id) DO UPDATE
     SET participant_id = excluded.participant_id, replaces_session_id = excluded.replaces_session_id,
       title = excluded.title, description = excluded.description, location = excluded.location,
       starts_at = excluded.starts_at, ends_at = excluded.ends_at, time_zone = excluded.time_zone,
       status = excluded.status, updated_at = now(),
       text_changed_at = CASE
         WHEN (s.title, s.description, s.location)
           IS DISTINCT FROM (excluded.title, excluded.description, excluded.location)
         THEN now() ELSE s.text_changed_at END,
       schedule_changed_at = CASE
         WHEN (s.starts_at, s.ends_at, s.time_zone) <> (excluded.starts_at, excluded.ends_at, excluded.time_zone)
         THEN now() ELSE s.schedule_changed_at END
     WHERE s.organization_id = $1 AND s.formation_id = $2`,
    [tx.organizationId, formationId, JSON.stringify(sessions)],
  );
}

export async function markSessionsDeleted(tx: Transaction, formationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `UPDATE formation_sessions SET deleted_at = now(), updated_at = now()
     WHERE organization_id = $1 AND formation_id = $2 AND id = ANY($3) AND deleted_at IS NULL`,
    [tx.organizationId, formationId, ids],
  );
}

/**
 * After sessions or participants have gone: a date for nobody is deleted, and one that replaced what is no longer a
 * general session replaces nothing.
 */
export async function tidySessions(tx: Transaction, formationId: string): Promise<void> {
  await tx.query(
    `UPDATE formation_sessions s SET deleted_at = now(), updated_at = now()
     FROM formation_participants p
     WHERE s.organization_id = $1 AND s.formation_id = $2 AND s.deleted_at IS NULL
       AND p.organization_id = $1 AND p.id = s.participant_id AND p.deleted_at IS NOT NULL`,
    [tx.organizationId, formationId],
  );
  await tx.query(
    `UPDATE formation_sessions s SET replaces_session_id = NULL, updated_at = now()
     FROM formation_sessions general
     WHERE s.organization_id = $1 AND s.formation_id = $2 AND general.id = s.replaces_session_id
       AND (general.deleted_at IS NOT NULL OR general.participant_id IS NOT NULL)`,
    [tx.organizationId, formationId],
  );
}
