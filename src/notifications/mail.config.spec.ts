import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../platform/config/load-config.js';
import { InvalidConfiguration } from '../platform/config/load-config.js';
import { MailConfig, mailConfig } from './mail.config.js';

const read = (environment: NodeJS.ProcessEnv) => loadConfig([mailConfig], environment).get(MailConfig) as MailConfig;

function faultsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    read(environment);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    return error.faults.map(({ variable }) => variable);
  }
}

describe('the configuration of mail', () => {
  it('sends nothing unless it is told where', () => {
    expect(read({})).toMatchObject({ transport: null, timeoutMs: 30_000, domain: 'localhost' });
    expect(read({ PUBLIC_URL: 'https://rdv.example' }).domain).toBe('rdv.example');
    expect(read({ PUBLIC_URL: 'http://127.0.0.1:3000' }).domain).toBe('localhost');
    expect(read({ PUBLIC_URL: 'not an address' }).domain).toBe('localhost');
  });

  it.each([
    ['smtp://mail.example', { kind: 'smtp', url: 'smtp://mail.example' }],
    [
      'smtps://user:word@mail.example:465?pool=false',
      { kind: 'smtp', url: 'smtps://user:word@mail.example:465?pool=false' },
    ],
    ['sendmail:', { kind: 'sendmail', path: 'sendmail' }],
    ['sendmail:/usr/sbin/sendmail', { kind: 'sendmail', path: '/usr/sbin/sendmail' }],
  ])('sends through %s', (SMTP_URL, transport) => {
    expect(read({ SMTP_URL, MAIL_FROM: 'rdv@atelier.example' }).transport).toEqual(transport);
  });

  it.each([
    'http://mail.example',
    'smtp://',
    'mail.example:25',
    'sendmail:rm -rf /',
    'sendmail:../sendmail',
    'smtp:mail',
  ])('refuses %j for a server', (SMTP_URL) => {
    expect(faultsOf({ SMTP_URL, MAIL_FROM: 'rdv@atelier.example' })).toEqual(['SMTP_URL']);
  });

  it.each([
    ['rdv@atelier.example', { name: '', address: 'rdv@atelier.example' }],
    ['Atelier <rdv@atelier.example>', { name: 'Atelier', address: 'rdv@atelier.example' }],
    ['"Atelier, Lyon" <rdv@éléphant.example>', { name: 'Atelier, Lyon', address: 'rdv@xn--lphant-9uab.example' }],
  ])('sends from %j', (MAIL_FROM, from) => {
    expect(read({ SMTP_URL: 'smtp://mail.example', MAIL_FROM }).from).toEqual(from);
  });

  it.each(['Atelier', 'a@b.fr, c@d.fr', '<a@b>', 'a@b.fr\r\nBcc: c@d.fr'])('refuses %j for a sender', (MAIL_FROM) => {
    expect(faultsOf({ SMTP_URL: 'smtp://mail.example', MAIL_FROM })).toEqual(['MAIL_FROM']);
  });

  it('asks for a sender when there is a server, and says so without the server’s password', () => {
    expect(faultsOf({ SMTP_URL: 'smtp://mail.example' })).toEqual(['MAIL_FROM']);
    let message = '';
    try {
      read({ SMTP_URL: 'ftp://user:word-of-mine@mail.example' });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('SMTP_URL');
    expect(message).not.toContain('word-of-mine');
  });

  it.each(['0', '301', '1.5', 'x'])('refuses %j seconds for a try', (MAIL_TIMEOUT_SECONDS) => {
    expect(faultsOf({ MAIL_TIMEOUT_SECONDS })).toEqual(['MAIL_TIMEOUT_SECONDS']);
  });
});
