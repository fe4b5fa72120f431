import type { SandboxClock } from '../clock.js';
import type { StoredEvent } from './model.js';
import type { Store } from './store.js';

export const sendUpdatesChoices = ['all', 'externalOnly', 'none'] as const;
export type SendUpdates = (typeof sendUpdatesChoices)[number];

export interface Mail {
  at: string;
  recipient: string;
  kind: 'invitation' | 'update' | 'cancellation';
  calendar: string;
  event: string;
  summary: string | null;
  send_updates: SendUpdates;
}

/** What Google would have mailed to guests. Nothing leaves; tests count it. */
export class Mails {
  readonly #mails: Mail[] = [];

  constructor(
    private readonly clock: SandboxClock,
    private readonly store: Store,
  ) {}

  /** Before is null for what is new, after for what is gone. Guests who came are invited, those who left are told so. */
  announce(before: StoredEvent | null, after: StoredEvent | null, sendUpdates: SendUpdates): void {
    if (sendUpdates === 'none') return;
    const event = after ?? before;
    if (!event) return;
    const earlier = guestsOf(before);
    const later = guestsOf(after);
    for (const recipient of later)
      this.#send(event, recipient, earlier.has(recipient) ? 'update' : 'invitation', sendUpdates);
    for (const recipient of earlier)
      if (!later.has(recipient)) this.#send(event, recipient, 'cancellation', sendUpdates);
  }

  list(): Mail[] {
    return this.#mails.map((mail) => ({ ...mail }));
  }

  clear(): void {
    this.#mails.length = 0;
  }

  #send(event: StoredEvent, recipient: string, kind: Mail['kind'], sendUpdates: SendUpdates): void {
    if (recipient === event.calendarId || recipient === event.creator.email) return;
    if (sendUpdates === 'externalOnly' && this.#usesGoogleCalendar(recipient)) return;
    this.#mails.push({
      at: this.clock.now().toISOString(),
      recipient,
      kind,
      calendar: event.calendarId,
      event: event.id,
      summary: event.fields.summary ?? null,
      send_updates: sendUpdates,
    });
  }

  #usesGoogleCalendar(email: string): boolean {
    return this.store.accounts.has(email) || email.endsWith('@gmail.com');
  }
}

function guestsOf(event: StoredEvent | null): Set<string> {
  if (!event || event.status === 'cancelled') return new Set();
  return new Set((event.fields.attendees ?? []).map(({ email }) => email.toLowerCase()));
}
