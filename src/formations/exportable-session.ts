import type { ParticipantRole, ParticipantRow } from './formation-participant.row.js';
import type { SessionRow } from './formation-session.row.js';
import type { FormationRow, FormationStatus } from './formation.row.js';
import { audienceOf } from './session-audience.js';

/** Somebody whose date a session is. */
export interface SessionParticipant {
  readonly participantId: string;
  /** The member of the organization with this address; null for people without an account. */
  readonly userId: string | null;
  readonly email: string;
  readonly name: string | null;
  readonly role: ParticipantRole;
}

/** A session as it stands in effect: with its formation's texts where it has none of its own. */
export interface ExportableSession {
  readonly sessionId: string;
  readonly formationId: string;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  /** Takes place: the formation is confirmed, the session is scheduled, and neither is deleted. */
  readonly isLive: boolean;
  readonly textChangedAt: Date;
  readonly scheduleChangedAt: Date;
  /** The later of the two. */
  readonly updatedAt: Date;
  readonly participants: readonly SessionParticipant[];
}

/** What there is to know of a formation beside its sessions, deleted or not. */
export interface EffectiveFormation {
  readonly id: string;
  readonly invitesParticipants: boolean;
  readonly createdBy: string | null;
  readonly status: FormationStatus;
  readonly isDeleted: boolean;
  readonly participantCount: number;
}

/** A formation with everything that decides what its sessions are in effect. */
export interface FormationPlan {
  readonly formation: FormationRow;
  /** Deleted ones too. */
  readonly sessions: readonly SessionRow[];
  readonly participants: readonly ParticipantRow[];
}

export function toExportableSession(
  { formation, sessions, participants }: FormationPlan,
  session: SessionRow,
): ExportableSession {
  const textChangedAt = textChangeOf(formation, session);
  return {
    sessionId: session.id,
    formationId: formation.id,
    title: session.title || formation.title,
    description: ownOr(session.description, formation.description),
    location: ownOr(session.location, formation.location),
    startsAt: session.starts_at,
    endsAt: session.ends_at,
    timeZone: session.time_zone,
    isLive:
      formation.status === 'confirmed' &&
      formation.deleted_at === null &&
      session.status === 'scheduled' &&
      session.deleted_at === null,
    textChangedAt,
    scheduleChangedAt: session.schedule_changed_at,
    updatedAt: laterOf(textChangedAt, session.schedule_changed_at),
    participants: audienceOf(session, sessions, participants).map(toSessionParticipant),
  };
}

export function toEffectiveFormation(formation: FormationRow, participantCount: number): EffectiveFormation {
  return {
    id: formation.id,
    invitesParticipants: formation.invite_participants,
    createdBy: formation.created_by,
    status: formation.status,
    isDeleted: formation.deleted_at !== null,
    participantCount,
  };
}

function ownOr(own: string | null, inherited: string | null): string | null {
  return (own ?? inherited) || null;
}

/** The formation's texts count where the session shows one of them. */
function textChangeOf(formation: FormationRow, session: SessionRow): Date {
  const inherits = !session.title || session.description === null || session.location === null;
  return inherits ? laterOf(formation.text_changed_at, session.text_changed_at) : session.text_changed_at;
}

function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function toSessionParticipant({ id, user_id: userId, email, name, role }: ParticipantRow): SessionParticipant {
  return { participantId: id, userId, email, name, role };
}
