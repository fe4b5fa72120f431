import { samePlace } from '../platform/egress/egress-address.js';

const CANONICAL_BASE = 'https://api.calendly.com';
const ID = '[A-Za-z0-9_-]{1,64}';
const INVITEE = new RegExp(`/scheduled_events/(${ID})/invitees/(${ID})$`);

/** Behind the base, nothing that an address could mean in two ways. */
const PLAIN = /^\/[\w/-]*$/;

/**
 * Calendly names everything by a full address. We keep only the ids in it: an address that came with data is never
 * called, the one that is called is made again on the configured base.
 */
export class CalendlyUris {
  private readonly patterns = new Map<string, RegExp>();

  constructor(private readonly apiUrl: string) {}

  /** The last segment of `…/<collection>/<id>`; null when the address is not one of Calendly's. */
  idOf(collection: string, uri: string): string | null {
    let pattern = this.patterns.get(collection);
    if (pattern === undefined) this.patterns.set(collection, (pattern = new RegExp(`/${collection}/(${ID})$`)));
    return this.match(pattern, uri)?.[1] ?? null;
  }

  /** An invitee is found under its event, so its id is both: `<event>/<invitee>`. */
  inviteeIdOf(uri: string): string | null {
    const match = this.match(INVITEE, uri);
    return match ? `${match[1]}/${match[2]}` : null;
  }

  eventUri(externalEventId: string): string {
    return `${this.apiUrl}/scheduled_events/${externalEventId}`;
  }

  inviteeUri(externalId: string): string {
    return `${this.apiUrl}${inviteePath(externalId)}`;
  }

  private match(pattern: RegExp, uri: string): RegExpExecArray | null {
    const bases = [CANONICAL_BASE, this.apiUrl];
    // As nearly all are written: several stand in each delivery, and a URL is long in the making.
    if (bases.some((base) => uri.startsWith(base) && PLAIN.test(uri.slice(base.length)))) return pattern.exec(uri);
    return bases.some((base) => samePlace(uri, base)) ? pattern.exec(new URL(uri).pathname) : null;
  }
}

export function inviteePath(externalId: string): string {
  const [eventId, inviteeId] = externalId.split('/');
  return `/scheduled_events/${eventId}/invitees/${inviteeId}`;
}
