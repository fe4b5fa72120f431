import type { FastifyInstance } from 'fastify';
import type { Origin, StandIn } from '../stand-in.js';
import { MailControl } from './control.js';
import { registerControlRoutes } from './control.routes.js';
import { Faults } from './faults.js';
import { Inbox } from './inbox.js';
import { registerMailPages } from './pages.routes.js';
import { SmtpCatcher } from './smtp-catcher.js';

export interface MailOptions {
  /** Taken if it is free, else another; 0, the default, takes any. */
  smtpPort?: number;
}

/** A mail server that keeps what it is given, and a page to read it. */
export class MailStandIn implements StandIn {
  readonly name = 'mail';
  readonly title = 'E-mails / Mail';
  readonly control: MailControl;
  readonly gestures = {};
  readonly #inbox = new Inbox();
  readonly #faults = new Faults();
  readonly #catcher = new SmtpCatcher(this.#inbox, this.#faults);
  readonly #smtpPort: number;

  /** Its pages lead to each other by relative links, so that it need not know where it is served. */
  constructor(_origin: Origin, { smtpPort = 0 }: MailOptions = {}) {
    this.#smtpPort = smtpPort;
    this.control = new MailControl(this.#inbox, this.#faults, this.#catcher);
  }

  async register(server: FastifyInstance): Promise<void> {
    await server.register(async (site) => registerMailPages(site, this.#inbox, this.control), { prefix: '/mail' });
    await server.register(async (controls) => registerControlRoutes(controls, this.control), {
      prefix: '/_sandbox/mail',
    });
    await this.#catcher.listen(this.#smtpPort);
  }

  environment(): Record<string, string> {
    return { SMTP_URL: this.#catcher.url, MAIL_FROM: 'Passerelle <passerelle@sandbox.example>' };
  }

  close(): Promise<void> {
    return this.#catcher.close();
  }
}
