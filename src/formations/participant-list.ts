import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { requestInvalid } from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';
import { toEmailKey } from './email-key.js';
import { MAX_PARTICIPANTS } from './formation-limits.js';
import {
  listParticipants,
  markParticipantsDeleted,
  type ParticipantContent,
  type ParticipantRole,
  type ParticipantRow,
  writeParticipants,
} from './formation-participant.row.js';
import {
  formationParticipantNotFound,
  formationReferenceUnknown,
  participantsFull,
  participantTaken,
} from './formations.problems.js';

/** What a person writes of a participant; undefined leaves a field. */
export interface ParticipantWriting {
  readonly email?: string;
  readonly name?: string | null;
  readonly role?: ParticipantRole;
}

export type NewParticipant = ParticipantWriting & { readonly email: string };

/** One of a full list: known by its id, else by its address, else new. */
export type ListedParticipant = NewParticipant & { readonly id?: string };

interface Planned {
  readonly content: ParticipantContent;
  readonly pointer: string;
}

/** Answers the new ids. The formation is locked, as for everything here. */
export async function addParticipants(
  tx: Transaction,
  formationId: string,
  writings: readonly NewParticipant[],
  pointerOf: (index: number) => string,
): Promise<string[]> {
  const known = await listParticipants(tx, formationId);
  if (known.length + writings.length > MAX_PARTICIPANTS) throw new Problem(participantsFull);
  const planned = writings.map((writing, index) => ({ content: toContent(null, writing), pointer: pointerOf(index) }));
  assertOneAddressEach(planned, known);
  await writeAll(tx, formationId, planned);
  return planned.map(({ content }) => content.id);
}

export async function changeParticipant(
  tx: Transaction,
  formationId: string,
  participantId: string,
  writing: ParticipantWriting,
): Promise<void> {
  const known = await listParticipants(tx, formationId);
  const planned = [{ content: toContent(getById(known, participantId), writing), pointer: '' }];
  assertOneAddressEach(planned, known);
  await writeAll(tx, formationId, planned);
}

/** Afterwards these are all the participants; those who were there keep their id, and so the dates that are theirs. */
export async function replaceParticipants(
  tx: Transaction,
  formationId: string,
  listed: readonly ListedParticipant[],
): Promise<void> {
  const known = await listParticipants(tx, formationId);
  const planned = recognise(listed, known);
  const kept = new Set(planned.map(({ content }) => content.id));
  assertOneAddressEach(planned, []);
  await markParticipantsDeleted(
    tx,
    formationId,
    known.flatMap(({ id }) => (kept.has(id) ? [] : [id])),
  );
  await writeAll(tx, formationId, planned);
}

export async function removeParticipant(tx: Transaction, formationId: string, participantId: string): Promise<void> {
  getById(await listParticipants(tx, formationId), participantId);
  await markParticipantsDeleted(tx, formationId, [participantId]);
}

function recognise(listed: readonly ListedParticipant[], known: readonly ParticipantRow[]): Planned[] {
  const byId = new Map(known.map((participant) => [participant.id, participant]));
  const claimed = new Set<string>();
  for (const [index, { id }] of listed.entries()) {
    if (id === undefined) continue;
    const pointer = `/participants/${index}/id`;
    if (claimed.has(id)) {
      throw new Problem(requestInvalid, {
        errors: [{ pointer, message: { fr: 'Ne doit être nommé qu’une fois', en: 'id must be named once' } }],
      });
    }
    if (!byId.has(id)) {
      const errors = [
        {
          pointer,
          message: { fr: 'N’est pas un participant de la formation', en: 'id must be a participant of the formation' },
        },
      ];
      throw new Problem(formationReferenceUnknown, { errors });
    }
    claimed.add(id);
  }
  const byAddress = new Map(known.flatMap((one) => (claimed.has(one.id) ? [] : [[one.email_key, one] as const])));
  return listed.map(({ id, ...writing }, index) => {
    const found = id === undefined ? byAddress.get(getEmailKey(writing.email)) : byId.get(id);
    return { content: toContent(found ?? null, writing), pointer: `/participants/${index}` };
  });
}

function toContent(known: ParticipantRow | null, writing: ParticipantWriting): ParticipantContent {
  const email = writing.email?.trim() ?? known?.email ?? '';
  return {
    id: known?.id ?? newId(),
    email,
    email_key: getEmailKey(email),
    name: writing.name === undefined ? (known?.name ?? null) : writing.name,
    role: writing.role ?? known?.role ?? 'participant',
  };
}

/** However an address is spelled, it is one person. */
function assertOneAddressEach(planned: readonly Planned[], known: readonly ParticipantRow[]): void {
  const written = new Set(planned.map(({ content }) => content.id));
  const taken = new Set(known.flatMap(({ id, email_key: key }) => (written.has(id) ? [] : [key])));
  const repeated = planned.filter(({ content }) => {
    const isTaken = taken.has(content.email_key);
    taken.add(content.email_key);
    return isTaken;
  });
  if (repeated.length === 0) return;
  throw new Problem(participantTaken, {
    errors: repeated.map(({ pointer }) => ({
      pointer: `${pointer}/email`,
      message: { fr: 'Est déjà celle d’un participant', en: 'is taken' },
    })),
  });
}

function writeAll(tx: Transaction, formationId: string, planned: readonly Planned[]): Promise<void> {
  return writeParticipants(
    tx,
    formationId,
    planned.map(({ content }) => content),
  );
}

function getById(known: readonly ParticipantRow[], id: string): ParticipantRow {
  const found = known.find((participant) => participant.id === id);
  if (found === undefined) throw new Problem(formationParticipantNotFound);
  return found;
}

function getEmailKey(email: string): string {
  const key = toEmailKey(email);
  if (key === null) throw new Error('An address was to be written that validation had not seen');
  return key;
}
