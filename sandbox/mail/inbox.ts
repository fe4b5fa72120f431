import PostalMime, { type Email } from 'postal-mime';

export interface Envelope {
  from: string;
  to: string[];
}

export interface ReceivedMail {
  id: string;
  receivedAt: Date;
  envelope: Envelope;
  /** As it came over the line. */
  source: Buffer;
  content: Email;
  /** 1 for the first mail with this Message-ID. */
  copy: number;
}

const kept = 20_000;

/** Everything that was taken over, whoever it was for: the oldest goes when there is too much. */
export class Inbox {
  #mails: ReceivedMail[] = [];
  #copies = new Map<string, number>();
  #count = 0;

  async keep(envelope: Envelope, source: Buffer): Promise<ReceivedMail> {
    const content = await PostalMime.parse(source);
    const messageId = content.messageId ?? '';
    const copy = (this.#copies.get(messageId) ?? 0) + 1;
    this.#copies.set(messageId, copy);
    this.#count += 1;
    const mail = { id: String(this.#count), receivedAt: new Date(), envelope, source, content, copy };
    if (this.#mails.length >= kept) this.#mails.shift();
    this.#mails.push(mail);
    return mail;
  }

  /** Newest first. */
  list(): ReceivedMail[] {
    return this.#mails.toReversed();
  }

  find(id: string): ReceivedMail | null {
    return this.#mails.find((mail) => mail.id === id) ?? null;
  }

  clear(): void {
    this.#mails = [];
    this.#copies = new Map();
  }
}
