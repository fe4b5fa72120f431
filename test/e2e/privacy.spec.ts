import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { demand, type Person, startApp, type TestApp } from '../support/app.js';
import { spawnCompiled } from '../support/compiled-process.js';
import { findWords } from '../support/whole-database.js';

jest.setTimeout(180_000);

const ENCRYPTION_KEY = randomBytes(32).toString('hex');
const JWT_SECRET = randomBytes(32).toString('hex');

const EMAIL = 'zora.kanarinet@example.org';
/** Each stands in one place at first: what is left of any of them tells which road was forgotten. */
const CANARIES = [
  EMAIL,
  'Kanarinet',
  'kanari-answer',
  'kanari-utm',
  'kanari-note',
  'kanari-reason',
  'kanari-place',
  'kanari-calendar',
  '655 443 322',
];

let app: TestApp;
let folder: string;
let owner: Person;
let integrationId: string;
let bookingId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passerelle-privacy-'));
  await writeFile(join(folder, 'email'), `${EMAIL.toUpperCase()}\n`);
  app = await startApp({ environment: { ENCRYPTION_KEY, JWT_SECRET, OUTGOING_WEBHOOKS_ALLOW_PRIVATE: 'true' } });
  owner = await app.registerConnected();
  const [connected] = await app.database.query('SELECT id FROM integrations');
  integrationId = String(connected?.['id']);
  // Nobody listens there: what is promised to it waits.
  await api('POST', '/api/webhooks', {
    url: 'http://127.0.0.1:9/hook',
    events: ['prospect.created', 'prospect.updated', 'prospect.deleted', 'booking.created', 'booking.canceled'],
  });
});

afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true });
});

const api = async (method: string, path: string, body?: unknown) => {
  const answer = await app.http(method, path, { token: owner.token, ...(body !== undefined && { body }) });
  return demand(method === 'POST' ? 201 : 200, answer).body;
};

async function privacy(...args: string[]): Promise<{ code: number | null; text: string }> {
  const command = spawnCompiled('../../src/privacy.main.ts', args, {
    NODE_ENV: 'test',
    DATABASE_URL: app.database.url,
    DATA_DIR: folder,
    ENCRYPTION_KEY,
    JWT_SECRET,
  });
  const { code } = await command.exited;
  return { code, text: command.lines.join('\n') };
}

/** The person, everywhere the product writes of people, and in the words of others. */
async function plant(): Promise<void> {
  app.sandbox.control.book({
    account: 'nora@example.test',
    event_type: '30min',
    start_time: '2027-01-15T14:00:00Z',
    location: { type: 'physical', location: 'kanari-place' },
    invitees: [
      {
        name: 'Zora Kanarinet',
        email: EMAIL,
        text_reminder_number: '+33 655 443 322',
        questions_and_answers: [{ question: 'Votre projet ?', answer: 'kanari-answer' }],
        tracking: { utm_source: 'kanari-utm' },
      },
    ],
  });
  await app.sandbox.control.deliveriesSettled();
  // And somebody has pretended to be Calendly, with their address.
  const { pathname } = new URL(app.sandbox.control.subscriptions().at(-1)!.callback_url);
  demand(401, await app.http('POST', pathname, { raw: JSON.stringify({ email: EMAIL }) }));
  await app.eventually(async () =>
    expect(await app.database.query(`SELECT 1 FROM deliveries WHERE state = 'rejected'`)).toHaveLength(1),
  );
  const booked = await app.eventually(async () => {
    const [row] = await app.database.query(
      `SELECT b.id, b.prospect_id, b.external_id FROM bookings b JOIN deliveries d ON d.booking_id = b.id
       WHERE b.invitee_email = $1 AND d.state = 'processed' AND b.prospect_id IS NOT NULL`,
      [EMAIL],
    );
    expect(row).toBeDefined();
    return row!;
  });
  bookingId = String(booked['id']);
  await app.http('PATCH', `/api/prospects/${booked['prospect_id']}`, {
    token: owner.token,
    body: { notes: 'kanari-note', phone: '06 55 44 33 22' },
  });
  await app.database.query(
    `UPDATE bookings SET cancellation = '{"by": "invitee", "reason": "kanari-reason"}' WHERE id = $1`,
    [bookingId],
  );
  // Somebody else's note speaks of her.
  const other = await api('POST', '/api/prospects', { firstname: 'Ann', email: 'ann@example.org', phone: null });
  await app.http('PATCH', `/api/prospects/${other.id}`, {
    token: owner.token,
    body: { notes: `Venue avec Zora Kanarinet (${EMAIL}, 06.55.44.33.22)` },
  });
  const formation = await api('POST', '/api/formations', {
    title: 'Avec ZORA KANARINET',
    time_zone: 'Europe/Paris',
    participants: [
      { email: EMAIL, name: 'Zora Kanarinet' },
      { email: 'jo@example.org', name: 'Jo' },
    ],
  });
  expect(formation.participants).toHaveLength(2);
  await app.database.query(
    `INSERT INTO calendar_events (id, organization_id, integration_id, calendar_id, external_id, title, starts_at, ends_at,
       status, visibility, attendees, content_hash)
     VALUES ($1, $2, $3, 'c', 'e', 'RDV Zora Kanarinet', now(), now(), 'confirmed', 'normal', $4, '\\x00')`,
    [
      randomUUID(),
      owner.organizationId,
      integrationId,
      JSON.stringify([
        { email: EMAIL, name: 'kanari-calendar', response: 'accepted' },
        { email: 'ann@example.org', name: 'Ann', response: 'accepted' },
      ]),
    ],
  );
}

describe('a person who asks', () => {
  it('is told everything, by a command that shows the address to nobody, and then erased everywhere', async () => {
    await plant();
    const planted = await findWords(app.database, ENCRYPTION_KEY, CANARIES);
    // The search finds what there is, sealed or not: else finding nothing later would mean nothing.
    for (const place of ['public.bookings', 'public.prospects', 'public.notifications', 'public.prospect_notes'])
      expect(planted.join('\n')).toContain(place);
    for (const place of ['deliveries.body', 'deliveries.evidence', 'mails.model', 'webhook_messages.payload'])
      expect(planted.join('\n')).toMatch(new RegExp(`${place}: .*sealed`));
    for (const canary of CANARIES) expect(planted.join('\n')).toContain(`: ${canary}`);

    const out = join(folder, 'export.json');
    expect(await privacy('export', '--email-file', join(folder, 'email'), '--out', out)).toEqual({ code: 0, text: '' });
    expect((await stat(out)).mode & 0o077).toBe(0);
    const exported = await readFile(out, 'utf8');
    for (const canary of CANARIES.filter((word) => word !== '655 443 322')) expect(exported).toContain(canary);
    const data = JSON.parse(exported)[owner.organizationId];
    expect(Object.keys(data)).toEqual(expect.arrayContaining(['bookings', 'notes', 'trainings', 'deliveries.body']));
    expect(await findWords(app.database, ENCRYPTION_KEY, CANARIES)).toEqual(planted);

    expect(await privacy('erase', 'someone@example.org')).toMatchObject({ code: 2 });
    const erased = await privacy('erase', '--email-file', join(folder, 'email'));
    expect(erased.code).toBe(0);
    expect(JSON.parse(erased.text)[owner.organizationId]).toMatchObject({
      bookings: 1,
      prospects: 1,
      formation_participants: 1,
    });
    expect(erased.text.toLowerCase()).not.toContain('kanari');
    expect(await findWords(app.database, ENCRYPTION_KEY, CANARIES)).toEqual([]);
  });

  it('takes nobody else along', async () => {
    const [participants, attendees, prospects] = [
      await app.database.query('SELECT email FROM formation_participants WHERE deleted_at IS NULL'),
      await app.database.query(`SELECT attendees FROM calendar_events`),
      await app.database.query(`SELECT firstname FROM prospects WHERE email = 'ann@example.org'`),
    ];
    expect(participants).toEqual([{ email: 'jo@example.org' }]);
    expect(attendees).toEqual([{ attendees: [{ email: 'ann@example.org', name: 'Ann', response: 'accepted' }] }]);
    expect(prospects).toEqual([{ firstname: 'Ann' }]);
    expect(await app.database.query('SELECT status FROM bookings WHERE id = $1', [bookingId])).toHaveLength(1);
  });

  it('leaves a line in the trail that names nobody, and an unbroken chain', async () => {
    const lines = await app.database.query(
      `SELECT details, object_id FROM audit_events WHERE action = 'person.erased'`,
    );
    expect(lines).toEqual([{ details: { rows: expect.any(Number) }, object_id: null }]);
  });

  it('does not come back with what the provider tells again of the past', async () => {
    const [booking] = await app.database.query('SELECT external_id, external_event_id FROM bookings WHERE id = $1', [
      bookingId,
    ]);
    app.sandbox.control.cancel({ invitee: String(booking?.['external_id']).split('/').at(-1)!, by: 'invitee' });
    await app.sandbox.control.deliveriesSettled();
    await app.eventually(async () => {
      expect(await app.database.query('SELECT status FROM bookings WHERE id = $1', [bookingId])).toEqual([
        { status: 'canceled' },
      ]);
    });
    expect(
      await app.database.query('SELECT invitee_name, invitee_email, questions FROM bookings WHERE id = $1', [
        bookingId,
      ]),
    ).toEqual([{ invitee_name: '—', invitee_email: null, questions: [] }]);
    expect(await app.database.query('SELECT FROM prospects WHERE email = $1', [EMAIL])).toEqual([]);
  });

  it('is erased of what has come since by the same command again', async () => {
    expect((await privacy('erase', '--email-file', join(folder, 'email'))).code).toBe(0);
    const words = [EMAIL, 'kanari-answer', 'kanari-utm', 'kanari-place'];
    expect(await findWords(app.database, ENCRYPTION_KEY, words)).toEqual([]);
  });

  it('is not somebody who works here', async () => {
    await writeFile(join(folder, 'member'), owner.email);
    expect((await privacy('erase', '--email-file', join(folder, 'member'))).code).toBe(2);
    expect(await app.database.query('SELECT email FROM users WHERE id = $1', [owner.userId])).toEqual([
      { email: owner.email },
    ]);
  });
});
