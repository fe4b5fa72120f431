import { samePlace } from '../platform/egress/egress-address.js';

const CANONICAL_BASE = 'https://api.calendly.com';
const ID = '[A-Za-z0-9_-]{1,64}';
const INVITEE = new RegExp(`/scheduled_events/(${ID})/invitees/(${ID})$`);

/**
 * Calendly names everything by a full address. We keep only the ids in it: an address that came with data is never
 * called, the one that is called is made again on the configured base.
 */
export class CalendlyUris {
  constructor(private readonly apiUrl: string) {}

  /** The last segment of `…/<collection>/<id>`; null when the address is not one of Calendly's. */
  idOf(collection: string, uri: string): string | null {
    return this.match(new RegExp(`/${collection}/(${ID})$`), uri)?.[1] ?? null;
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
    const isOurs = samePlace(uri, this.apiUrl) || samePlace(uri, CANONICAL_BASE);
    return isOurs ? pattern.exec(new URL(uri).pathname) : null;
  }
}

export function inviteePath(externalId: string): string {
  const [eventId, inviteeId] = externalId.split('/');
  return `/scheduled_events/${eventId}/invitees/${inviteeId}`;
}
