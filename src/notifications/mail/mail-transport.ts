import { Injectable } from '@nestjs/common';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { MailConfig } from '../mail.config.js';
import type { RenderedMail } from './mail-renderer.js';
import { toLine } from './readable-text.js';

/** A mail with its addresses, the same at every try. */
export interface OutgoingMail extends RenderedMail {
  messageId: string;
  recipient: string;
  /** Whom it speaks for; stands beside the sender's address. */
  organization: string;
  writtenAt: Date;
}

/**
 * The way out. A connection is opened for each mail and closed after it: mails are few, and a pool would send again on
 * its own after a lost connection, which is for the job to decide and to count.
 */
@Injectable()
export class MailTransport {
  private readonly transporter: Transporter | null;

  constructor(private readonly config: MailConfig) {
    this.transporter = makeTransporter(config);
  }

  get isConfigured(): boolean {
    return this.transporter !== null;
  }

  /** Resolves when the server has taken the mail over; the error otherwise is for `toSendFailure`. */
  async send(mail: OutgoingMail, signal: AbortSignal): Promise<void> {
    if (this.transporter === null) throw new Error('There is no mail server to send to');
    // All in all: a server that answers a byte at a time never stays silent for long.
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.config.timeoutMs)]);
    await endedBy(deadline, this.transporter.sendMail({ ...this.toMessage(mail), signal: deadline }));
  }

  private toMessage(mail: OutgoingMail): SendMailOptions {
    const { from } = this.config;
    return {
      // Addresses go as objects and are never put together into a header by us.
      from: { name: from.name || toLine(mail.organization), address: from.address },
      to: { name: '', address: mail.recipient },
      envelope: { from: from.address, to: [mail.recipient] },
      ...(mail.replyTo !== null && { replyTo: { name: '', address: mail.replyTo } }),
      messageId: mail.messageId,
      date: mail.writtenAt,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      references: mail.references,
      // No answer by a machine to a machine (RFC 3834).
      headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
      ...(mail.calendarFile !== null && { icalEvent: { method: 'PUBLISH', ...mail.calendarFile } }),
      disableFileAccess: true,
      disableUrlAccess: true,
    };
  }
}

function makeTransporter({ transport, domain, timeoutMs }: MailConfig): Transporter | null {
  if (transport === null) return null;
  if (transport.kind === 'sendmail') {
    return createTransport({ sendmail: true, path: transport.path, newline: 'unix' });
  }
  return createTransport({
    url: transport.url,
    name: domain,
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    socketCloseTimeout: 0,
  });
}

/** A sendmail program does not heed the signal once it runs; whoever waits for it does. */
function endedBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(Object.assign(new Error('Out of time'), { code: 'EABORT' }));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
