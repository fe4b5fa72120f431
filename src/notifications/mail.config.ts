import addressparser from 'nodemailer/lib/addressparser';
import { configSlice } from '../platform/config/config-slice.js';
import { isHttpUrl, text, wholeNumber } from '../platform/config/variables.js';
import { isCleanText } from '../platform/http/clean-text.js';
import { toMailbox } from './mail/mailbox.js';
import { toLine } from './mail/readable-text.js';

export interface Sender {
  readonly name: string;
  readonly address: string;
}

export class MailConfig {
  constructor(
    /** An SMTP server, or `sendmail:` with or without a path. Null: mails are kept and not sent. */
    readonly transport: SmtpServer | SendmailProgram | null,
    readonly from: Sender,
    /** How long one try may take in all. */
    readonly timeoutMs: number,
  ) {}

  /** Behind the @ of what must be ours alone: Message-IDs and the ids of appointments. */
  get domain(): string {
    return this.from.address.slice(this.from.address.lastIndexOf('@') + 1);
  }
}

export interface SmtpServer {
  readonly kind: 'smtp';
  /** May hold a password. */
  readonly url: string;
}

export interface SendmailProgram {
  readonly kind: 'sendmail';
  readonly path: string;
}

export const mailConfig = configSlice(
  MailConfig,
  {
    SMTP_URL: text()
      .refine((value) => toTransport(value) !== null, {
        error: 'must be smtp://[user:password@]host[:port], smtps://… or sendmail:[path]',
      })
      .optional(),
    MAIL_FROM: text()
      .refine((value) => toSender(value) !== null, {
        error: 'must be one address, such as Passerelle <rdv@example.com>',
      })
      .optional(),
    MAIL_TIMEOUT_SECONDS: wholeNumber(1, 300).default(30),
    // Judged by the platform's own slice; here only its host matters.
    PUBLIC_URL: text().optional(),
  },
  (env, report) => {
    const transport = env.SMTP_URL === undefined ? null : toTransport(env.SMTP_URL);
    if (transport !== null && env.MAIL_FROM === undefined) {
      report('MAIL_FROM', 'is required with SMTP_URL: the address that mails come from');
    }
    const from = (env.MAIL_FROM && toSender(env.MAIL_FROM)) || unnamedSender(env.PUBLIC_URL);
    return new MailConfig(transport, from, env.MAIL_TIMEOUT_SECONDS * 1_000);
  },
);

function toTransport(value: string): SmtpServer | SendmailProgram | null {
  if (/^sendmail:/i.test(value)) {
    const path = value.slice('sendmail:'.length);
    return /^(\/[^\s\0]+)?$/.test(path) ? { kind: 'sendmail', path: path || 'sendmail' } : null;
  }
  if (!/^smtps?:\/\//i.test(value) || !URL.canParse(value)) return null;
  return new URL(value).hostname === '' ? null : { kind: 'smtp', url: value };
}

function toSender(value: string): Sender | null {
  if (!isCleanText(value)) return null;
  const [found, ...others] = addressparser(value, { flatten: true });
  const address = toMailbox(found?.address ?? '');
  if (others.length > 0 || address === null) return null;
  return { name: toLine(found?.name ?? ''), address };
}

/** Only for what is kept and shown: nothing leaves without MAIL_FROM. */
function unnamedSender(publicUrl: string | undefined): Sender {
  const { hostname } = new URL(publicUrl !== undefined && isHttpUrl(publicUrl) ? publicUrl : 'http://localhost');
  return { name: 'Passerelle', address: `passerelle@${/^[\d.]+$|:/.test(hostname) ? 'localhost' : hostname}` };
}
