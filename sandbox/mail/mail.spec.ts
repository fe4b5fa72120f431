import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { type MailSandbox, startMailSandbox } from './start-mail-sandbox.js';

let sandbox: MailSandbox;
beforeEach(async () => {
  sandbox = await startMailSandbox();
});
afterEach(async () => {
  await sandbox.close();
});

const LETTER: SendMailOptions = {
  from: { name: 'Zoé', address: 'zoe@example.test' },
  to: 'max@example.test',
  messageId: '<1@example.test>',
  subject: 'Déjà vu — 見',
  text: 'Bonjour',
  html: '<p>Bonjour <script>alert(1)</script></p>',
  icalEvent: { method: 'PUBLISH', filename: 'rendez-vous.ics', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
};

function send(overrides: SendMailOptions = {}, options: object = {}): Promise<unknown> {
  const transport = createTransport({ url: sandbox.environment['SMTP_URL']!, socketTimeout: 1_000, ...options });
  return transport.sendMail({ ...LETTER, ...overrides });
}

describe('the mail server of the sandbox', () => {
  it('takes every mail for every mailbox and shows it as it was sent', async () => {
    await send();
    const [mail] = sandbox.control.mails();
    expect(mail).toMatchObject({
      envelope: { from: 'zoe@example.test', to: ['max@example.test'] },
      from: 'zoe@example.test',
      from_name: 'Zoé',
      to: ['max@example.test'],
      subject: 'Déjà vu — 見',
      message_id: '<1@example.test>',
      copy: 1,
    });
    const whole = sandbox.control.mail(mail!.id);
    expect(whole.text).toContain('Bonjour');
    expect(whole.html).toContain('<script>');
    expect(whole.attachments).toContainEqual(
      expect.objectContaining({ filename: 'rendez-vous.ics', content: expect.stringContaining('BEGIN:VCALENDAR') }),
    );
    expect(whole.headers.find(({ name }) => name === 'message-id')?.value).toBe('<1@example.test>');
    expect(whole.source).toMatch(/^From: /m);
  });

  it('counts copies of one message, and finds by mailbox and Message-ID', async () => {
    await send();
    await send({ to: 'ana@example.test' });
    await send({ messageId: '<2@example.test>' });
    expect(sandbox.control.mails().map(({ copy }) => copy)).toEqual([1, 2, 1]);
    expect(sandbox.control.mails({ to: 'Ana@example.test' })).toHaveLength(1);
    expect(sandbox.control.mails({ message_id: '<2@example.test>' })).toHaveLength(1);
    sandbox.control.clear();
    await send();
    expect(sandbox.control.mails()).toMatchObject([{ copy: 1 }]);
  });

  it('takes a login, whoever it is', async () => {
    await send({}, { auth: { user: 'anybody', pass: 'anything' } });
    expect(sandbox.control.mails()).toHaveLength(1);
  });

  it.each([
    ['connect', 421, { command: 'CONN', responseCode: 421 }],
    ['sender', 553, { command: 'MAIL FROM', responseCode: 553 }],
    ['recipient', 550, { command: 'RCPT TO', responseCode: 550 }],
    ['message', 452, { command: 'DATA', responseCode: 452 }],
  ] as const)('refuses at the stage %s with %i, once', async (stage, status, expected) => {
    sandbox.control.failNext({ stage, status });
    await expect(send()).rejects.toMatchObject(expected);
    expect(sandbox.control.mails()).toEqual([]);
    await send();
    expect(sandbox.control.mails()).toHaveLength(1);
  });

  it('refuses a login', async () => {
    sandbox.control.failNext({ stage: 'login', status: 535 });
    await expect(send({}, { auth: { user: 'anybody', pass: 'wrong' } })).rejects.toMatchObject({ responseCode: 535 });
  });

  it.each(['connect', 'sender', 'recipient', 'message'] as const)('hangs at the stage %s', async (stage) => {
    sandbox.control.failNext({ stage, mode: 'hang' });
    await expect(send({}, { socketTimeout: 200, greetingTimeout: 200 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(sandbox.control.mails()).toEqual([]);
  });

  it.each(['connect', 'sender', 'recipient', 'message'] as const)('cuts the line at the stage %s', async (stage) => {
    sandbox.control.failNext({ stage, mode: 'drop' });
    await expect(send()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNECTION|ESOCKET/) });
    expect(sandbox.control.mails()).toEqual([]);
  });

  it('takes a message and loses the answer', async () => {
    sandbox.control.failNext({ mode: 'lose-answer' });
    await expect(send()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNECTION|ESOCKET/) });
    expect(sandbox.control.mails()).toHaveLength(1);
  });

  it('takes a message, answers and cuts the line', async () => {
    sandbox.control.failNext({ mode: 'drop-after-answer' });
    await send();
    expect(sandbox.control.mails()).toHaveLength(1);
  });

  it('takes its time', async () => {
    sandbox.control.failNext({ mode: 'slow', delay_ms: 300 });
    const start = performance.now();
    await send();
    expect(performance.now() - start).toBeGreaterThan(290);
  });

  it('refuses one mailbox until that is taken back', async () => {
    sandbox.control.failNext({ stage: 'recipient', status: 550, recipient: 'max@example.test', times: null });
    await send({ to: 'ana@example.test' });
    await expect(send()).rejects.toMatchObject({ responseCode: 550 });
    await expect(send()).rejects.toMatchObject({ responseCode: 550 });
    sandbox.control.clearFaults();
    await send();
    expect(sandbox.control.mails()).toHaveLength(2);
  });

  it('refuses orders that make no sense', () => {
    expect(() => sandbox.control.failNext({ stage: 'sender', mode: 'lose-answer' })).toThrow('must be message');
    expect(() => sandbox.control.failNext({ stage: 'connect', recipient: 'a@b.fr' })).toThrow('not known');
    expect(() => sandbox.control.failNext({ status: 250 })).toThrow('400');
    expect(() => sandbox.control.mail('7')).toThrow('no mail');
  });

  it('closes at once, also while somebody hangs', async () => {
    const other = await startMailSandbox();
    other.control.failNext({ mode: 'hang' });
    const sending = createTransport({ url: other.environment['SMTP_URL']! }).sendMail(LETTER);
    const failed = sending.catch((error: unknown) => error);
    while (other.control.faults().length > 0) await new Promise(setImmediate);
    await other.close();
    expect(await failed).toMatchObject({ code: expect.stringMatching(/ECONNECTION|ESOCKET/) });
  });
});

describe('the mail pages of the sandbox', () => {
  const get = async (path: string) => {
    const response = await fetch(sandbox.url + path, { redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('list what was received, in two languages', async () => {
    expect((await get('/mail/')).text).toContain('Aucun e-mail');
    await send({ subject: '<b>gras</b>' });
    const { text } = await get('/mail/?lang=en');
    expect(text).toContain('Mail received (1)');
    expect(text).toContain('&#60;b&#62;gras');
    expect(text).toContain('href="messages/1?lang=en"');
  });

  it('show a mail in a frame that can do nothing', async () => {
    await send();
    const shown = await get('/mail/messages/1');
    expect(shown.text).toMatch(/<iframe\s+sandbox="allow-popups"/);
    expect(shown.text).not.toContain('<script>');
    expect(shown.headers.get('content-security-policy')).toContain("frame-src 'self'");
    const framed = await get('/mail/messages/1/html');
    expect(framed.text).toContain('<script>alert(1)</script>');
    expect(framed.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups; frame-ancestors 'self'",
    );
    const source = await get('/mail/messages/1/source');
    expect(source.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(source.headers.get('x-content-type-options')).toBe('nosniff');
    const whole = sandbox.control.mail('1');
    const index = whole.attachments.findIndex(({ filename }) => filename === 'rendez-vous.ics');
    const file = await get(`/mail/messages/1/attachments/${index}`);
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''rendez-vous.ics");
    expect(file.text).toContain('BEGIN:VCALENDAR');
    for (const path of ['messages/2', 'messages/2/html', 'messages/2/source', 'messages/1/attachments/99']) {
      expect((await get(`/mail/${path}`)).status).toBe(404);
    }
  });

  it('order faults and empty the box', async () => {
    await send();
    const post = (path: string, body = '') =>
      fetch(`${sandbox.url}/mail/${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    expect((await post('faults?lang=en', 'fault=refuse-recipient&times=2')).headers.get('location')).toBe(
      '/mail/?lang=en',
    );
    await post('faults', 'fault=constructor&times=1');
    await post('faults', 'fault=lose-answer&times=-1');
    expect(sandbox.control.faults()).toMatchObject([{ stage: 'recipient', status: 550, times: 2 }]);
    expect((await get('/mail/')).text).toContain('recipient: refuse 550 × 2');
    await post('faults/clear');
    await post('clear');
    expect([sandbox.control.faults(), sandbox.control.mails()]).toEqual([[], []]);
  });

  it('answer the controls as JSON', async () => {
    await send();
    const json = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${sandbox.url}/_sandbox/mail${path}`, {
        method,
        ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    };
    expect((await json('GET', '/mails?to=max@example.test')).body).toMatchObject([{ id: '1' }]);
    expect((await json('GET', '/mails?too=x')).status).toBe(400);
    expect((await json('GET', '/mails/1')).body).toMatchObject({ text: expect.stringContaining('Bonjour') });
    expect((await json('GET', '/mails/2')).status).toBe(404);
    expect((await json('POST', '/faults', { mode: 'explode' })).body).toMatchObject({ field: 'mode' });
    expect((await json('POST', '/faults', { stage: 'connect', mode: 'drop' })).body).toHaveLength(1);
    expect((await json('GET', '/connections')).body).toEqual({ open: expect.any(Number) });
    expect((await json('POST', '/reset')).body).toEqual({ done: true });
    expect([sandbox.control.faults(), sandbox.control.mails()]).toEqual([[], []]);
  });
});
