import type { EffectiveFormation, ExportableSession } from '../formations/index.js';
import { plain } from './copy-content.js';
import type { OurContent } from './copy.row.js';
import type { EventContent, Guest } from './event-facts.js';

/** A session as its copy should stand in a calendar. */
export function toOurContent(session: ExportableSession, guests: readonly Guest[]): OurContent {
  return {
    title: plain(session.title),
    description: plain(session.description),
    location: plain(session.location),
    starts_at: session.startsAt.toISOString(),
    ends_at: session.endsAt.toISOString(),
    time_zone: session.timeZone,
    guests: guests.map(({ email }) => email.toLowerCase()).toSorted(),
  };
}

export function toEventContent(content: OurContent): EventContent {
  return {
    title: content.title ?? '',
    description: content.description,
    location: content.location,
    startsAt: new Date(content.starts_at),
    endsAt: new Date(content.ends_at),
    timeZone: content.time_zone,
  };
}

/**
 * Whom one event invites. Only a formation whose switch says so invites anybody, and then from one calendar alone: the
 * one of whoever exported it. Its owner needs no invitation.
 */
export function guestsOf(
  formation: EffectiveFormation,
  session: ExportableSession,
  ownerEmail: string | null,
): Guest[] {
  if (!formation.invitesParticipants) return [];
  return session.participants
    .filter(({ email }) => email.toLowerCase() !== ownerEmail?.toLowerCase())
    .map(({ email, name }) => ({ email, name }));
}

export function isSameContent(one: OurContent | null, other: OurContent): boolean {
  return one !== null && JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

/** What PostgreSQL gives back has its own order of keys. */
function inOrder({ title, description, location, starts_at, ends_at, time_zone, guests }: OurContent) {
  return [title, description, location, starts_at, ends_at, time_zone, guests];
}
