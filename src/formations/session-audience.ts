import type { ParticipantRow } from './formation-participant.row.js';
import type { SessionRow } from './formation-session.row.js';

type PlannedSession = Pick<SessionRow, 'id' | 'participant_id' | 'replaces_session_id' | 'deleted_at'>;

/**
 * Whose date a session is. An individual one is its participant's alone; a general one is everybody's, but for those who
 * have an individual one in its place. That one counts as long as it is not deleted: somebody whose own date is
 * cancelled does not get the general one back.
 */
export function audienceOf<Participant extends Pick<ParticipantRow, 'id'>>(
  session: PlannedSession,
  sessions: readonly PlannedSession[],
  participants: readonly Participant[],
): Participant[] {
  if (session.participant_id !== null) return participants.filter(({ id }) => id === session.participant_id);
  const elsewhere = new Set(
    sessions
      .filter(({ replaces_session_id: replaced, deleted_at: deletedAt }) => replaced === session.id && !deletedAt)
      .map(({ participant_id: participantId }) => participantId),
  );
  return participants.filter(({ id }) => !elsewhere.has(id));
}
