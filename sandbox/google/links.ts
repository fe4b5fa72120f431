import type { Origin } from '../stand-in.js';

/** Where everything is. The paths below the stand-in's own mirror Google's. */
export class Links {
  readonly #origin: Origin;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  get site(): string {
    return `${this.#origin.url}/google`;
  }

  get auth(): string {
    return `${this.site}/o/oauth2/v2/auth`;
  }

  get token(): string {
    return `${this.site}/token`;
  }

  get revoke(): string {
    return `${this.site}/revoke`;
  }

  get userInfo(): string {
    return `${this.site}/oauth2/v2/userinfo`;
  }

  get api(): string {
    return `${this.site}/calendar/v3`;
  }

  /** What a person opens from an event: the sandbox's page instead of calendar.google.com. */
  toEventPage(calendarId: string, eventId: string): string {
    const eid = Buffer.from(`${eventId} ${calendarId}`).toString('base64url');
    return `${this.site}/?eid=${eid}`;
  }
}
