import { describe, expect, it } from '@jest/globals';
import { toSendFailure } from './send-failure.js';

const failure = (fields: object, message = 'a server’s words') =>
  toSendFailure(Object.assign(new Error(message), fields));

describe('a failed try', () => {
  it.each([
    ['EENVELOPE', 'RCPT TO', 550, 'smtp/recipient-550'],
    ['EENVELOPE', 'MAIL FROM', 553, 'smtp/sender-553'],
    ['EMESSAGE', 'DATA', 554, 'smtp/message-554'],
    ['EENVELOPE', 'DATA', 552, 'smtp/message-552'],
  ])('is a refusal for good: %s at %s with %i', (code, command, responseCode, word) => {
    expect(failure({ code, command, responseCode })).toEqual({ isRefusal: true, isServerAway: false, code: word });
  });

  it.each([
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 }, 'smtp/recipient-450'],
    [{ code: 'EMESSAGE', command: 'DATA', responseCode: 452 }, 'smtp/message-452'],
    [{ code: 'ECONNECTION', command: 'CONN' }, 'smtp/connection-lost'],
    [{ code: 'ESOCKET', command: 'CONN', originalCode: 'ECONNRESET' }, 'smtp/connection-lost'],
    [{ code: 'ETIMEDOUT', command: 'CONN', timeoutType: 'SOCKET_TIMEOUT' }, 'smtp/timeout'],
    [{ code: 'EABORT' }, 'smtp/timeout'],
    [{ code: 'ESTREAM' }, 'mail/estream'],
    [{}, 'mail/unexpected'],
  ])('may succeed later: %j', (fields, word) => {
    expect(failure(fields)).toEqual({ isRefusal: false, isServerAway: false, code: word });
  });

  it.each([
    [{ code: 'ESOCKET', command: 'CONN', originalCode: 'ECONNREFUSED' }, 'smtp/unreachable'],
    [{ code: 'EDNS', command: 'CONN' }, 'smtp/unreachable'],
    [{ code: 'ETIMEDOUT', command: 'CONN', timeoutType: 'GREETING_TIMEOUT' }, 'smtp/timeout'],
    [{ code: 'ETLS', command: 'STARTTLS' }, 'smtp/tls-failed'],
    [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, 'smtp/login-535'],
    [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 530 }, 'smtp/login-530'],
    [{ code: 'ECONNECTION', command: 'CONN', responseCode: 554 }, 'smtp/server-554'],
    [{ code: 'EPROTOCOL', command: 'EHLO', responseCode: 502 }, 'smtp/server-502'],
    [{ code: 'EMESSAGE', command: 'DATA', responseCode: 421 }, 'smtp/server-421'],
    [{ code: 'ENOENT' }, 'sendmail/not-found'],
  ])('says that the server is away: %j', (fields, word) => {
    expect(failure(fields)).toEqual({ isRefusal: false, isServerAway: true, code: word });
  });

  it('is judged by the exit code of a sendmail program', () => {
    const ended = (exit: number) => failure({ code: 'ESENDMAIL' }, `Sendmail exited with code ${exit}`);
    expect(ended(67)).toEqual({ isRefusal: true, isServerAway: false, code: 'sendmail/exit-67' });
    expect(ended(75)).toEqual({ isRefusal: false, isServerAway: false, code: 'sendmail/exit-75' });
  });

  it('never repeats what a server said', () => {
    expect(
      JSON.stringify(failure({ code: 'a secret, with blanks' }, 'Jane Doe <jane@example.com> unknown')),
    ).not.toMatch(/jane|secret/i);
    expect(toSendFailure('jane@example.com').code).toBe('mail/unexpected');
  });
});
