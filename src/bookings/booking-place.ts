import type { MeetingKind } from '../notifications/index.js';
import type { BookingFacts } from './booking-facts.js';

type Place = Pick<BookingFacts, 'location' | 'joinUrl'>;

/** Words that providers use for kinds of places: Calendly’s types, and what Cal.com puts into its location. */
const KINDS: readonly [kind: MeetingKind, words: RegExp][] = [
  ['phone', /_call$|^(user)?phone$|phone/i],
  ['on_site', /^physical$|in_?person/i],
  ['video', /conference|zoom|teams|meet|webex|whereby|jitsi|video|daily|^integrations:|^link$/i],
];

const PHONE_NUMBER = /^\+?[\d ().-]{6,24}$/;

/**
 * Over the phone, on a screen or in a room: by what the provider calls it, else by what it wrote there. Null when neither
 * says: a place of the invitee's choosing may be anything.
 */
export function meetingKind({ location, joinUrl }: Place): MeetingKind | null {
  const type = textOf(location?.['type']);
  const named = KINDS.find(([, words]) => type !== null && words.test(type))?.[0];
  if (named !== undefined) return named;
  const place = textOf(location?.['location']);
  if (joinUrl !== null || (place !== null && /^(https?:\/\/|integrations:)/i.test(place))) return 'video';
  return place !== null && PHONE_NUMBER.test(place) ? 'phone' : null;
}

/** What the location says for people to read; a code word or the link that stands elsewhere is not. */
export function placeOf({ location, joinUrl }: Place): string | null {
  const place = textOf(location?.['location']);
  return place === null || place === joinUrl || /^(integrations:|https?:\/\/)/i.test(place) ? null : place;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
