import type { Origin } from '../stand-in.js';
import type { Invitee } from './model.js';

export type Collection =
  | 'users'
  | 'organizations'
  | 'organization_memberships'
  | 'event_types'
  | 'scheduled_events'
  | 'invitee_no_shows'
  | 'webhook_subscriptions'
  | 'routing_forms'
  | 'routing_form_submissions';

const inviteePath = /^\/scheduled_events\/([^/]+)\/invitees\/([^/]+)$/;

/** Resources are named by full URIs everywhere except in paths, which take the last segment (contract 1). */
export class Links {
  readonly #origin: Origin;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  get auth(): string {
    return `${this.#origin.url}/calendly/auth`;
  }

  get api(): string {
    return `${this.#origin.url}/calendly/api`;
  }

  get site(): string {
    return `${this.#origin.url}/calendly`;
  }

  to(collection: Collection, id: string): string {
    return `${this.api}/${collection}/${id}`;
  }

  toInvitee(invitee: Invitee): string {
    return `${this.api}/scheduled_events/${invitee.eventId}/invitees/${invitee.id}`;
  }

  findId(collection: Collection, uri: string): string | null {
    const prefix = `${this.api}/${collection}/`;
    const id = uri.startsWith(prefix) ? uri.slice(prefix.length) : '';
    return /^[A-Za-z0-9-]+$/.test(id) ? id : null;
  }

  findInviteeId(uri: string): string | null {
    if (!uri.startsWith(this.api)) return null;
    return inviteePath.exec(uri.slice(this.api.length))?.[2] ?? null;
  }
}
