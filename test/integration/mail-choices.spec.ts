import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { DeadLetterNews } from '../../src/notifications/dead-letter-news.js';
import { MailArchive, Notifications, type NotificationDraft } from '../../src/notifications/index.js';
import { WriteDigestJob } from '../../src/notifications/mail/digest.job.js';
import { MailHousekeeping } from '../../src/notifications/mail/mail-housekeeping.js';
import { newId } from '../../src/platform/database/identifiers.js';
import { type CrmAnswer, type CrmApp, JWT_SECRET, type Person, startCrmApp } from '../support/crm-app.js';
import { bookingDraft } from '../support/mail-application.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describe('who hears of what', () => {
  let database: TestDatabase;
  let app: CrmApp;
  let person: Person;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startCrmApp(database.url);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    person = await app.register();
  });

  const tell = (...drafts: NotificationDraft[]) =>
    app.inOrganizationOf(person, (tx) => app.get(Notifications).tell(tx, drafts));
  const notice = (type: string, overrides: Partial<NotificationDraft> = {}): NotificationDraft => ({
    type,
    title: 'Un titre',
    message: 'Un message',
    meta: {},
    dedupeKey: newId(),
    ...overrides,
  });
  const get = (path: string): Promise<CrmAnswer> => app.send(person, 'GET', path);
  const patchSettings = (body: unknown): Promise<CrmAnswer> =>
    app.send(person, 'PATCH', '/api/organization/mail-settings', body);
  const choose = (...preferences: object[]): Promise<CrmAnswer> =>
    app.send(person, 'PUT', '/api/notification-preferences', { preferences });
  const ownAddress = async (): Promise<string> => {
    const [user] = await database.query<{ email: string }>('SELECT email FROM users WHERE id = $1', [person.userId]);
    return user!.email;
  };
  const recipients = async (): Promise<string[]> =>
    (await get('/api/mails')).body.map(({ recipient }: { recipient: string }) => recipient);

  /** A colleague who comes with a token of the host application. */
  const addMember = async ({ organizationId }: Person): Promise<Person> => {
    const userId = newId();
    const email = `${userId}@atelier.example`;
    await database.query(
      `INSERT INTO users (id, organization_id, email, email_key, name, role) VALUES ($1, $2, $3, $3, 'Alix', 'member')`,
      [userId, organizationId, email],
    );
    const token = await new SignJWT({ email, organization_id: organizationId })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(Buffer.from(JWT_SECRET));
    return { token, userId, organizationId };
  };

  describe('by e-mail', () => {
    it('is the owner, as long as nothing is chosen, once for one reason', async () => {
      const draft = bookingDraft();
      await Promise.all([tell(draft), tell(draft), tell(draft)]);
      expect((await get('/api/mails')).body).toEqual([
        {
          id: expect.any(String),
          kind: 'booking_created',
          state: 'not_sent',
          recipient: await ownAddress(),
          subject: expect.stringMatching(/^Nouveau RDV Calendly - Atelier \d+ : Découverte$/),
          locale: 'fr',
          message_id: expect.stringMatching(/^<[\da-f-]{36}@localhost>$/),
          attempts: 0,
          last_error: null,
          next_attempt_at: null,
          sent_at: null,
          notification_id: expect.any(String),
          booking_id: draft.meta['booking_id'],
          prospect_id: null,
          integration_id: null,
          created_at: expect.any(String),
        },
      ]);
    });

    it('are the organization’s mailboxes, in the language it wants', async () => {
      const { status, body } = await patchSettings({ recipients: ['rdv@atelier.example', 'Éva@x.fr'] });
      expect([status, body.code]).toEqual([400, 'request/invalid']);
      expect(
        (await patchSettings({ recipients: ['rdv@atelier.example', 'a@éléphant.example'], locale: 'en' })).body,
      ).toEqual({
        enabled: true,
        recipients: ['rdv@atelier.example', 'a@xn--lphant-9uab.example'],
        locale: 'en',
        digest: 'off',
        next_digest_at: null,
        sending: false,
      });
      await tell(bookingDraft());
      const { body: mails } = await get('/api/mails');
      expect(
        mails.map(({ recipient, locale, subject }: Record<string, string>) => [recipient, locale, subject]),
      ).toEqual(
        expect.arrayContaining([
          ['rdv@atelier.example', 'en', expect.stringContaining('New Calendly appointment')],
          ['a@xn--lphant-9uab.example', 'en', expect.stringContaining('New Calendly appointment')],
        ]),
      );
      expect((await patchSettings({ locale: null, recipients: [] })).body).toMatchObject({
        locale: null,
        recipients: [],
      });
    });

    it('is nobody when the organization wants no mail, or the person none of this kind', async () => {
      await choose({ kind: 'booking_created', in_app: true, email: false });
      await tell(bookingDraft());
      await choose();
      await patchSettings({ enabled: false });
      await tell(bookingDraft());
      expect(await recipients()).toEqual([]);
      await patchSettings({ enabled: true });
      await tell(bookingDraft());
      expect(await recipients()).toEqual([await ownAddress()]);
    });

    it('is whoever asks for what is not mailed unasked, in the words of the notification', async () => {
      await tell(notice('calendly_import_finished'), notice('calendly_connection_recovered'), notice('quelque_chose'));
      expect(await recipients()).toEqual([]);
      await choose({ kind: 'import_finished', in_app: true, email: true });
      const [{ id } = { id: '' }] = await tell(notice('calendly_import_finished', { title: 'Import terminé' }));
      const { body } = await get(`/api/mails?notification_id=${id}`);
      expect(body).toMatchObject([{ kind: 'import_finished', subject: expect.stringMatching(/^Import terminé - /) }]);
    });

    it('is the one person it is for', async () => {
      await patchSettings({ recipients: ['rdv@atelier.example'] });
      await tell(notice('google_connection_broken', { userId: person.userId }));
      expect(await recipients()).toEqual([await ownAddress()]);
    });

    it.each([
      ['not-an-address'],
      ['a@b.fr, c@d.fr'],
      ['a@b.fr\r\nBcc: c@d.fr'],
      ['Atelier <a@b.fr>'],
      ['"x y"@z.fr'],
      [''],
      [null],
      [['a@b.fr']],
      [{ address: 'a@b.fr' }],
    ])('is never what is not one mailbox: %j', async (recipient) => {
      const { status, body } = await patchSettings({ recipients: [recipient] });
      expect([status, body.code]).toEqual([400, 'request/invalid']);
      expect((await get('/api/organization/mail-settings')).body.recipients).toEqual([]);
    });

    it.each<[string, unknown]>([
      ['a mailbox twice', { recipients: ['a@b.fr', 'A@b.fr'] }],
      ['too many mailboxes', { recipients: Array.from({ length: 21 }, (_, index) => `a${index}@b.fr`) }],
      ['mailboxes that are no list', { recipients: 'a@b.fr' }],
      ['a language nobody has written', { locale: 'de' }],
      ['a digest of another kind', { digest: 'hourly' }],
      ['a switch that is neither on nor off', { enabled: 'true' }],
      ['nothing for a switch', { enabled: null }],
      ['a field nobody knows', { smtp_url: 'smtp://evil.test' }],
    ])('is not chosen by %s', async (_, body) => {
      expect((await patchSettings(body)).status).toBe(400);
    });
  });

  describe('in the application', () => {
    it('is everybody who has not muted it; a muted kind is out of the list and the count until it is wanted again', async () => {
      const browser = await app.browse(person.token);
      const { body: chosen } = await choose({ kind: 'booking_created', in_app: false, email: true });
      expect(chosen.find(({ kind }: { kind: string }) => kind === 'booking_created')).toEqual({
        kind: 'booking_created',
        in_app: false,
        email: true,
        chosen: true,
      });
      await tell(bookingDraft(), notice('calendly_booking_moved', { message: 'Déplacé' }));

      const messages = async () =>
        (await get('/api/notifications')).body.map(({ message }: { message: string }) => message);
      expect(await messages()).toEqual(['Déplacé']);
      expect((await get('/api/notifications/unread-count')).body).toEqual({ count: 1 });
      await tell(notice('fin', { message: 'Fin' }));
      while (!browser.heard.some(({ payload }) => payload['message'] === 'Fin')) await new Promise(setImmediate);
      expect(browser.heard.map(({ payload }) => payload['message'])).toEqual(['Déplacé', 'Fin']);
      browser.socket.disconnect();

      await choose();
      expect(await messages()).toHaveLength(3);
      expect(await recipients()).toHaveLength(2);
    });

    it('a place in a muted kind is still a place to go on from', async () => {
      const [muted] = await tell(bookingDraft());
      await choose({ kind: 'booking_created', in_app: false, email: false });
      await tell(notice('fin', { message: 'Fin' }));
      const { status, body } = await get(`/api/notifications?after=${muted!.id}`);
      expect([status, body.map(({ message }: { message: string }) => message)]).toEqual([200, ['Fin']]);
    });

    it('sees many of a kind as one group, and opens and reads it', async () => {
      await tell(...Array.from({ length: 30 }, () => bookingDraft()), notice('calendly_booking_moved'));
      await tell(bookingDraft({ message: 'le dernier' }));
      const { body: groups } = await get('/api/notifications/groups');
      expect(groups).toMatchObject([
        { kind: 'booking_created', count: 31, unread: 31, latest: { message: 'le dernier', read_at: null } },
        { kind: 'booking_moved', count: 1, unread: 1 },
      ]);
      expect(groups[0].day).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect((await get('/api/notifications?kind=booking_moved')).body).toHaveLength(1);
      expect((await get('/api/notifications?kind=all')).status).toBe(400);
      const read = await app.send(person, 'POST', '/api/notifications/read-all?kind=booking_created');
      expect(read.body).toEqual({ updated: 31 });
      expect((await get('/api/notifications/groups?limit=1')).body).toMatchObject([{ count: 31, unread: 0 }]);
      expect((await get('/api/notifications/unread-count')).body).toEqual({ count: 1 });
    });

    it('says how every kind reaches the caller, by the rules that hold', async () => {
      const owner = (await get('/api/notification-preferences')).body;
      expect(owner).toHaveLength(10);
      const of = (list: { kind: string; email: boolean }[], kind: string) => list.find((one) => one.kind === kind);
      expect(of(owner, 'booking_created')).toEqual({
        kind: 'booking_created',
        in_app: true,
        email: true,
        chosen: false,
      });
      expect(of(owner, 'import_finished')).toMatchObject({ in_app: true, email: false });
      await patchSettings({ recipients: ['rdv@atelier.example'] });
      expect(of((await get('/api/notification-preferences')).body, 'booking_created')).toMatchObject({ email: false });
    });

    it.each<[string, unknown]>([
      ['an unknown kind', { preferences: [{ kind: 'everything', in_app: true, email: true }] }],
      [
        'a kind twice',
        {
          preferences: [
            { kind: 'other', in_app: true, email: true },
            { kind: 'other', in_app: false, email: true },
          ],
        },
      ],
      ['half a choice', { preferences: [{ kind: 'other', in_app: true }] }],
      ['a word for a switch', { preferences: [{ kind: 'other', in_app: 'yes', email: true }] }],
      ['nothing', {}],
      ['null', { preferences: [null] }],
      ['somebody else’s', { preferences: [], user_id: newId() }],
    ])('does not choose by %s', async (_, body) => {
      const { status } = await app.send(person, 'PUT', '/api/notification-preferences', body);
      expect(status).toBe(400);
      const { body: kept } = await get('/api/notification-preferences');
      expect(kept.some(({ chosen }: { chosen: boolean }) => chosen)).toBe(false);
    });
  });

  describe('of one organization', () => {
    it('is nobody of another, and no member sees the mail', async () => {
      await tell(bookingDraft());
      const [{ id }] = (await get('/api/mails')).body;
      const stranger = await app.register();
      expect((await app.send(stranger, 'GET', '/api/mails')).body).toEqual([]);
      for (const [method, path] of [
        ['GET', `/api/mails/${id}`],
        ['POST', `/api/mails/${id}/resend`],
      ] as const) {
        const { status, body } = await app.send(stranger, method, path);
        expect([status, body.code]).toEqual([404, 'mail/not-found']);
        expect((await app.send(null, method, path)).status).toBe(401);
      }
      person = await addMember(person);
      for (const path of ['/api/mails', `/api/mails/${id}`, '/api/organization/mail-settings']) {
        expect((await get(path)).status).toBe(403);
      }
      expect((await patchSettings({ enabled: false })).status).toBe(403);
      // Everybody chooses for themselves.
      expect((await choose({ kind: 'other', in_app: true, email: true })).status).toBe(200);
    });
  });

  describe('and what was written', () => {
    it('is shown as it would be sent', async () => {
      await tell(bookingDraft());
      const [{ id }] = (await get('/api/mails?state=not_sent')).body;
      const { status, body } = await get(`/api/mails/${id}`);
      expect(status).toBe(200);
      expect(body.preview).toEqual({
        subject: body.subject,
        text: expect.stringContaining('16/01/2026 à 16:30 - 17:00'),
        html: expect.stringContaining('16/01/2026 à 16:30 - 17:00'),
        reply_to: 'john.doe@example.com',
        attachments: [{ filename: 'rendez-vous.ics', content: expect.stringContaining('DTSTART:20260116T153000Z') }],
      });
      expect((await get('/api/mails?state=sent')).body).toEqual([]);
      expect((await get('/api/mails?state=lost')).status).toBe(400);
      expect((await get('/api/mails/7')).status).toBe(400);
    });

    it('is shown in the other language as well, and stays what it is', async () => {
      await tell(bookingDraft());
      const [{ id, subject, locale }] = (await get('/api/mails?state=not_sent')).body;
      const { body } = await get(`/api/mails/${id}?locale=en`);
      expect(body).toMatchObject({ subject, locale: 'fr' });
      expect(locale).toBe('fr');
      expect(body.preview.subject).not.toBe(subject);
      expect(body.preview.text).toContain('Hello,');
      expect((await get(`/api/mails/${id}?locale=de`)).status).toBe(400);
    });

    it('is paged without a gap or a double', async () => {
      await tell(...Array.from({ length: 25 }, () => bookingDraft()));
      const seen: string[] = [];
      for (let path: string | undefined = '/api/mails?limit=10'; path !== undefined;) {
        const answer: CrmAnswer = await get(path);
        seen.push(...answer.body.map(({ id }: { id: string }) => id));
        path = /<([^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1];
      }
      expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
      expect((await get('/api/mails?cursor=abc')).body.code).toBe('request/cursor-invalid');
    });

    it('cannot be sent again without a server, nor once its content is gone', async () => {
      await tell(bookingDraft());
      const [{ id }] = (await get('/api/mails')).body;
      const resend = () => app.send(person, 'POST', `/api/mails/${id}/resend`);
      expect([(await resend()).status, (await resend()).body.code]).toEqual([409, 'mail/server-missing']);
      for (const state of ['queued', 'sent']) {
        await database.query('UPDATE mails SET state = $2 WHERE id = $1', [id, state]);
        expect((await resend()).body.code).toBe('mail/not-resendable');
      }
      await database.query(
        `UPDATE mails SET state = 'bounced', created_at = now() - interval '31 days' WHERE id = $1`,
        [id],
      );
      expect(await app.get(MailHousekeeping).forgetOld()).toEqual({ emptied: 1, deleted: 0 });
      expect((await resend()).body.code).toBe('mail/content-gone');
      expect((await get(`/api/mails/${id}`)).body).toMatchObject({ subject: null, preview: null, state: 'bounced' });
      await database.query(`UPDATE mails SET created_at = now() - interval '366 days' WHERE id = $1`, [id]);
      expect(await app.get(MailHousekeeping).forgetOld()).toEqual({ emptied: 0, deleted: 1 });
      expect((await get(`/api/mails/${id}`)).status).toBe(404);
    });

    it('is forgotten with the person it speaks of, and what still waits is not sent', async () => {
      const prospectId = newId();
      await tell(bookingDraft({ meta: { prospect_id: prospectId } }), bookingDraft());
      await database.query(`UPDATE mails SET state = 'queued' WHERE prospect_id = $1`, [prospectId]);
      const forgotten = await app.inOrganizationOf(person, (tx) => app.get(MailArchive).forgetProspect(tx, prospectId));
      expect(forgotten).toBe(1);
      const rows = await database.query(
        `SELECT state, last_error, model IS NULL AS gone FROM mails WHERE organization_id = $1 ORDER BY prospect_id`,
        [person.organizationId],
      );
      expect(rows).toEqual([
        { state: 'failed', last_error: 'mail/person-erased', gone: true },
        { state: 'not_sent', last_error: null, gone: false },
      ]);
    });
  });

  describe('once a day', () => {
    const write = () => app.get(WriteDigestJob).run({ organizationId: person.organizationId });
    const makeDue = () =>
      database.query(
        `UPDATE mail_settings SET digest_due_at = now() - interval '1 minute' WHERE organization_id = $1`,
        [person.organizationId],
      );

    it('hears what was told since the last digest, once, in groups', async () => {
      await tell(notice('calendly_booking_no_show', { message: 'avant' }));
      const { body } = await patchSettings({ digest: 'daily', recipients: ['rdv@atelier.example'] });
      const due = new Date(body.next_digest_at);
      expect(due.getTime()).toBeGreaterThan(Date.now());
      expect(due.toLocaleTimeString('fr', { timeZone: 'Europe/Paris' })).toBe('08:00:00');
      await tell(
        ...Array.from({ length: 25 }, (_, index) =>
          notice('calendly_booking_no_show', { message: `absence ${index}` }),
        ),
        notice('calendly_import_finished', { message: '<b>importé</b>' }),
        notice('pour_moi', { userId: person.userId, message: 'privé' }),
      );
      await write();
      expect(await recipients()).toEqual([]);

      await makeDue();
      await Promise.all([write(), write()]);

      const { body: mails } = await get('/api/mails');
      expect(mails).toMatchObject([{ kind: 'digest', recipient: 'rdv@atelier.example', notification_id: null }]);
      const { text } = (await get(`/api/mails/${mails[0].id}`)).body.preview;
      expect(text).toContain('26 nouvelles depuis le dernier résumé.');
      expect(text.replaceAll('\u00a0', ' ')).toMatch(/Absences \(25\) :\n- absence 0\n- absence 1\n/);
      expect(text).toContain('- et 5 de plus');
      expect(text).toContain('- <b>importé</b>');
      expect(text).not.toMatch(/avant|privé/);

      await makeDue();
      await write();
      expect(await recipients()).toHaveLength(1);
      expect((await patchSettings({ digest: 'off' })).body.next_digest_at).toBeNull();
    });

    it('is forgotten with whoever it names, and so only when it may name them', async () => {
      const prospectId = newId();
      const digests = () =>
        database.query(
          `SELECT state, model IS NULL AS gone FROM mails WHERE organization_id = $1 AND kind = 'digest' ORDER BY id`,
          [person.organizationId],
        );
      await patchSettings({ digest: 'daily' });
      for (const draft of [notice('before'), notice('after', { meta: { prospect_id: prospectId } }), notice('later')]) {
        await tell(draft);
        await makeDue();
        await write();
      }
      await database.query(
        `UPDATE mails SET state = 'queued'
         WHERE id = (SELECT id FROM mails WHERE organization_id = $1 AND kind = 'digest' ORDER BY id DESC LIMIT 1)`,
        [person.organizationId],
      );

      await app.inOrganizationOf(person, (tx) => app.get(MailArchive).forgetProspect(tx, prospectId));

      expect(await digests()).toEqual([
        { state: 'not_sent', gone: false },
        { state: 'not_sent', gone: true },
        { state: 'queued', gone: false },
      ]);
    });
  });

  describe('of work that was given up', () => {
    const park = (count: number) =>
      database.query(
        `INSERT INTO dead_letters (id, organization_id, task, payload, error_class, error_code, attempts)
         SELECT gen_random_uuid(), $1, 'test', '{}', 'permanent', 'x', 1 FROM generate_series(1, $2)`,
        [person.organizationId, count],
      );
    const told = async () =>
      (await get('/api/notifications?kind=dead_letters')).body.map(({ title }: { title: string }) => title);

    it('hears at once, then at most once an hour, of all that came meanwhile', async () => {
      const news = app.get(DeadLetterNews);
      await news.tellAll();
      expect(await told()).toEqual([]);
      await park(1);
      await Promise.all([news.tellAll(), news.tellAll()]);
      await park(3);
      await news.tellAll();
      expect(await told()).toEqual(['Un traitement abandonné']);
      expect(await recipients()).toHaveLength(1);

      await database.query(
        `UPDATE notifications SET created_at = created_at - interval '61 minutes' WHERE organization_id = $1`,
        [person.organizationId],
      );
      await database.query(
        `UPDATE dead_letters SET parked_at = parked_at - interval '60 minutes' - interval '59 seconds' WHERE organization_id = $1`,
        [person.organizationId],
      );
      await news.tellAll();
      expect(await told()).toHaveLength(2);
      await news.tellAll();
      expect(await told()).toHaveLength(2);
    });
  });

  describe('and a template', () => {
    it('can be looked at while it is written, in both languages, where nothing can run', async () => {
      const list = await fetch(`${app.url}/api/mail-previews`);
      expect(await list.json()).toContain('/api/mail-previews/created');
      const shown = await fetch(`${app.url}/api/mail-previews/created?locale=en`);
      expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await shown.text()).toContain('A new appointment was booked on Calendly.');
      const text = await fetch(`${app.url}/api/mail-previews/digest?format=text`);
      expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(await text.text()).toContain('13 nouvelles');
      expect((await fetch(`${app.url}/api/mail-previews/constructor`)).status).toBe(404);
      expect((await fetch(`${app.url}/api/mail-previews/created?locale=de`)).status).toBe(400);
    });
  });
});
