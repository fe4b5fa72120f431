import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Fault, Faults, Stage } from './faults.js';
import type { Inbox } from './inbox.js';

const host = '127.0.0.1';

type Answer = (error?: Error | null) => void;

/** An SMTP server that takes every mail for every mailbox and delivers none, unless it was told to misbehave. */
export class SmtpCatcher {
  readonly #inbox: Inbox;
  readonly #faults: Faults;
  readonly #server: SMTPServer;
  /** By the port of the other end: a session does not know its own line. */
  readonly #lines = new Map<number, Socket>();
  #url = '';

  constructor(inbox: Inbox, faults: Faults) {
    this.#inbox = inbox;
    this.#faults = faults;
    this.#server = new SMTPServer({
      name: 'mail.sandbox.test',
      banner: 'Sandbox: nothing is delivered',
      // Its own certificate would be nobody's.
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      size: 10 * 1024 * 1024,
      closeTimeout: 100,
      onConnect: (session, answer) => this.#at('connect', session, [], answer),
      onAuth: (login, session, answer) =>
        this.#at('login', session, [], (error) => answer(error ?? null, { user: login.username ?? 'anybody' })),
      onMailFrom: (_address, session, answer) => this.#at('sender', session, [], answer),
      onRcptTo: ({ address }, session, answer) => this.#at('recipient', session, [address], answer),
      onData: (stream, session, answer) => {
        buffer(stream)
          .then((source) => this.#take(session, source, answer))
          .catch(() => this.#cut(session));
      },
    });
    // A line that breaks is what is being tried out here; it must not end the sandbox.
    this.#server.on('error', () => undefined);
    this.#server.server.on('connection', (socket) => {
      const port = socket.remotePort ?? 0;
      this.#lines.set(port, socket);
      socket.once('close', () => this.#lines.delete(port));
    });
  }

  /** `smtp://127.0.0.1:4025`, once it listens. */
  get url(): string {
    return this.#url;
  }

  get openLines(): number {
    return this.#lines.size;
  }

  /** On the preferred port, or any other when that is taken. */
  async listen(preferredPort: number): Promise<void> {
    const port = await this.#listenOn(preferredPort).catch((error: unknown) => {
      if (preferredPort === 0 || (error as { code?: string }).code !== 'EADDRINUSE') throw error;
      return this.#listenOn(0);
    });
    this.#url = `smtp://${host}:${port}`;
  }

  async close(): Promise<void> {
    for (const line of this.#lines.values()) line.destroy();
    if (this.#server.server.listening) await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #listenOn(port: number): Promise<number> {
    const { server } = this.#server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  }

  #at(stage: Stage, session: SMTPServerSession, recipients: string[], answer: Answer): void {
    const fault = this.#faults.take(stage, recipients);
    if (fault === null) answer();
    else if (fault.mode === 'slow') void wait(fault.delay_ms, undefined, { ref: false }).then(() => answer());
    else if (fault.mode === 'refuse') answer(refusal(fault));
    else if (fault.mode === 'drop') this.#cut(session);
    // hang: nobody answers.
  }

  async #take(session: SMTPServerSession, source: Buffer, answer: Answer): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope;
    const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
    const fault = this.#faults.take('message', envelope.to);
    if (fault?.mode === 'refuse') return answer(refusal(fault));
    if (fault?.mode === 'drop') return this.#cut(session);
    if (fault?.mode === 'hang') return;
    if (fault?.mode === 'slow') await wait(fault.delay_ms, undefined, { ref: false });
    await this.#inbox.keep(envelope, source);
    if (fault?.mode === 'lose-answer') return this.#cut(session);
    answer();
    if (fault?.mode === 'drop-after-answer') setImmediate(() => this.#lines.get(session.remotePort)?.destroySoon());
  }

  #cut({ remotePort }: SMTPServerSession): void {
    this.#lines.get(remotePort)?.destroy();
  }
}

function refusal({ status }: Fault): Error {
  return Object.assign(new Error('Ordered by a test'), { responseCode: status });
}
