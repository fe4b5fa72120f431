import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Answer, demand, type Person, startApp, type TestApp } from '../support/app.js';

const UUID = '01990000-0000-7000-8000-000000000000';
const DAY_1 = { starts_at: '2026-03-10T09:00', ends_at: '2026-03-10T17:00' };
const DAY_2 = { starts_at: '2026-03-11T09:00', ends_at: '2026-03-11T17:00' };
const LIST = '/api/formations';

let app: TestApp;
let owner: Person;
let member: Person;

beforeAll(async () => {
  app = await startApp({ sandbox: false });
  owner = await app.registerOrganization();
  member = await app.addMember(owner);
});

afterAll(async () => {
  const failures = app.log.filter(({ level }) => level === 'error');
  await app.close();
  // Whatever was sent: nothing of it may have surprised the server.
  expect(failures).toEqual([]);
});

const send = (method: string, path: string, body?: unknown, { token } = owner) =>
  app.http(method, path, { token, body });

async function create(body: Record<string, unknown> = {}, person = owner): Promise<Answer['body']> {
  return demand(201, await send('POST', LIST, { title: 'Habilitation', ...body }, person)).body;
}

async function get(id: string, person = owner): Promise<Answer['body']> {
  return demand(200, await send('GET', `${LIST}/${id}`, undefined, person)).body;
}

/** What was refused, and which fields were named. */
function refusal({ status, body }: Answer): unknown[] {
  return [status, body?.code, (body?.errors ?? []).map(({ pointer }: { pointer: string }) => pointer)];
}

const invalid = (...pointers: string[]) => [400, 'request/invalid', pointers];

describe('a formation', () => {
  it('is created with its dates and people, read, changed and deleted', async () => {
    const created = await send('POST', LIST, {
      title: 'Habilitation électrique',
      description: 'Prévoir :\n- un casque',
      location: ' ',
      sessions: [
        { ...DAY_2, title: 'Jour 2', location: 'Salle 2', time_zone: 'america/new_york' },
        { starts_at: '2026-03-10T09:00:00+02:00', ends_at: '2026-03-10T16:00:00.000Z' },
      ],
      participants: [
        { email: 'Ada@Example.test', name: 'Ada' },
        { email: 'bo@example.test', role: 'trainer' },
      ],
    });
    expect(created.status).toBe(201);
    const session = {
      id: expect.any(String),
      title: null,
      description: null,
      location: null,
      time_zone: 'Europe/Paris',
      status: 'scheduled',
      participant_id: null,
      replaces_session_id: null,
      copies: [],
    };
    expect(created.body).toEqual({
      id: expect.any(String),
      title: 'Habilitation électrique',
      description: 'Prévoir :\n- un casque',
      location: null,
      time_zone: 'Europe/Paris',
      status: 'confirmed',
      invite_participants: false,
      sessions: [
        { ...session, starts_at: '2026-03-10T07:00:00.000Z', ends_at: '2026-03-10T16:00:00.000Z' },
        {
          ...session,
          title: 'Jour 2',
          location: 'Salle 2',
          time_zone: 'America/New_York',
          starts_at: '2026-03-11T13:00:00.000Z',
          ends_at: '2026-03-11T21:00:00.000Z',
        },
      ],
      participants: [
        {
          id: expect.any(String),
          user_id: null,
          email: 'Ada@Example.test',
          name: 'Ada',
          role: 'participant',
          calendars: expect.any(Array),
        },
        {
          id: expect.any(String),
          user_id: null,
          email: 'bo@example.test',
          name: null,
          role: 'trainer',
          calendars: expect.any(Array),
        },
      ],
      conflicts: [],
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const { id } = created.body;
    expect(await get(id)).toEqual(created.body);

    const patched = await send('PATCH', `${LIST}/${id}`, { location: 'Paris', status: 'draft' });
    expect(patched).toMatchObject({ status: 200 });
    expect(patched.body).toEqual({
      ...created.body,
      location: 'Paris',
      status: 'draft',
      updated_at: patched.body.updated_at,
    });
    expect(Date.parse(patched.body.updated_at)).toBeGreaterThan(Date.parse(created.body.updated_at));

    expect(await send('DELETE', `${LIST}/${id}`)).toMatchObject({ status: 204, text: '' });
    for (const [method, path] of [
      ['GET', `${LIST}/${id}`],
      ['PATCH', `${LIST}/${id}`],
      ['DELETE', `${LIST}/${id}`],
      ['DELETE', `${LIST}/${id}/sessions/${created.body.sessions[0].id}`],
      ['DELETE', `${LIST}/${id}/participants/${created.body.participants[0].id}`],
    ] as const) {
      expect(refusal(await send(method, path, method === 'PATCH' ? {} : undefined))).toEqual([
        404,
        'formation/not-found',
        [],
      ]);
    }
    expect((await send('GET', LIST)).body).toEqual([]);
  });

  it('is a file that calendars read: the dates for everybody, and an id for each that stays', async () => {
    const { id, sessions, participants } = await create({
      title: 'Secourisme, niveau 1; initiation',
      location: 'Salle 2',
      sessions: [DAY_1, { ...DAY_2, title: 'Pratique', status: 'cancelled' }],
      participants: [{ email: 'ada@example.test' }],
    });
    const alone = { ...DAY_1, starts_at: '2026-03-12T09:00', ends_at: '2026-03-12T10:00' };
    demand(201, await send('POST', `${LIST}/${id}/sessions`, { ...alone, participant_id: participants[0].id }));
    const read = async () => await send('GET', `${LIST}/${id}/calendar.ics`, undefined, member);
    const file = demand(200, await read());
    expect(file.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="formation.ics"',
    });
    const lines = file.text.replaceAll('\r\n ', '').split('\r\n');
    expect(lines.filter((line) => /^(DTSTART|DTEND|SUMMARY|LOCATION|STATUS)/.test(line))).toEqual([
      'DTSTART:20260310T080000Z',
      'DTEND:20260310T160000Z',
      String.raw`SUMMARY:Secourisme\, niveau 1\; initiation`,
      'LOCATION:Salle 2',
      'STATUS:CONFIRMED',
      'DTSTART:20260311T080000Z',
      'DTEND:20260311T160000Z',
      String.raw`SUMMARY:Secourisme\, niveau 1\; initiation · Pratique`,
      'LOCATION:Salle 2',
      'STATUS:CANCELLED',
    ]);
    const uids = (text: string) => text.match(/^UID:.*$/gm);
    expect(uids(file.text)).toEqual(sessions.map((one: { id: string }) => expect.stringContaining(`UID:${one.id}@`)));
    demand(200, await send('PATCH', `${LIST}/${id}`, { title: 'Secourisme' }));
    expect(uids((await read()).text)).toEqual(uids(file.text));
    const stranger = await app.registerOrganization();
    expect(refusal(await send('GET', `${LIST}/${id}/calendar.ics`, undefined, stranger))).toEqual([
      404,
      'formation/not-found',
      [],
    ]);
  });

  it('takes place in the zone of its organization unless it names another', async () => {
    const colleague = await app.registerOrganization();
    demand(200, await send('PATCH', '/api/organization', { time_zone: 'America/Montreal' }, colleague));
    const inMontreal = await create({ sessions: [DAY_1] }, colleague);
    expect(inMontreal).toMatchObject({
      time_zone: 'America/Montreal',
      sessions: [{ time_zone: 'America/Montreal', starts_at: '2026-03-10T13:00:00.000Z' }],
    });
    const inTokyo = await create({ time_zone: 'Asia/Tokyo', sessions: [DAY_1] }, colleague);
    expect(inTokyo.sessions).toMatchObject([{ time_zone: 'Asia/Tokyo', starts_at: '2026-03-10T00:00:00.000Z' }]);
    const moved = await send('PATCH', `${LIST}/${inTokyo.id}`, { time_zone: 'UTC' }, colleague);
    expect(moved.body).toMatchObject({ time_zone: 'UTC', sessions: inTokyo.sessions });
  });

  it('knows the member who has a participant’s address, in whatever case, also one who comes later', async () => {
    const { id } = await create({
      participants: [{ email: member.email.toUpperCase() }, { email: 'soon@example.test' }],
    });
    const userIds = async () => (await get(id)).participants.map(({ user_id }: { user_id: string }) => user_id);
    expect(await userIds()).toEqual([member.userId, null]);
    const [soon] = await app.database.query<{ id: string }>(
      `INSERT INTO users (id, organization_id, email, email_key, name, role)
       VALUES (gen_random_uuid(), $1, 'Soon@example.test', 'soon@example.test', 'Soon', 'member') RETURNING id`,
      [owner.organizationId],
    );
    expect(await userIds()).toEqual([member.userId, soon?.id]);
  });
});

describe('PUT of a formation', () => {
  it('empties the texts that are left out, and keeps what cannot be empty and the lists', async () => {
    const before = await create({
      description: 'Texte',
      location: 'Paris',
      time_zone: 'Asia/Tokyo',
      status: 'draft',
      invite_participants: true,
      sessions: [DAY_1],
      participants: [{ email: 'ada@example.test' }],
    });
    const { body } = demand(200, await send('PUT', `${LIST}/${before.id}`, { title: 'Autre' }));
    expect(body).toEqual({
      ...before,
      title: 'Autre',
      description: null,
      location: null,
      updated_at: body.updated_at,
    });
    expect(refusal(await send('PUT', `${LIST}/${before.id}`, { description: 'Sans titre' }))).toEqual(
      invalid('/title'),
    );
  });

  it('makes a full list of sessions the sessions there are, known by their ids', async () => {
    const before = await create({ sessions: [{ ...DAY_1, title: 'Un', time_zone: 'Asia/Tokyo' }, DAY_2] });
    const [one, two] = before.sessions;
    const sessions = [
      { id: one.id.toUpperCase(), starts_at: '2026-03-10T10:00', ends_at: '2026-03-10T11:00', location: 'Lyon' },
      { ...DAY_2, title: 'Trois' },
    ];
    const { body } = demand(200, await send('PUT', `${LIST}/${before.id}`, { title: 'X', sessions }));
    expect(body.sessions).toEqual([
      // Read in the session's own zone; its text is the formation's again.
      {
        ...one,
        title: null,
        location: 'Lyon',
        starts_at: '2026-03-10T01:00:00.000Z',
        ends_at: '2026-03-10T02:00:00.000Z',
      },
      { ...two, id: expect.any(String), title: 'Trois' },
    ]);
    expect(body.sessions[1].id).not.toBe(two.id);
    expect(refusal(await send('DELETE', `${LIST}/${before.id}/sessions/${two.id}`))).toEqual([
      404,
      'formation-session/not-found',
      [],
    ]);
    expect(demand(200, await send('PUT', `${LIST}/${before.id}`, { title: 'X', sessions: [] })).body.sessions).toEqual(
      [],
    );
  });

  it('makes a full list of participants the participants there are, known by id, else by address', async () => {
    const before = await create({
      participants: [
        { email: 'a@example.test', name: 'A' },
        { email: 'b@example.test', name: 'B', role: 'trainer' },
        { email: 'c@example.test' },
      ],
    });
    const [a, b] = before.participants;
    // Two who swap their addresses, one who goes, one who is new.
    const participants = [
      { id: a.id, email: 'B@example.test' },
      { id: b.id, email: 'a@example.test', name: 'Bee' },
      { email: 'd@example.test' },
    ];
    const { body } = demand(200, await send('PUT', `${LIST}/${before.id}`, { title: 'X', participants }));
    expect(body.participants).toEqual([
      { ...a, email: 'B@example.test' },
      { ...b, email: 'a@example.test', name: 'Bee' },
      { ...a, id: expect.any(String), email: 'd@example.test', name: null },
    ]);

    const byAddress = [{ email: 'A@example.test' }, { email: 'c@example.test' }];
    const { body: again } = demand(
      200,
      await send('PUT', `${LIST}/${before.id}`, { title: 'X', participants: byAddress }),
    );
    expect(again.participants.map(({ id, email }: { id: string; email: string }) => [id === b.id, email])).toEqual([
      [true, 'A@example.test'],
      [false, 'c@example.test'],
    ]);
  });

  it('names ids that the formation does not have, or has once', async () => {
    const [mine, other] = [
      await create({ sessions: [DAY_1], participants: [{ email: 'a@example.test' }] }),
      await create({ sessions: [DAY_1], participants: [{ email: 'a@example.test' }] }),
    ];
    const put = async (body: Record<string, unknown>) =>
      refusal(await send('PUT', `${LIST}/${mine.id}`, { title: 'X', ...body }));
    const [date, person] = [(id: string) => ({ id, ...DAY_1 }), (id: string) => ({ id, email: `${id}@example.test` })];
    const [session, participant] = [mine.sessions[0].id, mine.participants[0].id];
    const unknown = (...pointers: string[]) => [422, 'formation/reference-unknown', pointers];

    expect(await put({ sessions: [date(session), date(other.sessions[0].id)] })).toEqual(unknown('/sessions/1/id'));
    expect(await put({ sessions: [date(UUID)] })).toEqual(unknown('/sessions/0/id'));
    expect(await put({ sessions: [date(session), date(session)] })).toEqual(invalid('/sessions/1/id'));
    expect(await put({ participants: [person(other.participants[0].id)] })).toEqual(unknown('/participants/0/id'));
    expect(await put({ participants: [person(participant), person(participant)] })).toEqual(
      invalid('/participants/1/id'),
    );
    const twice = [{ email: 'a@example.test' }, { email: 'A@EXAMPLE.test' }];
    expect(await put({ participants: twice })).toEqual([
      409,
      'formation-participant/email-taken',
      ['/participants/1/email'],
    ]);
    expect(await get(mine.id)).toEqual(mine);
  });
});

describe('the sessions of a formation', () => {
  it('are added, moved, cancelled and removed one by one', async () => {
    const { id } = await create({ time_zone: 'Asia/Tokyo' });
    const added = await send('POST', `${LIST}/${id}/sessions`, { ...DAY_1, title: 'Un' });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      title: 'Un',
      starts_at: '2026-03-10T00:00:00.000Z',
      ends_at: '2026-03-10T08:00:00.000Z',
      time_zone: 'Asia/Tokyo',
      status: 'scheduled',
    });
    const path = `${LIST}/${id}/sessions/${added.body.id}`;

    const zoned = demand(200, await send('PATCH', path, { time_zone: 'Europe/Paris' })).body;
    expect(zoned).toEqual({ ...added.body, time_zone: 'Europe/Paris' });
    const moved = demand(200, await send('PATCH', path, { starts_at: '2026-03-10T02:00', title: '' })).body;
    expect(moved).toEqual({ ...zoned, starts_at: '2026-03-10T01:00:00.000Z', title: null });
    const cancelled = demand(200, await send('PATCH', path, { status: 'cancelled' })).body;
    expect((await get(id)).sessions).toEqual([cancelled]);
    expect(cancelled).toEqual({ ...moved, status: 'cancelled' });

    expect(await send('DELETE', path)).toMatchObject({ status: 204 });
    for (const method of ['PATCH', 'DELETE']) {
      const answer = await send(method, path, method === 'PATCH' ? {} : undefined);
      expect(refusal(answer)).toEqual([404, 'formation-session/not-found', []]);
    }
    expect((await get(id)).sessions).toEqual([]);
  });

  it('can be for one participant alone, in place of one for everybody', async () => {
    const formation = await create({
      sessions: [DAY_1],
      participants: [{ email: 'a@example.test' }, { email: 'b@example.test' }],
    });
    const [path, general, [ada, bo]] = [
      `${LIST}/${formation.id}/sessions`,
      formation.sessions[0].id,
      formation.participants.map(({ id }: { id: string }) => id),
    ];
    const individual = { ...DAY_2, participant_id: ada, replaces_session_id: general };
    const { body: own } = demand(201, await send('POST', path, individual));
    expect(own).toMatchObject({ participant_id: ada, replaces_session_id: general });

    const refused: [body: Record<string, unknown>, expected: unknown[]][] = [
      [{ ...individual, participant_id: null }, invalid('/replaces_session_id')],
      [{ ...DAY_2, replaces_session_id: general }, invalid('/replaces_session_id')],
      [{ ...individual, participant_id: UUID }, [422, 'formation/reference-unknown', ['/participant_id']]],
      [{ ...individual, replaces_session_id: UUID }, [422, 'formation/reference-unknown', ['/replaces_session_id']]],
      [{ ...individual, replaces_session_id: own.id }, [422, 'formation/reference-unknown', ['/replaces_session_id']]],
    ];
    for (const [body, expected] of refused) expect(refusal(await send('POST', path, body))).toEqual(expected);
    expect(
      refusal(await send('PATCH', `${path}/${general}`, { participant_id: bo, replaces_session_id: general })),
    ).toEqual([422, 'formation/reference-unknown', ['/replaces_session_id']]);

    // Whatever ends the general one, the individual one is in place of nothing any more, and stays.
    demand(204, await send('DELETE', `${path}/${general}`));
    expect((await get(formation.id)).sessions).toEqual([{ ...own, replaces_session_id: null }]);
    demand(204, await send('DELETE', `${LIST}/${formation.id}/participants/${ada}`));
    expect((await get(formation.id)).sessions).toEqual([]);
  });

  it('are in place of nothing once they are everybody’s, or what they replaced is somebody’s', async () => {
    const formation = await create({ sessions: [DAY_1], participants: [{ email: 'a@example.test' }] });
    const [path, general, ada] = [
      `${LIST}/${formation.id}/sessions`,
      formation.sessions[0].id,
      formation.participants[0].id,
    ];
    const individual = { ...DAY_2, participant_id: ada, replaces_session_id: general };
    const { body: own } = demand(201, await send('POST', path, individual));
    expect((await send('PATCH', `${path}/${own.id}`, { participant_id: null })).body).toMatchObject({
      participant_id: null,
      replaces_session_id: null,
    });
    demand(200, await send('PATCH', `${path}/${own.id}`, { participant_id: ada, replaces_session_id: general }));
    demand(200, await send('PATCH', `${path}/${general}`, { participant_id: ada }));
    expect((await get(formation.id)).sessions[1]).toMatchObject({ id: own.id, replaces_session_id: null });
  });

  it('keep to whom they belong through a PUT, unless that person goes', async () => {
    const formation = await create({
      sessions: [DAY_1],
      participants: [{ email: 'a@example.test' }, { email: 'b@example.test' }],
    });
    const path = `${LIST}/${formation.id}`;
    const [ada, bo] = formation.participants;
    const individual = { ...DAY_2, participant_id: ada.id, replaces_session_id: formation.sessions[0].id };
    const { body: own } = demand(201, await send('POST', `${path}/sessions`, individual));
    const sessions = [
      { id: formation.sessions[0].id, ...DAY_1 },
      { id: own.id, ...DAY_2 },
    ];
    expect(demand(200, await send('PUT', path, { title: 'X', sessions })).body.sessions[1]).toEqual(own);

    const participants = [{ email: bo.email }];
    expect(refusal(await send('PUT', path, { title: 'X', sessions, participants }))).toEqual([
      422,
      'formation/reference-unknown',
      ['/sessions/1/participant_id'],
    ]);
    expect((await get(formation.id)).participants).toHaveLength(2);
    const { body } = demand(200, await send('PUT', path, { title: 'X', participants }));
    expect(body.sessions.map(({ id }: { id: string }) => id)).toEqual([formation.sessions[0].id]);
  });

  it('have no hour that clocks skip, and the earlier of one that they show twice', async () => {
    const { id } = await create();
    const path = `${LIST}/${id}/sessions`;
    const skipped = { starts_at: '2026-03-29T02:30', ends_at: '2026-03-29T12:00' };
    const answer = await send('POST', path, skipped);
    expect(refusal(answer)).toEqual([422, 'formation-session/local-time-skipped', ['/starts_at']]);
    expect(answer.body.errors[0].message).toBe(
      'N’existe pas dans son fuseau : les horloges sautent cette heure en changeant',
    );
    expect(refusal(await send('POST', LIST, { title: 'X', sessions: [DAY_1, skipped] }))).toEqual([
      422,
      'formation-session/local-time-skipped',
      ['/sessions/1/starts_at'],
    ]);
    expect((await send('POST', path, { ...skipped, time_zone: 'UTC' })).body).toMatchObject({
      starts_at: '2026-03-29T02:30:00.000Z',
    });
    const twice = { starts_at: '2026-10-25T02:30', ends_at: '2026-10-25T03:30' };
    expect((await send('POST', path, twice)).body).toMatchObject({
      starts_at: '2026-10-25T00:30:00.000Z',
      ends_at: '2026-10-25T02:30:00.000Z',
    });
  });
});

describe('the participants of a formation', () => {
  it('are added, changed and removed one by one, each address once', async () => {
    const { id } = await create();
    const path = `${LIST}/${id}/participants`;
    const { body: ada } = demand(201, await send('POST', path, { email: ' Ada@example.test ', name: 'Ada' }));
    expect(ada).toEqual({
      id: expect.any(String),
      user_id: null,
      email: 'Ada@example.test',
      name: 'Ada',
      role: 'participant',
      calendars: expect.any(Array),
    });
    const { body: bo } = demand(
      201,
      await send('POST', path, { email: 'bo@example.test', role: 'trainer', name: ' ' }),
    );
    expect(bo).toMatchObject({ name: null, role: 'trainer' });

    const taken = [409, 'formation-participant/email-taken', ['/email']];
    expect(refusal(await send('POST', path, { email: 'ADA@EXAMPLE.TEST' }))).toEqual(taken);
    expect(refusal(await send('PATCH', `${path}/${bo.id}`, { email: 'ada@example.test' }))).toEqual(taken);
    expect((await send('PATCH', `${path}/${ada.id}`, { email: 'ADA@example.test' })).body).toEqual({
      ...ada,
      email: 'ADA@example.test',
    });
    expect((await send('PATCH', `${path}/${bo.id}`, { role: 'participant', name: 'Bo' })).body).toEqual({
      ...bo,
      role: 'participant',
      name: 'Bo',
    });

    demand(204, await send('DELETE', `${path}/${ada.id}`));
    for (const method of ['PATCH', 'DELETE']) {
      const answer = await send(method, `${path}/${ada.id}`, method === 'PATCH' ? {} : undefined);
      expect(refusal(answer)).toEqual([404, 'formation-participant/not-found', []]);
    }
    // Somebody who comes back is somebody new.
    const { body: again } = demand(201, await send('POST', path, { email: 'ada@example.test' }));
    expect(again.id).not.toBe(ada.id);
    expect((await get(id)).participants.map((one: { id: string }) => one.id)).toEqual([bo.id, again.id]);
  });

  it('are refused all at once when one of them comes twice', async () => {
    const participants = [{ email: 'a@example.test' }, { email: 'b@example.test' }, { email: 'A@example.test' }];
    const before = (await send('GET', LIST)).body.length;
    expect(refusal(await send('POST', LIST, { title: 'X', participants }))).toEqual([
      409,
      'formation-participant/email-taken',
      ['/participants/2/email'],
    ]);
    expect((await send('GET', LIST)).body).toHaveLength(before);
  });
});

describe('the list of formations', () => {
  let reader: Person;
  const titles = async (query: string) =>
    demand(200, await send('GET', `${LIST}?${query}`, undefined, reader)).body.map(
      ({ title }: { title: string }) => title,
    );

  beforeAll(async () => {
    reader = await app.registerOrganization();
    await create(
      { title: 'Mars', location: 'Lyon', sessions: [DAY_1, DAY_2], participants: [{ email: 'ada@x.test' }] },
      reader,
    );
    const avril = { starts_at: '2026-04-10T09:00Z', ends_at: '2026-04-10T17:00Z' };
    await create({ title: '100 % avril', status: 'draft', sessions: [avril] }, reader);
    await create({ title: 'Sans date', participants: [{ email: 'bo@x.test', name: 'Zoé' }] }, reader);
  });

  it('tells of each what a page needs: newest first, dates and people counted', async () => {
    const { body } = demand(200, await send('GET', LIST, undefined, reader));
    expect(body.map(({ title }: { title: string }) => title)).toEqual(['Sans date', '100 % avril', 'Mars']);
    expect(body[2]).toEqual({
      id: expect.any(String),
      title: 'Mars',
      description: null,
      location: 'Lyon',
      time_zone: 'Europe/Paris',
      status: 'confirmed',
      invite_participants: false,
      session_count: 2,
      participant_count: 1,
      first_starts_at: '2026-03-10T08:00:00.000Z',
      last_ends_at: '2026-03-11T16:00:00.000Z',
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(body[0]).toMatchObject({ session_count: 0, first_starts_at: null, last_ends_at: null });
  });

  it('is searched by title, place and people, and cut by status', async () => {
    expect(await titles('search=mar')).toEqual(['Mars']);
    expect(await titles('search=LYON')).toEqual(['Mars']);
    expect(await titles('search=ada@')).toEqual(['Mars']);
    expect(await titles('search=zo%C3%A9')).toEqual(['Sans date']);
    expect(await titles('search=%25')).toEqual(['100 % avril']);
    expect(await titles('search=_')).toEqual([]);
    expect(await titles('status=draft')).toEqual(['100 % avril']);
    expect(await titles('status=cancelled')).toEqual([]);
  });

  it('is cut to those with a session in a span of time', async () => {
    expect(await titles('from=2026-04-01')).toEqual(['100 % avril']);
    expect(await titles('to=2026-04-01')).toEqual(['Mars']);
    expect(await titles('from=2026-03-10T16:00:00Z&to=2026-03-11T08:00:00Z')).toEqual([]);
    expect(await titles('from=2026-03-10T15:59:59Z&to=2026-03-11T08:00:00Z')).toEqual(['Mars']);
    expect(await titles('from=2026-03-10T16:00:00Z&to=2026-03-11T08:00:01Z')).toEqual(['Mars']);
    expect(await titles('from=2026-01-01&to=2027-01-01')).toEqual(['100 % avril', 'Mars']);
  });

  it('is walked page by page', async () => {
    const seen: string[] = [];
    let path: string | undefined = `${LIST}?limit=1`;
    while (path !== undefined) {
      const answer = demand(200, await send('GET', path, undefined, reader));
      seen.push(...answer.body.map(({ title }: { title: string }) => title));
      path = /<([^>]+)>; rel="next"/.exec(String(answer.headers['link'] ?? ''))?.[1];
    }
    expect(seen).toEqual(['Sans date', '100 % avril', 'Mars']);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['status=unknown', '/status'],
    ['from=hier', '/from'],
    ['from=2026-02-30', '/from'],
    ['from=2026-03-10T09:00', '/from'],
    ['to=275760-09-13T00:00:00Z', '/to'],
    ['from=2026-01-01&from=2026-01-02', '/from'],
    [`search=${'x'.repeat(101)}`, '/search'],
    ['search=%00', '/search'],
    ['sort=created_by', '/sort'],
  ])('is refused with %s', async (query, pointer) => {
    expect(refusal(await send('GET', `${LIST}?${query}`))).toEqual(invalid(pointer));
  });

  it.each(['nonsense', Buffer.from('["2026-02-30 00:00:00+00","x"]').toString('base64url')])(
    'is refused with the cursor %s',
    async (cursor) => {
      expect(refusal(await send('GET', `${LIST}?cursor=${cursor}`))).toEqual([400, 'request/cursor-invalid', []]);
    },
  );
});

describe('whoever asks', () => {
  const routes = (formation: Answer['body']): [method: string, path: string, body?: unknown][] => {
    const path = `${LIST}/${formation.id}`;
    return [
      ['PATCH', path, { title: 'Vol' }],
      ['PUT', path, { title: 'Vol', sessions: [], participants: [] }],
      ['DELETE', path],
      ['POST', `${path}/sessions`, DAY_2],
      ['PATCH', `${path}/sessions/${formation.sessions[0].id}`, { title: 'Vol' }],
      ['DELETE', `${path}/sessions/${formation.sessions[0].id}`],
      ['POST', `${path}/participants`, { email: 'x@example.test' }],
      ['PATCH', `${path}/participants/${formation.participants[0].id}`, { name: 'Vol' }],
      ['DELETE', `${path}/participants/${formation.participants[0].id}`],
    ];
  };
  const complete = { sessions: [DAY_1], participants: [{ email: 'ada@example.test' }] };

  it('changes as a member what they created, and only reads the rest', async () => {
    const [mine, theirs] = [await create(complete, member), await create(complete, owner)];
    for (const [method, path, body] of routes(theirs)) {
      expect(refusal(await send(method, path, body, member))).toEqual([403, 'formation/not-yours', []]);
    }
    expect(await get(theirs.id, member)).toEqual(theirs);
    const colleague = await app.addMember(owner);
    expect(refusal(await send('DELETE', `${LIST}/${mine.id}`, undefined, colleague))).toEqual([
      403,
      'formation/not-yours',
      [],
    ]);
    expect(await get(mine.id, colleague)).toEqual(mine);
    demand(200, await send('PATCH', `${LIST}/${mine.id}`, { title: 'À moi' }, member));
    demand(204, await send('DELETE', `${LIST}/${mine.id}/sessions/${mine.sessions[0].id}`, undefined, member));
  });

  it('changes everybody’s as an administrator or the owner', async () => {
    const admin = await app.addMember(owner, 'admin');
    const theirs = await create(complete, member);
    for (const person of [admin, owner]) {
      demand(200, await send('PATCH', `${LIST}/${theirs.id}`, { title: 'Revue' }, person));
      demand(201, await send('POST', `${LIST}/${theirs.id}/sessions`, DAY_2, person));
    }
    demand(204, await send('DELETE', `${LIST}/${theirs.id}`, undefined, admin));
  });

  it('sees nothing of another organization: 404, as for what does not exist', async () => {
    const mine = await create(complete);
    const stranger = await app.registerOrganization();
    const bare = ({ body: { request_id: _id, ...rest } }: Answer) => rest;
    for (const [method, path, body] of [['GET', `${LIST}/${mine.id}`] as const, ...routes(mine)]) {
      const foreign = await send(method, path, body, stranger);
      expect([method, path, foreign.status, foreign.body.code]).toEqual([method, path, 404, 'formation/not-found']);
      const unknown = await send(method, path.replace(mine.id, UUID), body, stranger);
      expect(bare(foreign)).toEqual(bare(unknown));
    }
    expect((await send('GET', LIST, undefined, stranger)).body).toEqual([]);
    expect(await get(mine.id)).toEqual(mine);

    // With a formation of one's own, the sessions and participants of others are not there either.
    const own = await create(complete, stranger);
    for (const [method, path, body] of routes(mine)
      .slice(4)
      .filter(([name]) => name !== 'POST')) {
      const answer = await send(method, path.replace(mine.id, own.id), body, stranger);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body.code).toMatch(/^formation-(session|participant)\/not-found$/);
    }
    const individual = { ...DAY_2, participant_id: mine.participants[0].id };
    expect(refusal(await send('POST', `${LIST}/${own.id}/sessions`, individual, stranger))).toEqual([
      422,
      'formation/reference-unknown',
      ['/participant_id'],
    ]);
    expect(await get(mine.id)).toEqual(mine);
  });

  it('needs a session', async () => {
    const mine = await create(complete);
    for (const [method, path, body] of [['GET', LIST], ['POST', LIST, {}], ...routes(mine)] as const) {
      expect([path, (await app.http(method, path, { body })).status]).toEqual([path, 401]);
    }
  });
});

describe('the description of the routes', () => {
  it('says what they answer: these fields, and no others', async () => {
    const { body: api } = await app.http('GET', '/openapi.json');
    const created = await send('POST', LIST, { title: 'X', sessions: [DAY_1], participants: [{ email: 'a@x.test' }] });
    const path = `${LIST}/${created.body.id}`;
    const answers: [route: string, method: string, answer: Answer][] = [
      ['', 'post', created],
      ['', 'get', await send('GET', LIST)],
      ['', 'post', await send('POST', LIST, {})],
      ['/{id}', 'get', await send('GET', path)],
      ['/{id}', 'get', await send('GET', `${LIST}/${UUID}`)],
      ['/{id}', 'patch', await send('PATCH', path, { title: 'Y' })],
      ['/{id}', 'patch', await send('PATCH', path, { title: 'Y' }, member)],
      ['/{id}', 'put', await send('PUT', path, { title: 'Y', sessions: [{ id: UUID, ...DAY_1 }] })],
      ['/{id}', 'put', await send('PUT', path, { title: 'Z' })],
      ['/{id}/sessions', 'post', await send('POST', `${path}/sessions`, DAY_2)],
      [
        '/{id}/sessions/{sessionId}',
        'patch',
        await send('PATCH', `${path}/sessions/${created.body.sessions[0].id}`, {}),
      ],
      ['/{id}/participants', 'post', await send('POST', `${path}/participants`, { email: 'b@x.test' })],
      ['/{id}/participants', 'post', await send('POST', `${path}/participants`, { email: 'b@x.test' })],
      [
        '/{id}/participants/{participantId}',
        'patch',
        await send('PATCH', `${path}/participants/${created.body.participants[0].id}`, { name: 'A' }),
      ],
    ];
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    for (const [route, method, { status, headers, body }] of answers) {
      const [mediaType = ''] = String(headers['content-type']).split(';');
      const schema = api.paths[LIST + route][method].responses[status]?.content?.[mediaType]?.schema;
      expect([route, method, status, typeof schema]).toEqual([route, method, status, 'object']);
      const validate = ajv.compile(closed({ ...schema, components: api.components }));
      expect([route, method, status, validate(body), validate.errors]).toEqual([route, method, status, true, null]);
    }
  });
});

/** A field that is not described is a field that nobody can rely on. */
function closed(schema: object): object {
  return JSON.parse(
    JSON.stringify(schema, (_key, node) =>
      node?.type === 'object' && node.properties && !('additionalProperties' in node)
        ? { ...node, additionalProperties: false }
        : node,
    ),
  );
}
