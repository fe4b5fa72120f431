import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { type MailSandbox, startMailSandbox } from '../../sandbox/mail/start-mail-sandbox.js';
import { MailHousekeeping } from '../../src/notifications/mail/mail-housekeeping.js';
import type { MailRow } from '../../src/notifications/mail/mail.row.js';
import type { NotificationDraft } from '../../src/notifications/index.js';
import { eventually } from '../support/eventually.js';
import { addOrganization, bookingDraft, hurryJobs, startMailApplication, tell } from '../support/mail-application.js';
import { HOSTILE_WORDS } from '../support/mail-hostile-words.js';
import { MovableClock } from '../support/movable-clock.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describe('a mail on its way', () => {
  let database: TestDatabase;
  let sandbox: MailSandbox;
  const applications: INestApplicationContext[] = [];
  const logged: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    sandbox = await startMailSandbox();
  });
  afterEach(async () => {
    for (const application of applications.splice(0)) await application.close();
    await sandbox.close();
    await database.query('DELETE FROM graphile_worker._private_jobs');
    await database.query('DELETE FROM organizations');
    logged.length = 0;
  });

  async function start(environment: Record<string, string> = sandbox.environment, clock = new MovableClock()) {
    const application = await startMailApplication({
      url: database.url,
      environment,
      clock,
      write: (line) => logged.push(line),
    });
    applications.push(application);
    return application;
  }
  const mails = (organizationId: string): Promise<MailRow[]> =>
    database.query<MailRow & Record<string, unknown>>('SELECT * FROM mails WHERE organization_id = $1 ORDER BY id', [
      organizationId,
    ]);
  /** The one mail of the organization, when it is as expected. */
  const settled = async (organizationId: string, isThere: (row: MailRow) => boolean): Promise<MailRow> => {
    const rows = await eventually(
      () => mails(organizationId),
      (found) => found.length === 1 && isThere(found[0]!),
      40_000,
    );
    return rows[0]!;
  };
  /** Whatever waits is tried again now, once the try before has given its job back. */
  const comeBack = async (): Promise<void> => {
    const underWay = () => database.query('SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL');
    await eventually(underWay, (jobs) => jobs.length === 0, 40_000);
    await hurryJobs(database);
  };

  /** The job that has dealt with a mail leaves the queue a moment after the mail says so. */
  const queueEmpties = (): Promise<unknown> =>
    eventually(
      () => database.query('SELECT FROM graphile_worker._private_jobs'),
      (jobs) => jobs.length === 0,
      40_000,
    );

  it('leaves with the commit, once, under the Message-ID that was fixed before', async () => {
    const application = await start();
    const { organizationId } = await addOrganization(database);
    const draft = bookingDraft();
    await Promise.all([tell(application, organizationId, draft), tell(application, organizationId, draft)]);

    const row = await settled(organizationId, ({ state }) => state === 'sent');

    expect(row).toMatchObject({
      recipient: 'olga@atelier.example',
      kind: 'booking_created',
      attempts: 1,
      last_error: null,
      message_id: `<${row.id}@sandbox.example>`,
      booking_id: draft.meta['booking_id'],
      sent_at: expect.any(Date),
    });
    const [received, ...others] = sandbox.control.mails();
    expect(others).toEqual([]);
    expect(received).toMatchObject({
      envelope: { from: 'passerelle@sandbox.example', to: ['olga@atelier.example'] },
      from_name: 'Passerelle',
      subject: 'Nouveau RDV Calendly - Atelier : Découverte',
      message_id: row.message_id,
      reply_to: ['john.doe@example.com'],
    });
    const whole = sandbox.control.mail(received!.id);
    expect(whole.text).toContain('16/01/2026 à 16:30 - 17:00');
    expect(whole.html).toContain('16/01/2026 à 16:30 - 17:00');
    expect(whole.attachments.map(({ filename }) => filename)).toContain('rendez-vous.ics');
    const header = (name: string) => whole.headers.find((one) => one.name === name)?.value;
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('references')).toBe(`<booking.${draft.meta['booking_id'] as string}@sandbox.example>`);
    expect(new Date(header('date')!).getTime()).toBe(Math.floor(row.created_at.getTime() / 1_000) * 1_000);
  });

  it('is not there when the transaction is rolled back', async () => {
    const application = await start();
    const { organizationId } = await addOrganization(database);
    // The second draft cannot be stored.
    const broken = bookingDraft({ title: null as unknown as string });
    await expect(tell(application, organizationId, bookingDraft(), broken)).rejects.toThrow('null value');
    expect(await mails(organizationId)).toEqual([]);
    expect(await database.query('SELECT FROM graphile_worker._private_jobs')).toEqual([]);
  });

  it.each([
    ['connect', 'refuse', 421, 'smtp/server-421'],
    ['connect', 'drop', undefined, 'smtp/connection-lost'],
    ['connect', 'hang', undefined, 'smtp/timeout'],
    ['sender', 'refuse', 451, 'smtp/sender-451'],
    ['recipient', 'refuse', 450, 'smtp/recipient-450'],
    ['message', 'refuse', 452, 'smtp/message-452'],
    ['message', 'hang', undefined, 'smtp/timeout'],
    ['message', 'drop', undefined, 'smtp/connection-lost'],
  ] as const)('is tried again, as the same mail, after %s %s %s', async (stage, mode, status, code) => {
    sandbox.control.failNext({ stage, mode, ...(status !== undefined && { status }) });
    const application = await start({ ...sandbox.environment, ...(mode === 'hang' && { MAIL_TIMEOUT_SECONDS: '2' }) });
    const { organizationId } = await addOrganization(database);
    await tell(application, organizationId, bookingDraft());

    const waiting = await settled(organizationId, ({ last_error }) => last_error !== null);
    expect(waiting).toMatchObject({
      state: 'queued',
      attempts: 1,
      last_error: code,
      next_attempt_at: expect.any(Date),
    });
    await comeBack();
    const sent = await settled(organizationId, ({ state }) => state === 'sent');

    expect(sent).toMatchObject({ attempts: 2, last_error: null, message_id: waiting.message_id });
    expect(sandbox.control.mails()).toMatchObject([{ message_id: waiting.message_id, copy: 1 }]);
    expect(await database.query('SELECT FROM dead_letters')).toEqual([]);
  });

  it('goes out twice under one Message-ID when the answer was lost, never under two', async () => {
    sandbox.control.failNext({ mode: 'lose-answer' });
    const application = await start();
    const { organizationId } = await addOrganization(database);
    await tell(application, organizationId, bookingDraft());
    await settled(organizationId, ({ last_error }) => last_error === 'smtp/connection-lost');
    await comeBack();
    const { message_id } = await settled(organizationId, ({ state }) => state === 'sent');
    expect(sandbox.control.mails().map((mail) => [mail.message_id, mail.copy])).toEqual([
      [message_id, 2],
      [message_id, 1],
    ]);
    const [second, first] = sandbox.control.mails().map(({ id }) => sandbox.control.mail(id).text);
    expect(second).toBe(first);
  });

  it('is sent once when the line is cut after the 250', async () => {
    sandbox.control.failNext({ mode: 'drop-after-answer' });
    const application = await start();
    const { organizationId } = await addOrganization(database);
    await tell(application, organizationId, bookingDraft());
    await settled(organizationId, ({ state }) => state === 'sent');
    expect(sandbox.control.mails()).toHaveLength(1);
  });

  it.each([
    ['recipient', 550, 'smtp/recipient-550'],
    ['sender', 553, 'smtp/sender-553'],
    ['message', 554, 'smtp/message-554'],
  ] as const)('bounces when it is refused for good at the stage %s', async (stage, status, code) => {
    sandbox.control.failNext({ stage, status });
    const application = await start();
    const { organizationId } = await addOrganization(database);
    await tell(application, organizationId, bookingDraft());
    const row = await settled(organizationId, ({ state }) => state === 'bounced');
    expect(row).toMatchObject({ attempts: 1, last_error: code, next_attempt_at: null, sent_at: null });
    await queueEmpties();
  });

  it('waits longer after each try, and is given up after a day', async () => {
    sandbox.control.failNext({ stage: 'recipient', status: 450, times: null });
    const clock = new MovableClock();
    const application = await start(sandbox.environment, clock);
    const { organizationId } = await addOrganization(database);
    await tell(application, organizationId, bookingDraft());

    const waits: number[] = [];
    for (let isDayOver = false; !isDayOver;) {
      const attempt = waits.length + 1;
      const row = await settled(organizationId, (one) => one.attempts === attempt && one.next_attempt_at !== null);
      const wait = (row.next_attempt_at!.getTime() - clock.now().getTime()) / 1_000;
      waits.push(wait);
      clock.moveAhead(wait + 1);
      isDayOver = clock.now().getTime() - row.first_tried_at!.getTime() >= 86_400_000;
      await comeBack();
    }
    const row = await settled(organizationId, ({ state }) => state === 'failed');

    // The last try is made when the day is over, wherever that falls.
    const growing = waits.slice(0, -1);
    expect(growing.every((wait, index) => index === 0 || wait > growing[index - 1]! * 0.9)).toBe(true);
    expect(waits[0]).toBeLessThan(7);
    expect(clock.now().getTime() - row.first_tried_at!.getTime()).toBeLessThan(86_400_000 + 60_000);
    expect(row).toMatchObject({ last_error: 'smtp/recipient-450', next_attempt_at: null });
    expect(row.attempts).toBeGreaterThanOrEqual(8);
    expect(await database.query('SELECT FROM dead_letters')).toEqual([]);
    await queueEmpties();
  }, 60_000);

  it('leaves a server alone that takes nobody’s mail, and comes back', async () => {
    sandbox.control.failNext({ stage: 'connect', mode: 'refuse', status: 421, times: null });
    const clock = new MovableClock();
    const application = await start(sandbox.environment, clock);
    const { organizationId } = await addOrganization(database);
    await tell(application, organizationId, ...Array.from({ length: 12 }, () => bookingDraft()));
    // Two are tried at a time: a fourth may have begun when the third came back.
    await eventually(
      async () => logged.filter((line) => line.includes('mail-server-away')).length,
      (count) => count >= 8,
      40_000,
    );
    const tried = (await mails(organizationId)).filter(({ attempts }) => attempts > 0);
    expect(tried.length).toBeLessThanOrEqual(4);

    sandbox.control.clearFaults();
    clock.moveAhead(31);
    await comeBack();
    await eventually(
      () => mails(organizationId),
      (rows) => rows.every(({ state }) => state === 'sent'),
      40_000,
    );
    expect(new Set(sandbox.control.mails().map(({ message_id }) => message_id)).size).toBe(12);
  });

  it('is kept and shown only when there is no server, also when the server went away in between', async () => {
    const withoutServer = await start({});
    const { organizationId } = await addOrganization(database);
    await tell(withoutServer, organizationId, bookingDraft());
    expect(await mails(organizationId)).toMatchObject([{ state: 'not_sent', attempts: 0 }]);
    expect(await database.query('SELECT FROM graphile_worker._private_jobs')).toEqual([]);

    await withoutServer.close();
    applications.length = 0;
    const front = await startMailApplication({
      url: database.url,
      role: 'api',
      environment: sandbox.environment,
    });
    applications.push(front);
    const { organizationId: other } = await addOrganization(database);
    await tell(front, other, bookingDraft());
    expect(await mails(other)).toMatchObject([{ state: 'queued' }]);
    await start({});
    await settled(other, ({ state }) => state === 'not_sent');
    expect(sandbox.control.mails()).toEqual([]);
  });

  it('is found again when its job is lost, and not disturbed while it has one', async () => {
    const front = await startMailApplication({ url: database.url, role: 'api', environment: sandbox.environment });
    applications.push(front);
    const { organizationId } = await addOrganization(database);
    await tell(front, organizationId, bookingDraft(), bookingDraft());
    await database.query(`UPDATE mails SET updated_at = now() - interval '11 minutes'`);
    expect(await front.get(MailHousekeeping).enqueueAbandoned()).toBe(0);
    await database.query(
      `DELETE FROM graphile_worker._private_jobs WHERE id = (SELECT min(id) FROM graphile_worker._private_jobs)`,
    );
    expect(await front.get(MailHousekeeping).enqueueAbandoned()).toBe(1);
    await start();
    await eventually(
      () => mails(organizationId),
      (rows) => rows.every(({ state }) => state === 'sent'),
      40_000,
    );
    expect(sandbox.control.mails()).toHaveLength(2);
  });

  it('has one recipient and no header of anybody else’s, whatever people wrote', async () => {
    const application = await start({ ...sandbox.environment, MAIL_FROM: 'passerelle@sandbox.example' });
    const { organizationId } = await addOrganization(database);
    const { mail } = bookingDraft();
    if (mail?.template !== 'booking') throw new Error('A booking is told in a mail of another kind');
    const saying = (word: string): NotificationDraft =>
      bookingDraft({
        mail: {
          ...mail,
          eventName: word,
          place: word,
          joinUrl: word,
          invitee: { name: word, email: word, phone: word, timeZone: word },
          answers: [{ question: word, answer: word }],
        },
      });
    // What PostgreSQL keeps of them: neither a NUL nor half a character.
    const asName = (word: string): string => word.replaceAll('\0', '').toWellFormed();
    for (const word of ['Rien', ...HOSTILE_WORDS]) {
      await database.query('UPDATE organizations SET name = $2 WHERE id = $1', [organizationId, asName(word)]);
      await tell(application, organizationId, saying(word));
    }
    await eventually(
      () => mails(organizationId),
      (rows) => rows.every(({ state }) => state === 'sent'),
      25_000,
    );

    const received = sandbox.control.mails().map(({ id }) => sandbox.control.mail(id));
    expect(received).toHaveLength(HOSTILE_WORDS.length + 1);
    const harmless = received.find(({ text }) => text?.includes('Client\u00a0: Rien'))!;
    const shape = ({ headers, attachments, envelope, from }: typeof harmless) => ({
      headers: headers.map(({ name }) => name).filter((name) => name !== 'reply-to'),
      attachments: attachments.map(({ filename }) => filename),
      recipients: envelope.to,
      from,
    });
    expect(harmless.headers.map(({ name }) => name)).toContain('subject');
    expect(new Set(received.map((one) => JSON.stringify(shape(one))))).toEqual(
      new Set([JSON.stringify(shape(harmless))]),
    );
    expect(harmless.envelope.to).toEqual(['olga@atelier.example']);
  }, 60_000);

  it('says nothing of people in logs and errors', async () => {
    sandbox.control.failNext({ stage: 'recipient', status: 550 });
    const application = await start();
    const { organizationId } = await addOrganization(database);
    await tell(application, organizationId, bookingDraft());
    await settled(organizationId, ({ state }) => state === 'bounced');
    expect(logged.join('')).toContain('mail.bounced');
    expect(logged.join('')).not.toMatch(/john|doe|olga|atelier\.example|bibliothèque/i);
    const [row] = await database.query('SELECT mails::text AS text FROM mails WHERE organization_id = $1', [
      organizationId,
    ]);
    expect(row?.['text']).not.toMatch(/john|bibliothèque/i);
  });

  describe('through a sendmail program', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'passerelle-sendmail-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    const program = async (script: string): Promise<Record<string, string>> => {
      const path = join(folder, 'sendmail');
      await writeFile(path, `#!/bin/sh\n${script}\n`);
      await chmod(path, 0o755);
      return { SMTP_URL: `sendmail:${path}`, MAIL_FROM: 'Passerelle <passerelle@sandbox.example>' };
    };

    it('is handed over with its one recipient', async () => {
      const application = await start(await program(`echo "$@" > ${folder}/arguments; cat > ${folder}/mail`));
      const { organizationId } = await addOrganization(database);
      await tell(application, organizationId, bookingDraft());
      const row = await settled(organizationId, ({ state }) => state === 'sent');
      expect(await readFile(join(folder, 'arguments'), 'utf8')).toBe(
        '-i -f passerelle@sandbox.example olga@atelier.example\n',
      );
      expect(await readFile(join(folder, 'mail'), 'utf8')).toContain(`Message-ID: ${row.message_id}`);
    });

    it('bounces or waits as the program says', async () => {
      const application = await start(await program('cat > /dev/null; exit 67'));
      const { organizationId } = await addOrganization(database);
      await tell(application, organizationId, bookingDraft());
      await settled(
        organizationId,
        ({ state, last_error }) => state === 'bounced' && last_error === 'sendmail/exit-67',
      );
      await program('cat > /dev/null; exit 75');
      const { organizationId: other } = await addOrganization(database);
      await tell(application, other, bookingDraft());
      await settled(other, ({ state, last_error }) => state === 'queued' && last_error === 'sendmail/exit-75');
    });

    it('waits when the program does not come to an end', async () => {
      const environment = await program('cat > /dev/null; sleep 1.5');
      const application = await start({ ...environment, MAIL_TIMEOUT_SECONDS: '1' });
      const { organizationId } = await addOrganization(database);
      await tell(application, organizationId, bookingDraft());
      await settled(organizationId, ({ state, last_error }) => state === 'queued' && last_error === 'smtp/timeout');
    });
  });
});
