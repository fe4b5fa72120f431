import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { MailConfig } from '../../notifications/index.js';
import { PlatformConfig } from '../../platform/config/platform.config.js';
import type { DoctorCheck, Finding } from '../finding.js';
import { finding } from '../finding-texts.js';

const PATIENCE_MS = 8_000;

/** Goes as far as the login and sends nothing. */
@Injectable()
export class MailCheck implements DoctorCheck {
  readonly name = 'mail';

  constructor(
    private readonly mail: MailConfig,
    private readonly platform: PlatformConfig,
  ) {}

  async examine(): Promise<Finding[]> {
    const { transport, domain } = this.mail;
    if (transport === null) return this.platform.production ? [finding('mail/not-configured')] : [];
    // A program on this machine has nothing to ask before there is a mail.
    if (transport.kind === 'sendmail') return [];
    const transporter = createTransport({
      url: transport.url,
      name: domain,
      dnsTimeout: PATIENCE_MS,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
    });
    try {
      await transporter.verify();
      return [];
    } catch (error) {
      return [judgeMailFailure(error)];
    } finally {
      transporter.close();
    }
  }
}

export function judgeMailFailure(error: unknown): Finding {
  const { code = 'unknown', message = '' } = error as { code?: string; message?: string };
  if (code === 'EAUTH') return finding('mail/login-refused');
  const isTls = code === 'ETLS' || /^(?:ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code);
  if (isTls || /ssl|tls|certificate/i.test(message)) return finding('mail/tls-failed', { reason: code });
  return finding('mail/unreachable', { reason: code });
}
