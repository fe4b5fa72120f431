import type { FormValues } from '@/components/form';
import type { Formation, FormationStatus, Participant, Session, WrittenFormation } from './formations.queries';
import { toLocalTime } from './local-time';
import type { Occurrence } from './recurrence';

/** A line of the form. `known` is what it was, and null for a new one. */
export interface DraftSession {
  readonly key: string;
  readonly known: Session | null;
  /** Of a new one: what its fields begin with. */
  readonly planned?: Occurrence;
}

export interface DraftPerson {
  readonly key: string;
  readonly known: Participant | null;
}

interface Lines {
  readonly sessions: readonly DraftSession[];
  readonly people: readonly DraftPerson[];
  readonly invites: boolean;
}

export function draftOf(formation: Formation | null): Pick<Lines, 'sessions' | 'people'> {
  if (formation === null) return { sessions: [{ key: 'first', known: null }], people: [] };
  return {
    sessions: formation.sessions.map((session) => ({ key: session.id, known: session })),
    people: formation.participants.map((person) => ({ key: person.id, known: person })),
  };
}

/** With the dates of a series at the end; a new line that nobody has filled in makes room. */
export function withDates(
  sessions: readonly DraftSession[],
  dates: readonly Occurrence[],
  isEmpty: (index: number) => boolean,
): readonly DraftSession[] {
  return [
    ...sessions.filter(({ known }, index) => known !== null || !isEmpty(index)),
    ...dates.map((planned) => ({ key: crypto.randomUUID(), known: null, planned })),
  ];
}

/** The fields are named as the server's pointers are, so that what it refuses is shown where it stands. */
export function toWritten(values: FormValues, { sessions, people, invites }: Lines): WrittenFormation {
  return {
    title: (values['title'] ?? '').trim(),
    description: values['description'] || null,
    location: values['location'] || null,
    time_zone: values['time_zone'] ?? '',
    status: values['status'] as FormationStatus,
    invite_participants: invites,
    sessions: sessions.map(({ known }, index) => toSession(values, `sessions/${index}`, known)),
    participants: people.map(({ known }, index) => ({
      ...(known && { id: known.id }),
      email: (values[`participants/${index}/email`] ?? '').trim(),
      name: values[`participants/${index}/name`] || null,
      role: values[`participants/${index}/role`] === 'trainer' ? ('trainer' as const) : ('participant' as const),
    })),
  };
}

function toSession(values: FormValues, prefix: string, known: Session | null) {
  const begin = values[`${prefix}/starts_at`] ?? '';
  const end = values[`${prefix}/ends_at`] ?? '';
  const title = values[`${prefix}/title`] || null;
  if (known === null) return { title, starts_at: begin, ends_at: end };
  const { id, description, location, time_zone, status, participant_id, replaces_session_id } = known;
  return {
    id,
    title,
    description,
    location,
    time_zone,
    status,
    participant_id,
    replaces_session_id,
    starts_at: sameInstantUnlessChanged(begin, known.starts_at, time_zone),
    ends_at: sameInstantUnlessChanged(end, known.ends_at, time_zone),
  };
}

/** A local time may mean two instants, in the hour in which the clock goes back: what was not touched stays what it was. */
function sameInstantUnlessChanged(localTime: string, instant: string, zone: string): string {
  return localTime === toLocalTime(instant, zone) ? instant : localTime;
}
