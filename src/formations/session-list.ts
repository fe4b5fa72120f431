import type { Transaction } from '../platform/database/transaction.js';
import { requestInvalid } from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';
import { MAX_SESSIONS } from './formation-limits.js';
import { listParticipants } from './formation-participant.row.js';
import { listSessions, markSessionsDeleted, type SessionRow, writeSessions } from './formation-session.row.js';
import type { FormationRow } from './formation.row.js';
import { formationReferenceUnknown, formationSessionNotFound, sessionsFull } from './formations.problems.js';
import { assertReferences, planSessions, type SessionDraft, type SessionWriting } from './session-draft.js';

/** One of a full list: with its id when it is known already. */
export type ListedSession = SessionWriting & { readonly id?: string };

/** Answers the new ids. The formation is locked, as for everything here. */
export async function addSessions(
  tx: Transaction,
  formation: FormationRow,
  writings: readonly SessionWriting[],
  pointerOf: (index: number) => string,
): Promise<string[]> {
  const drafts = writings.map((writing, index) => ({ known: null, writing, pointer: pointerOf(index) }));
  const live = await listSessions(tx, formation.id);
  if (live.length + drafts.length > MAX_SESSIONS) throw new Problem(sessionsFull);
  return await write(tx, formation, drafts, live);
}

export async function changeSession(
  tx: Transaction,
  formation: FormationRow,
  sessionId: string,
  writing: SessionWriting,
): Promise<void> {
  const live = await listSessions(tx, formation.id);
  await write(tx, formation, [{ known: getById(live, sessionId), writing, pointer: '' }], live);
}

/** Afterwards these are all the sessions. Their texts are as written, and the formation's where nothing is. */
export async function replaceSessions(
  tx: Transaction,
  formation: FormationRow,
  listed: readonly ListedSession[],
): Promise<void> {
  const before = new Map((await listSessions(tx, formation.id)).map((session) => [session.id, session]));
  assertKnownOnce(listed, before);
  const kept = new Set(listed.map(({ id }) => id));
  await markSessionsDeleted(
    tx,
    formation.id,
    [...before.keys()].filter((id) => !kept.has(id)),
  );
  const drafts = listed.map(({ id, ...writing }, index) => ({
    known: (id && before.get(id)) || null,
    writing: withTextsOf(writing),
    pointer: `/sessions/${index}`,
  }));
  await write(
    tx,
    formation,
    drafts,
    [...before.values()].filter(({ id }) => kept.has(id)),
  );
}

export async function removeSession(tx: Transaction, formation: FormationRow, sessionId: string): Promise<void> {
  getById(await listSessions(tx, formation.id), sessionId);
  await markSessionsDeleted(tx, formation.id, [sessionId]);
}

function withTextsOf(writing: SessionWriting): SessionWriting {
  const { title = null, description = null, location = null } = writing;
  return { ...writing, title, description, location };
}

async function write(
  tx: Transaction,
  formation: FormationRow,
  drafts: readonly SessionDraft[],
  live: readonly SessionRow[],
): Promise<string[]> {
  const planned = planSessions(drafts, formation.time_zone);
  const participants = await listParticipants(tx, formation.id);
  assertReferences(planned, live, new Set(participants.map(({ id }) => id)));
  const contents = planned.map(({ content }) => content);
  await writeSessions(tx, formation.id, contents);
  return contents.map(({ id }) => id);
}

function getById(live: readonly SessionRow[], id: string): SessionRow {
  const found = live.find((session) => session.id === id);
  if (found === undefined) throw new Problem(formationSessionNotFound);
  return found;
}

function assertKnownOnce(listed: readonly ListedSession[], known: ReadonlyMap<string, SessionRow>): void {
  const named = listed.flatMap(({ id }, index) => (id === undefined ? [] : [{ id, pointer: `/sessions/${index}/id` }]));
  const repeated = named.filter(({ id }, index) => named.findIndex((other) => other.id === id) !== index);
  if (repeated.length > 0) {
    throw new Problem(requestInvalid, {
      errors: repeated.map(({ pointer }) => ({
        pointer,
        message: { fr: 'Ne doit être nommé qu’une fois', en: 'id must be named once' },
      })),
    });
  }
  const unknown = named.filter(({ id }) => !known.has(id));
  if (unknown.length > 0) {
    throw new Problem(formationReferenceUnknown, {
      errors: unknown.map(({ pointer }) => ({
        pointer,
        message: { fr: 'N’est pas une session de la formation', en: 'id must be a session of the formation' },
      })),
    });
  }
}
