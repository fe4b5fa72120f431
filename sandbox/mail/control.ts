import { z } from 'zod';
import { ControlError, readOrder } from '../control-errors.js';
import { type Fault, type Faults, faultSchema } from './faults.js';
import type { Inbox, ReceivedMail } from './inbox.js';
import type { SmtpCatcher } from './smtp-catcher.js';

const listOrder = z.strictObject({
  /** Only what came for this mailbox. */
  to: z.string().optional(),
  message_id: z.string().optional(),
});

/** What the sandbox's mail server can be asked and told, over HTTP and in process alike. */
export class MailControl {
  readonly #inbox: Inbox;
  readonly #faults: Faults;
  readonly #catcher: SmtpCatcher;

  constructor(inbox: Inbox, faults: Faults, catcher: SmtpCatcher) {
    this.#inbox = inbox;
    this.#faults = faults;
    this.#catcher = catcher;
  }

  /** Newest first. */
  mails(given: z.input<typeof listOrder> = {}) {
    const { to, message_id } = readOrder(listOrder, given);
    return this.#inbox
      .list()
      .filter(
        ({ envelope, content }) =>
          (to === undefined || envelope.to.some((mailbox) => mailbox.toLowerCase() === to.toLowerCase())) &&
          (message_id === undefined || content.messageId === message_id),
      )
      .map(summary);
  }

  mail(id: string) {
    const mail = this.#get(id);
    return {
      ...summary(mail),
      text: mail.content.text ?? null,
      html: mail.content.html ?? null,
      headers: mail.content.headers.map(({ key, value }) => ({ name: key, value })),
      attachments: attachmentsOf(mail).map(({ filename, mimeType, text }) => ({
        filename,
        mime_type: mimeType,
        content: text,
      })),
      source: mail.source.toString('utf8'),
    };
  }

  clear(): void {
    this.#inbox.clear();
  }

  faults(): Fault[] {
    return this.#faults.list();
  }

  failNext(given: z.input<typeof faultSchema>): Fault[] {
    this.#faults.add(readOrder(faultSchema, given));
    return this.faults();
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** Lines that are open at this moment: those that hang are still there. */
  connections(): { open: number } {
    return { open: this.#catcher.openLines };
  }

  reset(): void {
    this.clear();
    this.clearFaults();
  }

  #get(id: string): ReceivedMail {
    const mail = this.#inbox.find(id);
    if (!mail) throw new ControlError('id', `no mail is numbered ${id}`, 404);
    return mail;
  }
}

export interface Attachment {
  filename: string;
  mimeType: string;
  text: string;
}

/** Attachments are few and textual here; one that is not is shown as well as it can be. */
export function attachmentsOf({ content }: ReceivedMail): Attachment[] {
  return content.attachments.map(({ filename, mimeType, content: bytes }, index) => ({
    filename: filename ?? `${index + 1}`,
    mimeType,
    text: typeof bytes === 'string' ? bytes : Buffer.from(bytes as Uint8Array).toString('utf8'),
  }));
}

function summary({ id, receivedAt, envelope, content, source, copy }: ReceivedMail) {
  return {
    id,
    received_at: receivedAt.toISOString(),
    /** Who the server was told, which is what counts; the headers may say anything. */
    envelope,
    from: content.from?.address ?? null,
    from_name: content.from?.name ?? null,
    to: (content.to ?? []).map(({ address }) => address ?? ''),
    reply_to: (content.replyTo ?? []).map(({ address }) => address ?? ''),
    subject: content.subject ?? '',
    message_id: content.messageId ?? null,
    copy,
    size: source.length,
  };
}
