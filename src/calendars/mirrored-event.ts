import { sha256 } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import type { SetAsideReason } from './calendar-provider.js';
import type { EventFacts } from './event-facts.js';

/** What of an external event is stored, under the names of the columns. */
export interface MirroredEvent {
  id: string;
  external_id: string;
  ical_uid: string | null;
  series_id: string | null;
  original_start: string | null;
  title: string | null;
  description: string | null;
  location: string | null;
  all_day: boolean;
  starts_at: string | null;
  ends_at: string | null;
  start_date: string | null;
  end_date: string | null;
  time_zone: string | null;
  status: 'confirmed' | 'tentative';
  visibility: 'normal' | 'private';
  is_busy: boolean;
  attendees: EventFacts['attendees'];
  html_link: string | null;
  join_url: string | null;
  etag: string | null;
  provider_updated_at: string | null;
  set_aside_reason: SetAsideReason | null;
  content_hash: string;
}

/** Texts of others may be of any length and hold anything; what PostgreSQL cannot keep is left out of them. */
const LONGEST_TEXT = 16_384;

/** Of a private event only the time leaves the provider's answer; nothing else is ever stored. */
export function toMirroredEvent(facts: EventFacts): MirroredEvent {
  const { times, isPrivate } = facts;
  return withHash({
    external_id: facts.externalId,
    ical_uid: facts.icalUid,
    series_id: facts.seriesId,
    original_start: facts.originalStart,
    title: isPrivate ? null : textOf(facts.title),
    description: isPrivate ? null : textOf(facts.description),
    location: isPrivate ? null : textOf(facts.location),
    all_day: times.allDay,
    starts_at: times.allDay ? null : times.startsAt.toISOString(),
    ends_at: times.allDay ? null : times.endsAt.toISOString(),
    start_date: times.allDay ? times.startDate : null,
    end_date: times.allDay ? times.endDate : null,
    time_zone: times.allDay ? null : times.timeZone,
    status: facts.status,
    visibility: isPrivate ? 'private' : 'normal',
    is_busy: facts.isBusy,
    attendees: isPrivate ? [] : facts.attendees,
    html_link: isPrivate ? null : facts.htmlLink,
    join_url: isPrivate ? null : facts.joinUrl,
    etag: facts.etag,
    provider_updated_at: facts.updatedAt?.toISOString() ?? null,
    set_aside_reason: null,
  });
}

/** There, but not to be placed in time: kept so that it is neither lost nor shown at a wrong hour. */
export function toSetAsideEvent(externalId: string, reason: SetAsideReason): MirroredEvent {
  return withHash({
    external_id: externalId,
    ical_uid: null,
    series_id: null,
    original_start: null,
    title: null,
    description: null,
    location: null,
    all_day: false,
    starts_at: null,
    ends_at: null,
    start_date: null,
    end_date: null,
    time_zone: null,
    status: 'confirmed',
    visibility: 'normal',
    is_busy: true,
    attendees: [],
    html_link: null,
    join_url: null,
    etag: null,
    provider_updated_at: null,
    set_aside_reason: reason,
  });
}

/** The hash tells a change from a repetition. The etag is left out: providers move it for reasons of their own. */
function withHash(event: Omit<MirroredEvent, 'id' | 'content_hash'>): MirroredEvent {
  const { etag: _, provider_updated_at: __, ...content } = event;
  return { id: newId(), ...event, content_hash: sha256(JSON.stringify(content)).toString('hex') };
}

function textOf(text: string | null): string | null {
  return text === null ? null : text.slice(0, LONGEST_TEXT).replaceAll('\0', '').toWellFormed();
}
