import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type MailSandbox, startMailSandbox } from '../../sandbox/mail/start-mail-sandbox.js';
import { demand, type Person, startApp, type TestApp } from '../support/app.js';

let app: TestApp;
let mail: MailSandbox;
let account: string;
let accounts = 0;

beforeAll(async () => {
  mail = await startMailSandbox();
  app = await startApp({ environment: mail.environment });
});
afterAll(async () => {
  await app?.close();
  await mail?.close();
});
beforeEach(() => {
  accounts += 1;
  account = `mail-${accounts}@example.test`;
  app.sandbox.control.addAccount({ name: 'Mona', email: account, plan: 'paid' });
});

const settled = () =>
  app.eventually(async () => {
    await app.sandbox.control.deliveriesSettled();
    const [queue] = await app.database.query(
      `SELECT count(*)::int AS waiting FROM graphile_worker._private_jobs WHERE run_at <= now()`,
    );
    const [inbox] = await app.database.query(
      `SELECT count(*)::int AS waiting FROM deliveries WHERE state = 'received'`,
    );
    expect([queue?.['waiting'], inbox?.['waiting']]).toEqual([0, 0]);
  });
/** What came for the owner, oldest first. */
const received = ({ email }: Person) => mail.control.mails({ to: email }).toReversed();
const whole = (person: Person, index: number) => mail.control.mail(received(person)[index]!.id);
const told = async ({ token }: Person) =>
  demand(200, await app.http('GET', '/api/notifications', { token })).body as { type: string }[];
const book = (overrides: object = {}) =>
  app.sandbox.control.book({
    account,
    event_type: '30min',
    start_time: '2027-01-15T14:00:00Z',
    invitees: [
      {
        name: 'Jean Dupont',
        email: 'jean.dupont@example.com',
        timezone: 'America/New_York',
        questions_and_answers: [
          { question: 'Lien de configuration', answer: 'https://archimeuble.example/configurator/save/abc123' },
          { question: 'Notes supplémentaires', answer: 'Un meuble scandinave' },
        ],
        ...overrides,
      },
    ],
  });

describe('a booking', () => {
  it('is written of once: when it is made, when it is moved, when it is cancelled, however often we hear of it', async () => {
    const owner = await app.registerConnected({ account });
    const [booked] = book().invitees;
    await app.eventually(() => expect(received(owner)).toHaveLength(1));
    for (const { id } of app.sandbox.control.deliveries().slice(-1)) {
      await app.sandbox.control.repeatDelivery({ delivery: id, times: 3 });
    }
    demand(200, await app.http('POST', '/calendly/sync?wait=true', { token: owner.token }));
    await settled();
    expect(received(owner)).toHaveLength(1);

    const [first] = received(owner);
    expect(first).toMatchObject({
      subject: expect.stringMatching(/^Nouveau RDV Calendly - Atelier [\da-f]{8} : Découverte 30min$/),
      reply_to: ['jean.dupont@example.com'],
    });
    const { text, html, attachments } = whole(owner, 0);
    for (const line of [
      'Client\u00a0: Jean Dupont',
      'Date et heure\u00a0: 15/01/2027 à 15:00 - 15:30',
      'Fuseau horaire\u00a0: Europe/Paris (UTC+1)',
      'Heure du client\u00a0: 15/01/2027 à 09:00 - 09:30, America/New_York (UTC-5)',
      'Lien de configuration\u00a0: https://archimeuble.example/configurator/save/abc123',
      'Un meuble scandinave',
    ]) {
      expect(text).toContain(line);
    }
    expect(html).toContain('<a href="https://archimeuble.example/configurator/save/abc123"');
    expect(attachments.find(({ filename }) => filename === 'rendez-vous.ics')?.content).toContain(
      'DTSTART:20270115T140000Z',
    );

    const moved = app.sandbox.control.move({ invitee: booked!.uri, start_time: '2027-01-18T09:00:00Z' }).new;
    await app.eventually(() => expect(received(owner)).toHaveLength(2));
    expect(received(owner)[1]!.subject).toMatch(/^RDV Calendly déplacé - .*, 18\/01\/2027 à 10:00$/);
    expect(whole(owner, 1).text).toContain('Ancien horaire\u00a0: 15/01/2027 à 15:00 - 15:30');
    await settled();

    app.sandbox.control.cancel({ invitee: moved.invitee.uri, by: 'invitee', reason: 'Empêchement' });
    await app.eventually(() => expect(received(owner)).toHaveLength(3));
    expect(received(owner)[2]!.subject).toMatch(/^RDV Calendly annulé - .*, 18\/01\/2027 à 10:00$/);
    expect(whole(owner, 2).text).toContain('Motif\u00a0: Empêchement');
    demand(200, await app.http('POST', '/calendly/sync?wait=true', { token: owner.token }));
    await settled();
    expect(received(owner)).toHaveLength(3);
    expect(received(owner).every(({ copy }) => copy === 1)).toBe(true);

    const { body: mails } = demand(200, await app.http('GET', '/api/mails?state=sent', { token: owner.token }));
    expect(mails.map(({ kind }: { kind: string }) => kind)).toEqual([
      'booking_canceled',
      'booking_moved',
      'booking_created',
    ]);
    const [row] = await app.database.query('SELECT id, starts_at FROM bookings WHERE id = $1', [mails[2].booking_id]);
    expect(row?.['starts_at']).toEqual(new Date('2027-01-15T14:00:00Z'));
  });

  it('by somebody who writes markup and line breaks is a harmless mail', async () => {
    const owner = await app.registerConnected({ account });
    book({
      name: '<img src=x onerror=alert(1)>\r\nBcc: victim@example.com',
      questions_and_answers: [
        { question: '<b>Lien</b>', answer: 'javascript:alert(1)' },
        { question: 'Autre', answer: 'data:text/html,<script>alert(1)</script>' },
      ],
    });
    await app.eventually(() => expect(received(owner)).toHaveLength(1));
    const { html, headers, envelope } = whole(owner, 0);
    expect(envelope.to).toEqual([owner.email]);
    expect(headers.map(({ name }) => name)).not.toContain('bcc');
    expect(html).not.toMatch(/<(img|b|script)\b/);
    expect(
      [...html!.matchAll(/href="([^"]*)"/g)].map(([, href]) => href).filter((href) => !href!.startsWith('https:')),
    ).toEqual([]);
  });

  it('that was made before the account was connected is told in one summary and in no mail', async () => {
    app.sandbox.control.changeSettings({ rate_limit_paid: 1_000_000 });
    app.sandbox.control.seed({ account, bookings: 500 });
    const owner = await app.registerOrganization();
    demand(200, await app.connectCalendly(owner, { account }));
    await app.eventually(
      async () => expect((await told(owner)).map(({ type }) => type)).toEqual(['calendly_import_finished']),
      { within: 60_000 },
    );
    await settled();
    const bookings = await app.database.query('SELECT FROM bookings WHERE organization_id = $1', [
      owner.organizationId,
    ]);
    expect(bookings.length).toBeGreaterThanOrEqual(500);
    expect(await told(owner)).toHaveLength(1);
    expect(demand(200, await app.http('GET', '/api/mails', { token: owner.token })).body).toEqual([]);
    expect(received(owner)).toEqual([]);
  });
});

describe('a connection that breaks', () => {
  it('is one notification, one message to the browser and one mail, with its cause', async () => {
    const owner = await app.registerConnected({ account });
    await settled();
    const browser = await app.browse(owner);
    const before = (await told(owner)).length;
    app.sandbox.control.revokeGrants({ account });
    for (let time = 0; time < 3; time += 1) {
      await app.http('POST', '/calendly/sync?wait=true', { token: owner.token });
    }
    await app.eventually(() => expect(received(owner)).toHaveLength(1));
    await settled();
    expect((await told(owner)).length - before).toBe(1);
    expect(browser.heardOf('integration:status')).toHaveLength(1);
    expect(browser.heardOf('notification')).toHaveLength(1);
    expect(received(owner)).toMatchObject([
      { subject: expect.stringMatching(/^Connexion Calendly à rétablir - Atelier/) },
    ]);
    expect(whole(owner, 0).text).toContain(
      'Cause\u00a0: L’accès a été retiré chez Calendly, ou a expiré. Reconnectez le compte.',
    );
    expect(whole(owner, 0).text).toContain('Reconnecter le compte\u00a0: https://crm.example');
  });
});

describe('a mail that bounced', () => {
  it('is seen by the administrator, and sent again by hand under the same Message-ID', async () => {
    const owner = await app.registerConnected({ account });
    mail.control.failNext({ stage: 'recipient', status: 550, recipient: owner.email });
    book();
    const listed = await app.eventually(async () => {
      const { body } = await app.http('GET', '/api/mails?state=bounced', { token: owner.token });
      expect(body).toMatchObject([{ recipient: owner.email, last_error: 'smtp/recipient-550', attempts: 1 }]);
      return body[0] as { id: string; message_id: string };
    });
    expect(received(owner)).toEqual([]);
    const path = `/api/mails/${listed.id}/resend`;
    const answers = await Promise.all([1, 2, 3].map(() => app.http('POST', path, { token: owner.token })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    await app.eventually(() => expect(received(owner)).toMatchObject([{ message_id: listed.message_id, copy: 1 }]));
    await settled();
    expect(received(owner)).toHaveLength(1);
    expect((await app.http('GET', `/api/mails/${listed.id}`, { token: owner.token })).body).toMatchObject({
      state: 'sent',
      message_id: listed.message_id,
    });
    expect((await app.http('POST', path, { token: owner.token })).body.code).toBe('mail/not-resendable');
  });
});

describe('the start', () => {
  it('says by which zone data hours are told', () => {
    const said = app.log.filter(({ event }) => event.startsWith('zone_data.'));
    expect(said).toMatchObject([{ tz: process.versions.tz, icu: process.versions.icu }]);
  });
});
