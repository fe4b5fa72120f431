import { randomBytes } from 'node:crypto';
import type { Links } from './links.js';

/** The two providers that are asked by consent; Apple gives a password instead (contract 6.1). */
export type ConsentKind = 'google' | 'office365';

export interface ConsentRequest {
  kind: ConsentKind;
  redirectUri: string;
  state: string;
}

const clients = { google: 'cal-com-at-google', office365: 'cal-com-at-microsoft' };

const asked = {
  google: {
    path: '/google/o/oauth2/v2/auth',
    back: '/gcal/oauth/save',
    scope: [
      'https://www.googleapis.com/auth/calendar.readonly',
      'https://www.googleapis.com/auth/calendar.events',
    ].join(' '),
    extras: { access_type: 'offline', prompt: 'consent' },
  },
  office365: {
    path: '/microsoft/common/oauth2/v2.0/authorize',
    back: '/calendars/office365/save',
    scope: 'User.Read Calendars.Read Calendars.ReadWrite offline_access',
    extras: { prompt: 'select_account' },
  },
};

/** Google's and Microsoft's part: they know one application, Cal.com, and send people back to it alone. */
export class CalendarConsents {
  readonly #links: Links;
  readonly #codes = new Map<string, { kind: ConsentKind; email: string }>();

  constructor(links: Links) {
    this.#links = links;
  }

  pathOf(kind: ConsentKind): string {
    return asked[kind].path;
  }

  authUrl(kind: ConsentKind, state: string): string {
    const { path, scope, extras } = asked[kind];
    const query = new URLSearchParams({
      client_id: clients[kind],
      redirect_uri: this.#redirectOf(kind),
      response_type: 'code',
      scope,
      ...extras,
      state,
    });
    return `${this.#links.app}${path}?${query.toString()}`;
  }

  /** Null for a request that the provider would not believe to come from Cal.com. */
  read(kind: ConsentKind, query: Record<string, unknown>): ConsentRequest | null {
    const { client_id: clientId, redirect_uri: redirectUri, response_type: type, state } = query;
    const isGood = clientId === clients[kind] && redirectUri === this.#redirectOf(kind) && type === 'code';
    return isGood && typeof state === 'string' ? { kind, redirectUri, state } : null;
  }

  findKind(authUrl: URL): ConsentKind | null {
    const kinds: ConsentKind[] = ['google', 'office365'];
    return (
      kinds.find((kind) => `${authUrl.origin}${authUrl.pathname}` === `${this.#links.app}${asked[kind].path}`) ?? null
    );
  }

  /** Where the browser goes once the person has answered. */
  decide({ kind, redirectUri, state }: ConsentRequest, email: string, decision: 'approve' | 'refuse'): string {
    const query = new URLSearchParams({ state });
    if (decision === 'refuse') query.set('error', 'access_denied');
    else query.set('code', this.#issue(kind, email));
    return `${redirectUri}?${query.toString()}`;
  }

  /** The account that a code stands for. A code works once, and at its own provider. */
  spend(kind: ConsentKind, code: string): string | null {
    const found = this.#codes.get(code);
    if (found?.kind !== kind) return null;
    this.#codes.delete(code);
    return found.email;
  }

  clear(): void {
    this.#codes.clear();
  }

  #redirectOf(kind: ConsentKind): string {
    return `${this.#links.api}${asked[kind].back}`;
  }

  #issue(kind: ConsentKind, email: string): string {
    const code = `4/${randomBytes(24).toString('base64url')}`;
    this.#codes.set(code, { kind, email });
    return code;
  }
}
