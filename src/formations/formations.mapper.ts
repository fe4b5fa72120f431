import type { FormationConflictDto } from './dto/formation-conflict.dto.js';
import type { FormationDetailDto } from './dto/formation-detail.dto.js';
import type { FormationParticipantDto } from './dto/formation-participant.dto.js';
import type { FormationSessionDto } from './dto/formation-session.dto.js';
import type { FormationSummaryDto } from './dto/formation-summary.dto.js';
import type { FormationDto } from './dto/formation.dto.js';
import type { ParticipantCalendarDto } from './dto/participant-calendar.dto.js';
import type { SessionCopyDto } from './dto/session-copy.dto.js';
import type { FormationDetail } from './formation-detail.js';
import type { FormationSummary } from './formation-search.js';
import type { FormationRow } from './formation.row.js';
import type { ParticipantDetail } from './participant-editing.js';
import type { ConflictView, ParticipantCalendarView, SessionCopyView } from './session-copies.js';
import type { SessionDetail } from './session-editing.js';

export function toFormationSummaryDto(summary: FormationSummary): FormationSummaryDto {
  return {
    ...toFormationDto(summary),
    session_count: summary.session_count,
    participant_count: summary.participant_count,
    first_starts_at: summary.first_starts_at?.toISOString() ?? null,
    last_ends_at: summary.last_ends_at?.toISOString() ?? null,
  };
}

export function toFormationDetailDto({
  formation,
  sessions,
  participants,
  copies: { bySession, byParticipant, conflicts },
}: FormationDetail): FormationDetailDto {
  return {
    ...toFormationDto(formation),
    sessions: sessions.map((session) => toFormationSessionDto({ session, copies: bySession.get(session.id) ?? [] })),
    participants: participants.map((participant) =>
      toFormationParticipantDto({ participant, calendars: byParticipant.get(participant.id) ?? [] }),
    ),
    conflicts: conflicts.map(toFormationConflictDto),
  };
}

export function toFormationSessionDto({ session, copies }: SessionDetail): FormationSessionDto {
  return {
    id: session.id,
    title: session.title,
    description: session.description,
    location: session.location,
    starts_at: session.starts_at.toISOString(),
    ends_at: session.ends_at.toISOString(),
    time_zone: session.time_zone,
    status: session.status,
    participant_id: session.participant_id,
    replaces_session_id: session.replaces_session_id,
    copies: copies.map(toSessionCopyDto),
  };
}

export function toFormationParticipantDto({ participant, calendars }: ParticipantDetail): FormationParticipantDto {
  const { id, user_id, email, name, role } = participant;
  return { id, user_id, email, name, role, calendars: calendars.map(toParticipantCalendarDto) };
}

function toFormationDto(row: FormationRow): FormationDto {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    location: row.location,
    time_zone: row.time_zone,
    status: row.status,
    invite_participants: row.invite_participants,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

function toSessionCopyDto(copy: SessionCopyView): SessionCopyDto {
  const { provider, participant_id, state, error, html_link, event_id, updated_at } = copy;
  return { provider, participant_id, state, error, html_link, event_id, updated_at: updated_at.toISOString() };
}

function toParticipantCalendarDto({ state, provider, reason }: ParticipantCalendarView): ParticipantCalendarDto {
  return { state, provider, reason };
}

function toFormationConflictDto(conflict: ConflictView): FormationConflictDto {
  const { id, session_id, field, ours, theirs, kept, found_at } = conflict;
  return { id, session_id, field, ours, theirs, kept, found_at: found_at.toISOString() };
}
