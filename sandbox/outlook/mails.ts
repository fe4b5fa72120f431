import { randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import { isSameAddress } from './event-content.js';
import type { EmailAddress, EventContent } from './model.js';
import { toWireInstant } from './times.js';

export type MailKind = 'invitation' | 'update' | 'cancellation' | 'response';

export interface Mail {
  id: string;
  kind: MailKind;
  from: string;
  to: string;
  event: string;
  subject: string;
  comment: string | null;
  at: string;
}

/** The mailbox an event is in, and the id it goes by in the list. */
interface About {
  event: string;
  content: EventContent;
}

/** What only the owner of the calendar sees: changing it tells nobody. */
const privateNames = new Set([
  'extendedProperties',
  'categories',
  'isReminderOn',
  'reminderMinutesBeforeStart',
  'showAs',
]);

/**
 * What Exchange would have mailed for what an application did. There is no way to tell it not to (contract 6), so that an
 * application that means to disturb nobody must leave attendees alone.
 */
export class Mails {
  readonly #mails: Mail[] = [];

  constructor(private readonly clock: SandboxClock) {}

  list(): Mail[] {
    return this.#mails.map((mail) => ({ ...mail }));
  }

  clear(): void {
    this.#mails.length = 0;
  }

  created(about: About): void {
    if (about.content.isOrganizer) this.#toAttendees('invitation', about, about.content);
  }

  /** Newcomers are invited and those struck off told so; the others hear of anything else that changed. */
  changed(about: About, before: EventContent, names: readonly string[]): void {
    const { content } = about;
    if (!content.isOrganizer) return;
    const isOn = (list: EventContent, { address }: EmailAddress) =>
      list.attendees.some(({ emailAddress }) => isSameAddress(emailAddress.address, address));
    for (const { emailAddress } of content.attendees) {
      if (!isOn(before, emailAddress)) this.#send('invitation', about, emailAddress.address);
      else if (names.some((name) => name !== 'attendees' && !privateNames.has(name))) {
        this.#send('update', about, emailAddress.address);
      }
    }
    for (const { emailAddress } of before.attendees) {
      if (!isOn(content, emailAddress)) this.#send('cancellation', about, emailAddress.address);
    }
  }

  cancelled(about: About, comment: string | null = null): void {
    if (about.content.isOrganizer) this.#toAttendees('cancellation', about, about.content, comment);
  }

  responded(about: About, from: string, comment: string | null): void {
    this.#send('response', about, about.content.organizer.address, comment, from);
  }

  #toAttendees(kind: MailKind, about: About, content: EventContent, comment: string | null = null): void {
    for (const { emailAddress } of content.attendees) this.#send(kind, about, emailAddress.address, comment);
  }

  #send(kind: MailKind, { event, content }: About, to: string, comment: string | null = null, from?: string): void {
    const { subject, organizer } = content;
    const at = toWireInstant(this.clock.now());
    this.#mails.push({ id: randomUUID(), kind, from: from ?? organizer.address, to, event, subject, comment, at });
  }
}
