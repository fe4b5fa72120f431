import { newId } from '../platform/database/identifiers.js';
import { requestInvalid } from '../platform/errors/platform.problems.js';
import { type FieldError, Problem } from '../platform/errors/problem.js';
import type { SessionContent, SessionStatus } from './formation-session.row.js';
import { formationReferenceUnknown } from './formations.problems.js';
import { assertTimes, readTimes, type SessionTimes, type TimesWriting } from './session-times.js';

/** What a person writes of a session; null gives a field back to the formation, undefined leaves it. */
export interface SessionWriting extends TimesWriting {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly location?: string | null;
  readonly status?: SessionStatus;
  readonly participant_id?: string | null;
  readonly replaces_session_id?: string | null;
}

export interface SessionDraft {
  /** As it stands; null for a new one. */
  readonly known: SessionContent | null;
  readonly writing: SessionWriting;
  /** Where it stands in the request, for whoever has to correct it. */
  readonly pointer: string;
}

export interface PlannedSession extends Pick<SessionDraft, 'writing' | 'pointer'> {
  readonly content: SessionContent;
}

/** What the sessions become, or a problem that names every time that none of them can have. */
export function planSessions(drafts: readonly SessionDraft[], timeZone: string): PlannedSession[] {
  const readings = drafts.map((draft) => ({
    ...draft,
    ...readTimes(draft.writing, draft.known ?? { time_zone: timeZone }),
  }));
  assertTimes(readings.flatMap(({ faults = [], pointer }) => faults.map((faulty) => ({ ...faulty, parent: pointer }))));
  return readings.flatMap(({ times, known, writing, pointer }) =>
    times ? [{ content: toContent(known, writing, times), writing, pointer }] : [],
  );
}

/** A session is for somebody who takes part, and in place of a general session of the same formation. */
export function assertReferences(
  planned: readonly PlannedSession[],
  sessions: readonly SessionContent[],
  participantIds: ReadonlySet<string>,
): void {
  const after = new Map(
    [...sessions, ...planned.map(({ content }) => content)].map((session) => [session.id, session]),
  );
  const homeless: FieldError[] = [];
  const unknown: FieldError[] = [];
  for (const { content, writing, pointer } of planned) {
    const { participant_id: participantId, replaces_session_id: replacedId } = content;
    if (participantId !== null && !participantIds.has(participantId)) {
      unknown.push({
        pointer: `${pointer}/participant_id`,
        message: { fr: 'N’est pas un participant de la formation', en: 'participant_id must be a participant’s' },
      });
    }
    // What was not written was right when it was, and is put right by whatever makes it wrong.
    if (!writing.replaces_session_id || replacedId === null) continue;
    const field = `${pointer}/replaces_session_id`;
    if (participantId === null) {
      homeless.push({
        pointer: field,
        message: { fr: 'Demande aussi un participant_id', en: 'replaces_session_id needs a participant_id' },
      });
    } else if (after.get(replacedId)?.participant_id !== null) {
      unknown.push({
        pointer: field,
        message: {
          fr: 'N’est pas une session commune à tous',
          en: 'replaces_session_id must be a session for everybody',
        },
      });
    }
  }
  if (homeless.length > 0) throw new Problem(requestInvalid, { errors: homeless });
  if (unknown.length > 0) throw new Problem(formationReferenceUnknown, { errors: unknown });
}

function toContent(known: SessionContent | null, writing: SessionWriting, times: SessionTimes): SessionContent {
  const participantId = chosen(writing.participant_id, known?.participant_id);
  // A date that becomes everybody's is in place of nothing.
  const knownReplaced = participantId === null ? null : known?.replaces_session_id;
  return {
    id: known?.id ?? newId(),
    participant_id: participantId,
    replaces_session_id: chosen(writing.replaces_session_id, knownReplaced),
    title: chosen(writing.title, known?.title),
    description: chosen(writing.description, known?.description),
    location: chosen(writing.location, known?.location),
    ...times,
    status: writing.status ?? known?.status ?? 'scheduled',
  };
}

function chosen(written: string | null | undefined, known: string | null | undefined): string | null {
  return written === undefined ? (known ?? null) : written;
}
