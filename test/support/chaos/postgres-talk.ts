/** One message of PostgreSQL's protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html */
interface Message {
  /** Empty for the first message of a connection, which has no type. */
  type: string;
  body: Buffer;
}

/** Cuts a stream into messages, however it was cut into pieces on the way. */
class Messages {
  private rest: Buffer = Buffer.alloc(0);

  constructor(private isTyped: boolean) {}

  read(bytes: Buffer): Message[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const messages: Message[] = [];
    for (;;) {
      const head = this.isTyped ? 5 : 4;
      if (this.rest.length < head) return messages;
      const end = head - 4 + this.rest.readInt32BE(head - 4);
      if (this.rest.length < end) return messages;
      messages.push({
        type: this.isTyped ? this.rest.toString('latin1', 0, 1) : '',
        body: this.rest.subarray(head, end),
      });
      this.rest = this.rest.subarray(end);
      this.isTyped = true;
    }
  }
}

/** What is said on one connection to PostgreSQL: the statements as they are sent, and how many of them are answered. */
export class PostgresTalk {
  private readonly asked = new Messages(false);
  private readonly answered = new Messages(true);
  private readonly prepared = new Map<string, string>();

  /** The statements that these bytes make the server run. */
  readStatements(bytes: Buffer): string[] {
    const statements: string[] = [];
    for (const { type, body } of this.asked.read(bytes)) {
      if (type === 'Q') statements.push(textAt(body, 0));
      else if (type === 'P') {
        const name = textAt(body, 0);
        this.prepared.set(name, textAt(body, Buffer.byteLength(name) + 1));
      } else if (type === 'B') {
        const portal = textAt(body, 0);
        statements.push(this.prepared.get(textAt(body, Buffer.byteLength(portal) + 1)) ?? '');
      }
    }
    return statements;
  }

  /** How often the server says in these bytes that it is ready for the next statement. */
  countReady(bytes: Buffer): number {
    return this.answered.read(bytes).filter(({ type }) => type === 'Z').length;
  }
}

function textAt(body: Buffer, from: number): string {
  return body.toString('utf8', from, body.indexOf(0, from));
}
