import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, demand, type Person, startApp, type TestApp } from '../support/app.js';

const UUID = '01990000-0000-7000-8000-000000000000';
const DAY_1 = { starts_at: '2026-03-10T09:00', ends_at: '2026-03-10T17:00' };
const DAY_2 = { starts_at: '2026-03-11T09:00', ends_at: '2026-03-11T17:00' };
const LIST = '/api/formations';

let app: TestApp;
let owner: Person;
let formation: Answer['body'];

beforeAll(async () => {
  app = await startApp({ sandbox: false });
  owner = await app.registerOrganization();
  formation = await create({ sessions: [DAY_1], participants: [{ email: 'ada@example.test' }] });
});

afterAll(async () => {
  const failures = app.log.filter(({ level }) => level === 'error');
  await app.close();
  // Whatever was sent: nothing of it may have surprised the server.
  expect(failures).toEqual([]);
});

const send = (method: string, path: string, body?: unknown) => app.http(method, path, { token: owner.token, body });

async function create(body: Record<string, unknown> = {}): Promise<Answer['body']> {
  return demand(201, await send('POST', LIST, { title: 'Habilitation', ...body })).body;
}

async function get(id: string): Promise<Answer['body']> {
  return demand(200, await send('GET', `${LIST}/${id}`)).body;
}

/** What was refused, and which fields were named. */
function refusal({ status, body }: Answer): unknown[] {
  return [status, body?.code, (body?.errors ?? []).map(({ pointer }: { pointer: string }) => pointer)];
}

const invalid = (...pointers: string[]) => [400, 'request/invalid', pointers];

describe('a field of a formation that is wrong', () => {
  const fields: [what: string, body: Record<string, unknown>, pointer: string][] = [
    ['no title', { title: '' }, '/title'],
    ['blanks for a title', { title: '  ' }, '/title'],
    ['null for a title', { title: null }, '/title'],
    ['too long a title', { title: 'x'.repeat(256) }, '/title'],
    ['a title with a line break', { title: 'a\nb' }, '/title'],
    ['a number for a title', { title: 7 }, '/title'],
    ['a list for a title', { title: ['a'] }, '/title'],
    ['too long a description', { description: 'x'.repeat(8_001) }, '/description'],
    ['an object for a description', { description: {} }, '/description'],
    ['too long a location', { location: 'x'.repeat(501) }, '/location'],
    ['a bell in a location', { location: 'a\u0007' }, '/location'],
    ['a zone that never was', { time_zone: 'Mars/Phobos' }, '/time_zone'],
    ['an offset for a zone', { time_zone: '+02:00' }, '/time_zone'],
    ['null for a zone', { time_zone: null }, '/time_zone'],
    ['a status that never was', { status: 'done' }, '/status'],
    ['null for a status', { status: null }, '/status'],
    ['a switch in words', { invite_participants: 'true' }, '/invite_participants'],
    ['null for a switch', { invite_participants: null }, '/invite_participants'],
    ['an id', { id: UUID }, '/id'],
    ['another organization', { organization_id: UUID }, '/organization_id'],
    ['another author', { created_by: UUID }, '/created_by'],
    ['a time of deletion', { deleted_at: null }, '/deleted_at'],
    ['conflicts', { conflicts: [] }, '/conflicts'],
  ];

  it.each(fields)('is named: a formation with %s', async (_what, body, pointer) => {
    for (const [method, path] of [
      ['POST', LIST],
      ['PATCH', `${LIST}/${formation.id}`],
      ['PUT', `${LIST}/${formation.id}`],
    ] as const) {
      expect(refusal(await send(method, path, { title: 'X', ...body }))).toEqual(invalid(pointer));
    }
  });

  const sessions: [what: string, body: Record<string, unknown>, pointer: string][] = [
    ['no begin', { starts_at: null }, '/starts_at'],
    ['30 February', { starts_at: '2026-02-30T09:00' }, '/starts_at'],
    ['the year 0', { starts_at: '0000-00-00T00:00' }, '/starts_at'],
    ['the end of time', { ends_at: '+275760-09-13T00:00:00Z' }, '/ends_at'],
    ['a day without an hour', { starts_at: '2026-03-10' }, '/starts_at'],
    ['a number for an hour', { starts_at: 1_773_129_600_000 }, '/starts_at'],
    ['an object for an hour', { starts_at: {} }, '/starts_at'],
    ['an end that is its begin', { ends_at: DAY_1.starts_at }, '/ends_at'],
    ['an end before its begin', { ends_at: '2026-03-09T09:00' }, '/ends_at'],
    ['ten years', { ends_at: '2036-03-10T09:00' }, '/ends_at'],
    ['32 days', { ends_at: '2026-04-10T09:01' }, '/ends_at'],
    ['a zone that never was', { time_zone: 'Mars/Phobos' }, '/time_zone'],
    ['a status that never was', { status: 'done' }, '/status'],
    ['too long a title', { title: 'x'.repeat(256) }, '/title'],
    ['too long a description', { description: 'x'.repeat(8_001) }, '/description'],
    ['a participant in words', { participant_id: 'ada' }, '/participant_id'],
    ['a list of participants', { participant_id: [UUID] }, '/participant_id'],
    ['a replaced session in words', { replaces_session_id: '1' }, '/replaces_session_id'],
    ['a formation', { formation_id: UUID }, '/formation_id'],
    ['copies', { copies: [] }, '/copies'],
  ];

  it.each(sessions)('is named: a session with %s', async (_what, body, pointer) => {
    const path = `${LIST}/${formation.id}`;
    const session = { ...DAY_1, ...body };
    expect(refusal(await send('POST', `${path}/sessions`, session))).toEqual(invalid(pointer));
    expect(refusal(await send('PATCH', `${path}/sessions/${formation.sessions[0].id}`, session))).toEqual(
      invalid(pointer),
    );
    const inList = { title: 'X', sessions: [DAY_2, session] };
    expect(refusal(await send('POST', LIST, inList))).toEqual(invalid(`/sessions/1${pointer}`));
    expect(refusal(await send('PUT', path, inList))).toEqual(invalid(`/sessions/1${pointer}`));
  });

  const participants: [what: string, body: Record<string, unknown>, pointer: string][] = [
    ['no address', { email: '' }, '/email'],
    ['null for an address', { email: null }, '/email'],
    ['no domain', { email: 'a@b' }, '/email'],
    ['two addresses', { email: 'a@b.fr,c@d.fr' }, '/email'],
    ['an address with a name', { email: 'Ada <a@b.fr>' }, '/email'],
    ['an address with a header in it', { email: 'a@b.fr\r\nBcc: c@d.fr' }, '/email'],
    ['a quoted address', { email: '"x y"@z.fr' }, '/email'],
    ['too long an address', { email: `${'a'.repeat(250)}@b.fr` }, '/email'],
    ['a list of addresses', { email: ['a@b.fr'] }, '/email'],
    ['an operator', { email: { $ne: null } }, '/email'],
    ['too long a name', { name: 'x'.repeat(201) }, '/name'],
    ['a role that never was', { role: 'owner' }, '/role'],
    ['null for a role', { role: null }, '/role'],
    ['a user', { user_id: UUID }, '/user_id'],
    ['a key', { email_key: 'x@y.fr' }, '/email_key'],
  ];

  it.each(participants)('is named: a participant with %s', async (_what, body, pointer) => {
    const path = `${LIST}/${formation.id}`;
    const participant = { email: 'x@example.test', ...body };
    expect(refusal(await send('POST', `${path}/participants`, participant))).toEqual(invalid(pointer));
    const known = `${path}/participants/${formation.participants[0].id}`;
    expect(refusal(await send('PATCH', known, participant))).toEqual(invalid(pointer));
    const inList = { title: 'X', participants: [{ email: 'y@example.test' }, participant] };
    expect(refusal(await send('POST', LIST, inList))).toEqual(invalid(`/participants/1${pointer}`));
    expect(refusal(await send('PUT', path, inList))).toEqual(invalid(`/participants/1${pointer}`));
  });

  it('is no list, or a list of something else, or too long a one', async () => {
    const many = (length: number, entry: unknown) => Array.from({ length }, () => entry);
    for (const list of ['sessions', 'participants']) {
      for (const value of [null, 'x', 7, {}, { length: 1 }, [null], ['x'], [[]], [7]]) {
        for (const [method, path] of [
          ['POST', LIST],
          ['PUT', `${LIST}/${formation.id}`],
        ] as const) {
          const { status, body } = await send(method, path, { title: 'X', [list]: value });
          expect([list, value, status, body.code]).toEqual([list, value, 400, 'request/invalid']);
        }
      }
    }
    expect(refusal(await send('POST', LIST, { title: 'X', sessions: many(201, DAY_1) }))).toEqual(invalid('/sessions'));
    const people = Array.from({ length: 501 }, (_, index) => ({ email: `p${index}@example.test` }));
    expect(refusal(await send('POST', LIST, { title: 'X', participants: people }))).toEqual(invalid('/participants'));
    expect(await get(formation.id)).toEqual(formation);
  });

  it('is an id that is none', async () => {
    for (const id of ['1', 'undefined', `${UUID}x`, '%00', "1'%20OR%20'1'='1"]) {
      for (const [method, path] of [
        ['GET', `${LIST}/${id}`],
        ['DELETE', `${LIST}/${id}/sessions/${UUID}`],
        ['DELETE', `${LIST}/${formation.id}/sessions/${id}`],
        ['DELETE', `${LIST}/${formation.id}/participants/${id}`],
      ] as const) {
        expect([path, refusal(await send(method, path))]).toEqual([path, [400, 'request/invalid', []]]);
      }
    }
  });

  it('is not what is only unusual: words of any kind are kept as they are', async () => {
    const texts = ['<img src=x onerror=alert(1)>', '{{7*7}} ${7*7}', "'; DROP TABLE formations; --", 'DÃ©couverte 🎈'];
    for (const title of texts) {
      const created = await create({
        title,
        sessions: [{ ...DAY_1, title }],
        participants: [{ email: 'a@x.test', name: title }],
      });
      expect(await get(created.id)).toMatchObject({ title, sessions: [{ title }], participants: [{ name: title }] });
    }
  });

  it('is not a formation as large as they come: 200 sessions and 500 participants in one request', async () => {
    const dates = Array.from({ length: 200 }, () => DAY_1);
    const people = Array.from({ length: 500 }, (_, index) => ({
      email: `p${index}@example.test`,
      name: `P ${index}`,
    }));
    const large = await create({ sessions: dates, participants: people });
    expect([large.sessions.length, large.participants.length]).toEqual([200, 500]);
    expect(refusal(await send('POST', `${LIST}/${large.id}/sessions`, DAY_1))).toEqual([
      409,
      'formation/too-many-sessions',
      [],
    ]);
    expect(refusal(await send('POST', `${LIST}/${large.id}/participants`, { email: 'one@more.test' }))).toEqual([
      409,
      'formation/too-many-participants',
      [],
    ]);
    demand(204, await send('DELETE', `${LIST}/${large.id}/sessions/${large.sessions[0].id}`));
    demand(201, await send('POST', `${LIST}/${large.id}/sessions`, DAY_1));
  });
});
