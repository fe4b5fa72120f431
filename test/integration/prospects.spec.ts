import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProspectBook, ProspectBookings } from '../../src/prospects/index.js';
import { type CrmAnswer, type CrmApp, type Person, startCrmApp } from '../support/crm-app.js';
import { eventually } from '../support/eventually.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

const FIELDS = ['id', 'firstname', 'lastname', 'email', 'phone', 'status', 'source', 'notes'];

describe('prospects', () => {
  let database: TestDatabase;
  let app: CrmApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startCrmApp(database.url);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const create = (person: Person, body: unknown) => app.send(person, 'POST', '/api/prospects', body);
  const get = (person: Person, id: string) => app.send(person, 'GET', `/api/prospects/${id}`);
  const patch = (person: Person, id: string, body: unknown) => app.send(person, 'PATCH', `/api/prospects/${id}`, body);
  const list = (person: Person, query = '') => app.send(person, 'GET', `/api/prospects${query}`);
  const names = ({ body }: CrmAnswer): string[] => body.map(({ lastname }: { lastname: string }) => lastname);
  const noteAppointment = (person: Person, prospectId: string, sourceId: string, happensAt: string, text: string) =>
    app.inOrganizationOf(person, (tx) =>
      app
        .get(ProspectBook)
        .putNotes(tx, [{ prospectId, source: 'calendly', sourceId, happensAt: new Date(happensAt), text }]),
    );

  it('are written down, read, changed and erased, and every step is heard', async () => {
    const person = await app.register();
    const browser = await app.browse(person.token);

    const created = await create(person, {
      firstname: 'John',
      lastname: 'Doe',
      email: ' John@Example.COM ',
      notes: 'Bonjour',
    });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.any(String),
      firstname: 'John',
      lastname: 'Doe',
      email: 'John@Example.COM',
      phone: null,
      status: 'new',
      source: 'manual',
      notes: 'Bonjour',
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const { id } = created.body;

    const patched = await patch(person, id, { status: 'à rappeler', phone: '+33 6 12 34 56 78', lastname: null });
    expect(patched.status).toBe(200);
    expect(patched.body).toMatchObject({ firstname: 'John', lastname: '', status: 'à rappeler', notes: 'Bonjour' });
    const put = await app.send(person, 'PUT', `/api/prospects/${id}`, { lastname: 'Durand' });
    expect(put.body).toMatchObject({ firstname: 'John', lastname: 'Durand', email: 'John@Example.COM' });
    expect(Date.parse(put.body.updated_at)).toBeGreaterThan(Date.parse(created.body.updated_at));
    const read = await get(person, id);
    expect(read.body).toMatchObject({
      ...put.body,
      bookings: [],
      note_entries: [{ source: 'manual', text: 'Bonjour' }],
    });

    expect((await app.send(person, 'DELETE', `/api/prospects/${id}`)).status).toBe(204);
    expect((await app.send(person, 'DELETE', `/api/prospects/${id}`)).status).toBe(404);
    expect((await get(person, id)).body).toMatchObject({ code: 'prospect/not-found' });
    expect(await database.query('SELECT FROM prospect_notes WHERE prospect_id = $1', [id])).toEqual([]);

    const heard = await eventually(
      async () => browser.heard,
      ({ length }) => length === 4,
      5_000,
    );
    expect(heard.map(({ name }) => name)).toEqual([
      'prospect:created',
      'prospect:updated',
      'prospect:updated',
      'prospect:deleted',
    ]);
    expect(Object.keys(heard[0]!.payload).sort()).toEqual([...FIELDS, 'created_at'].sort());
    expect(created.body).toMatchObject(heard[0]!.payload);
    expect(Object.keys(heard[1]!.payload).sort()).toEqual([...FIELDS, 'updated_at'].sort());
    expect(patched.body).toMatchObject(heard[1]!.payload);
    expect(heard[3]!.payload).toEqual({ id });
    browser.socket.disconnect();
  });

  it('belong to their organization', async () => {
    const [person, stranger] = [await app.register(), await app.register()];
    const { body: mine } = await create(person, { lastname: 'Doe', email: 'doe@example.com' });

    expect((await get(stranger, mine.id)).status).toBe(404);
    expect((await patch(stranger, mine.id, { lastname: 'X' })).status).toBe(404);
    expect((await app.send(stranger, 'DELETE', `/api/prospects/${mine.id}`)).status).toBe(404);
    expect((await list(stranger)).body).toEqual([]);
    expect((await create(stranger, { email: 'doe@example.com' })).status).toBe(201);
    expect((await get(person, mine.id)).body).toMatchObject({ lastname: 'Doe' });
    expect((await app.send(null, 'GET', '/api/prospects')).status).toBe(401);
  });

  it('have one mailbox or none', async () => {
    const person = await app.register();
    const refused = [
      'a@b',
      '"x y"@z.fr',
      'a@b.fr\r\nBcc: c@d',
      'a@b.fr,c@d.fr',
      '<a@b.fr>',
      'Jean <a@b.fr>',
      `${'a'.repeat(250)}@b.fr`,
      'a@xn--zz--.fr',
      'a@127.0.0.1',
      'a@b_c.fr',
      'a..b@c.fr',
      42,
      ['a@b.fr'],
      { $ne: '' },
    ];
    for (const email of refused) {
      const { status, body } = await create(person, { lastname: 'X', email });
      expect([email, status, body.code, body.errors?.[0]?.pointer]).toEqual([email, 400, 'request/invalid', '/email']);
    }
    expect((await list(person)).body).toEqual([]);

    for (const email of ['jean+crm@exämple.fr', 'zoé@example.fr', 'x@xn--exmple-cua.com', "O'Neil@example.fr"]) {
      expect([email, (await create(person, { email })).status]).toEqual([email, 201]);
    }
    expect((await create(person, { lastname: 'Sans', email: '', phone: ' ' })).body).toMatchObject({
      email: null,
      phone: null,
    });
  });

  it('have an address that nobody else in the organization has, however it is spelled', async () => {
    const person = await app.register();
    const { body: first } = await create(person, { email: 'zoé.martin@exämple.fr' });
    const { body: second } = await create(person, { email: 'other@example.fr' });

    for (const email of [
      'Zoé.Martin@EXÄMPLE.fr',
      'zoé.martin@xn--exmple-cua.fr',
      'zoe\u0301.martin@exa\u0308mple.fr',
    ]) {
      for (const answer of [await create(person, { email }), await patch(person, second.id, { email })]) {
        expect(answer.status).toBe(409);
        expect(answer.body).toMatchObject({ code: 'prospect/email-taken', errors: [{ pointer: '/email' }] });
        expect(answer.body.detail).toContain(first.id);
      }
    }
    expect((await patch(person, first.id, { email: 'ZOÉ.martin@exämple.fr' })).status).toBe(200);
    const racing = await Promise.all(Array.from({ length: 10 }, () => create(person, { email: 'race@example.fr' })));
    expect(racing.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(racing.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it('can be recognised by a name, an address or a number', async () => {
    const person = await app.register();

    for (const body of [{}, { firstname: '  ' }, { notes: 'qui ?' }, { status: 'new', email: null }]) {
      expect((await create(person, body)).body).toMatchObject({ status: 400, code: 'prospect/unrecognisable' });
    }
    const { body: known } = await create(person, { phone: '0612345678' });
    expect((await patch(person, known.id, { phone: null })).body).toMatchObject({ code: 'prospect/unrecognisable' });
    expect((await get(person, known.id)).body).toMatchObject({ phone: '0612345678' });
  });

  it('take no field that is not a person’s to write, and nothing that is not a text', async () => {
    const person = await app.register();
    const { body: known } = await create(person, { lastname: 'Doe' });
    const before = (await get(person, known.id)).body;
    const extra = {
      id: randomUUID(),
      organization_id: randomUUID(),
      organizationId: randomUUID(),
      email_key: 'x@y.fr',
      created_at: '2020-01-01',
      createdAt: '2020-01-01',
      updated_at: '2020-01-01',
      role: 'owner',
      bookings: [],
      note_entries: [],
      constructor: { prototype: { isAdmin: true } },
    };

    for (const [field, value] of Object.entries(extra)) {
      for (const method of ['PATCH', 'PUT']) {
        const answer = await app.send(person, method, `/api/prospects/${known.id}`, { lastname: 'Y', [field]: value });
        expect([field, answer.status]).toEqual([field, 400]);
      }
      expect([field, (await create(person, { lastname: 'Y', [field]: value })).status]).toEqual([field, 400]);
    }
    const polluted = await app.send(person, 'PATCH', `/api/prospects/${known.id}`, '{"__proto__":{"status":"x"}}');
    expect([200, 400]).toContain(polluted.status);
    const faulty = [
      { status: null },
      { status: '' },
      { status: 'x'.repeat(41) },
      { source: null },
      { lastname: 'a\0b' },
      { email: 'a@b.fr\0' },
      { lastname: '\ud800' },
      { lastname: { a: 1 } },
      { notes: 'x'.repeat(20_001) },
      { phone: 'x\ny' },
    ];
    for (const body of faulty) {
      expect([body, (await patch(person, known.id, body)).status]).toEqual([body, 400]);
    }
    expect((await get(person, known.id)).body).toMatchObject({ ...before, updated_at: expect.any(String) });
  });

  it('keep what looks like code as text', async () => {
    const person = await app.register();
    for (const text of [
      '<img src=x onerror=alert(1)>',
      '{{7*7}}',
      '${7*7}',
      '</script>',
      "'; DROP TABLE prospects; --",
    ]) {
      const { body } = await create(person, { firstname: text, lastname: 'é\u0301🦊DÃ©', status: 'new', notes: text });
      expect(body).toMatchObject({ firstname: text, lastname: 'é\u0301🦊DÃ©', notes: text });
      expect((await get(person, body.id)).body).toMatchObject({ firstname: text, notes: text });
      expect(names(await list(person, `?search=${encodeURIComponent(text)}`))).toHaveLength(1);
    }
  });

  it('are found by parts of names, addresses and numbers, by source and by status', async () => {
    const person = await app.register();
    await create(person, {
      firstname: 'Jean',
      lastname: 'Dupont',
      email: 'j.dupont@example.fr',
      phone: '06 12 34 56 78',
    });
    await create(person, { firstname: 'Anne', lastname: '100%', status: 'gagné', source: 'salon' });
    await create(person, { firstname: 'Anne', lastname: 'Under_score', status: 'gagné' });

    const found = async (query: Record<string, string>) =>
      names(await list(person, `?${new URLSearchParams(query).toString()}`));
    expect(await found({ search: 'dup' })).toEqual(['Dupont']);
    expect(await found({ search: 'jean dupont' })).toEqual(['Dupont']);
    expect(await found({ search: 'DUPONT Jean' })).toEqual(['Dupont']);
    expect(await found({ search: '@example.fr' })).toEqual(['Dupont']);
    expect(await found({ search: '0612345' })).toEqual(['Dupont']);
    expect(await found({ search: '12.34-56' })).toEqual(['Dupont']);
    expect(await found({ search: '%' })).toEqual(['100%']);
    expect(await found({ search: '_' })).toEqual(['Under_score']);
    expect(await found({ search: '\\' })).toEqual([]);
    expect(await found({ status: 'gagné' })).toEqual(['Under_score', '100%']);
    expect(await found({ status: 'gagné', source: 'salon', search: 'anne' })).toEqual(['100%']);
    expect(await found({ search: '' })).toHaveLength(3);
  });

  it('are paged newest first without a gap or a double, also when made in the same instant', async () => {
    const person = await app.register();
    await database.query(
      `INSERT INTO prospects (id, organization_id, lastname, created_at)
       SELECT gen_random_uuid(), $1, n::text, timestamptz '2026-01-01 12:00:00.123456Z' + (n / 10) * interval '1 microsecond'
       FROM generate_series(0, 99) n`,
      [person.organizationId],
    );

    const seen: string[] = [];
    for (let path: string | null = '/api/prospects?limit=7'; path !== null;) {
      const answer: CrmAnswer = await app.send(person, 'GET', path);
      seen.push(...names(answer));
      await create(person, { lastname: 'plus tard' });
      path = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] ?? null;
    }

    expect(seen.map((name) => Math.floor(Number(name) / 10))).toEqual(
      Array.from({ length: 100 }, (_, index) => 9 - Math.floor(index / 10)),
    );
    expect(new Set(seen).size).toBe(100);
    for (const cursor of [
      'abc',
      Buffer.from('["1","2"]').toString('base64url'),
      Buffer.from('[1]').toString('base64url'),
    ]) {
      expect((await list(person, `?cursor=${cursor}`)).body).toMatchObject({ code: 'request/cursor-invalid' });
    }
    expect((await list(person, '?limit=0')).status).toBe(400);
  });

  it('show one note per appointment and what people wrote, by the hour, and store no rendered text', async () => {
    const person = await app.register();
    const { body: prospect } = await create(person, {
      lastname: 'Doe',
      notes: 'Très intéressé\r\n\r\n\r\nRappeler lundi',
    });
    await noteAppointment(person, prospect.id, 'late', '2999-01-02T10:00:00Z', 'Deuxième');
    await noteAppointment(person, prospect.id, 'early', '2020-01-02T10:00:00Z', 'Premier');
    await noteAppointment(person, prospect.id, 'late', '2999-01-02T10:00:00Z', 'Deuxième, déplacé');

    const { body } = await get(person, prospect.id);

    expect(body.notes).toBe('Premier\n\nTrès intéressé\n\nRappeler lundi\n\nDeuxième, déplacé');
    expect(body.note_entries.map(({ source, source_id: id }: Record<string, string>) => [source, id])).toEqual([
      ['calendly', 'early'],
      ['manual', prospect.id],
      ['calendly', 'late'],
    ]);
  });

  it('gain no note when a front end sends all notes back, and lose none of the appointments', async () => {
    const person = await app.register();
    const { body: prospect } = await create(person, { lastname: 'Doe', notes: 'À moi' });
    await noteAppointment(person, prospect.id, 'early', '2020-01-02T10:00:00Z', 'Rendez-vous\n\nQuestion : oui');
    await noteAppointment(person, prospect.id, 'late', '2999-01-02T10:00:00Z', 'Rendez-vous');
    const { notes } = (await get(person, prospect.id)).body;
    const rows = () => database.query('SELECT * FROM prospect_notes WHERE prospect_id = $1 ORDER BY id', [prospect.id]);
    const before = await rows();

    for (const sent of [notes, notes.replaceAll('\n', '\r\n'), `\n${notes}\n\n`]) {
      expect((await patch(person, prospect.id, { lastname: 'Doe', notes: sent })).body.notes).toBe(notes);
    }
    expect(await rows()).toEqual(before);

    const edited = await patch(person, prospect.id, { notes: `${notes}\n\nEn plus` });
    expect(edited.body.notes).toBe('Rendez-vous\n\nQuestion : oui\n\nÀ moi\n\nEn plus\n\nRendez-vous');
    const emptied = await patch(person, prospect.id, { notes: '' });
    expect(emptied.body.notes).toBe('Rendez-vous\n\nQuestion : oui\n\nRendez-vous');
    expect(await rows()).toHaveLength(2);
  });

  it('show the appointments of whoever keeps them', async () => {
    const person = await app.register();
    const { body: prospect } = await create(person, { lastname: 'Doe' });
    const booking = {
      id: randomUUID(),
      provider: 'calendly',
      event_name: 'Découverte',
      starts_at: new Date('2026-01-16T15:30:00Z'),
      ends_at: new Date('2026-01-16T16:00:00Z'),
      status: 'active',
      meeting: 'video' as const,
      location: null,
      join_url: 'https://meet.example/abc',
    };
    const bookings = app.get(ProspectBookings);
    bookings.readFrom({ listOfProspect: async (_tx, id) => (id === prospect.id ? [booking] : []) });

    expect((await get(person, prospect.id)).body.bookings).toEqual([
      { ...booking, starts_at: '2026-01-16T15:30:00.000Z', ends_at: '2026-01-16T16:00:00.000Z' },
    ]);
    bookings.readFrom({ listOfProspect: async () => [] });
  });
});
