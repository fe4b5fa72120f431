import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AssignedProspect, type BookedPerson, ProspectBook } from '../../src/prospects/index.js';
import { type CrmApp, type Person, startCrmApp } from '../support/crm-app.js';
import { eventually } from '../support/eventually.js';
import { Gate } from '../support/gate.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

describe('prospects that come from bookings', () => {
  let database: TestDatabase;
  let here: CrmApp;
  let elsewhere: CrmApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    [here, elsewhere] = await Promise.all([startCrmApp(database.url), startCrmApp(database.url)]);
  });
  afterAll(async () => {
    await Promise.all([here?.close(), elsewhere?.close()]);
    await database?.drop();
  });

  const upsert = (owner: Person, people: BookedPerson[], app = here): Promise<Map<string, AssignedProspect | null>> =>
    app.inOrganizationOf(owner, (tx) => app.get(ProspectBook).upsertFromBookings(tx, people));
  const upsertOne = async (owner: Person, person: Partial<BookedPerson>): Promise<AssignedProspect | null> =>
    (await upsert(owner, [booked({ key: 'only', ...person })])).get('only') ?? null;
  const read = async (owner: Person, id: string) => (await here.send(owner, 'GET', `/api/prospects/${id}`)).body;
  const count = async (owner: Person): Promise<number> => {
    const [row] = await database.query(`SELECT count(*)::int AS count FROM prospects WHERE organization_id = $1`, [
      owner.organizationId,
    ]);
    return row!['count'] as number;
  };

  const waitingForLock = async (): Promise<number> => {
    const [row] = await database.query(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row!['count'] as number;
  };

  it('are one for one address, though 200 bookings on two instances bring it at once in every spelling', async () => {
    const owner = await here.register();
    const spellings = ['jean@exämple.fr', 'Jean@EXÄMPLE.fr', ' JEAN@xn--exmple-cua.fr ', 'jean@exa\u0308mple.fr'];

    const book = async (app: CrmApp, index: number) =>
      await app.inOrganizationOf(owner, async (tx) => {
        const person = booked({ key: 'k', email: spellings[index % spellings.length]! });
        const { id, created } = (await app.get(ProspectBook).upsertFromBookings(tx, [person])).get('k')!;
        await app.get(ProspectBook).putNotes(tx, [note(id, { sourceId: String(index) })]);
        return { id, created };
      });
    // As many at a time as the two instances have connections.
    const lanes = Array.from({ length: 40 }, async (_, lane) => {
      const answers = [];
      for (let turn = 0; turn < 5; turn += 1) answers.push(await book(lane % 2 ? here : elsewhere, lane * 5 + turn));
      return answers;
    });
    const answers = (await Promise.all(lanes)).flat();

    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(await count(owner)).toBe(1);
    expect((await read(owner, answers[0]!.id)).note_entries).toHaveLength(200);
  }, 20_000);

  it('are made for two lists in opposite order without each waiting for the other', async () => {
    const owner = await here.register();
    const people = ['a', 'b', 'c'].map((key) => booked({ key, email: `${key}@x.fr` }));
    const [held, mayEnd] = [new Gate(), new Gate()];
    // Holds both lists up in the middle, where each would have what the other wants next.
    const holder = here.inOrganizationOf(owner, async (tx) => {
      await here.get(ProspectBook).upsertFromBookings(tx, [people[1]!]);
      held.open();
      await mayEnd.opened;
    });
    await held.opened;

    const lists = [upsert(owner, people), upsert(owner, people.toReversed(), elsewhere)];
    await eventually(waitingForLock, (waiting) => waiting === 2, 2_000);
    mayEnd.open();
    await holder;
    const [one, other] = await Promise.all(lists);

    expect(await count(owner)).toBe(3);
    expect(people.map(({ key }) => one!.get(key)!.id)).toEqual(people.map(({ key }) => other!.get(key)!.id));
  });

  it('are made for a long list in one go', async () => {
    const owner = await here.register();
    const people = Array.from({ length: 4_000 }, (_, index) =>
      booked({ key: `${index}`, email: `p${index % 2_000}@x.fr` }),
    );

    const answers = [...(await upsert(owner, people)).values()];

    expect(await count(owner)).toBe(2_000);
    expect(new Set(answers.map((prospect) => prospect?.id)).size).toBe(2_000);
  });

  it('are filled where they are empty, and never overwritten', async () => {
    const owner = await here.register();
    const { body: known } = await here.send(owner, 'POST', '/api/prospects', {
      firstname: 'Jeanne',
      email: 'j@example.fr',
      status: 'gagné',
    });

    const merged = await upsertOne(owner, {
      email: 'J@example.fr',
      firstname: 'Johanna',
      lastname: 'Doe',
      phone: '+33 6',
    });
    const again = await upsertOne(owner, { email: 'j@example.fr', firstname: 'X', lastname: 'Y', phone: '0' });

    expect(merged).toEqual({ id: known.id, created: false, filled: true });
    expect(again).toEqual({ id: known.id, created: false, filled: false });
    expect(await read(owner, known.id)).toMatchObject({
      firstname: 'Jeanne',
      lastname: 'Doe',
      phone: '+33 6',
      email: 'j@example.fr',
      status: 'gagné',
      source: 'manual',
    });
  });

  it('are told apart by their entry when there is no address, or none that could be written to', async () => {
    const owner = await here.register();

    const answers = await upsert(owner, [
      booked({ key: 'a', email: null, phone: '+33 6' }),
      booked({ key: 'b', email: null, phone: '+33 6' }),
      booked({ key: 'c', email: 'a@b.fr,c@d.fr' }),
    ]);

    expect(await count(owner)).toBe(3);
    const ids = [...answers.values()].map((prospect) => prospect!.id);
    expect(await read(owner, ids[2]!)).toMatchObject({ email: null });
    const [kept] = (await upsert(owner, [booked({ key: 'a', email: null, existingProspectId: ids[0]! })])).values();
    expect(kept).toMatchObject({ id: ids[0], created: false });
    expect(await count(owner)).toBe(3);
  });

  it('stay with their bookings when a person corrects the address, but not across organizations', async () => {
    const [owner, stranger] = [await here.register(), await here.register()];
    const first = (await upsertOne(owner, { email: 'typo@example.fr' }))!;
    await here.send(owner, 'PATCH', `/api/prospects/${first.id}`, { email: 'right@example.fr' });

    const again = await upsertOne(owner, { email: 'typo@example.fr', existingProspectId: first.id });
    const foreign = await upsertOne(stranger, { email: 'typo@example.fr', existingProspectId: first.id });

    expect(again).toEqual({ id: first.id, created: false, filled: false });
    expect(foreign).toMatchObject({ created: true });
    expect(foreign!.id).not.toBe(first.id);
    expect(
      await here.inOrganizationOf(stranger, (tx) => here.get(ProspectBook).putNotes(tx, [note(first.id)])),
    ).toEqual([]);
    expect((await read(owner, first.id)).note_entries).toEqual([]);
  });

  it('who were erased come back with a later booking only, as somebody new', async () => {
    const owner = await here.register();
    const first = (await upsertOne(owner, { email: 'gone@example.fr' }))!;
    expect((await here.send(owner, 'DELETE', `/api/prospects/${first.id}`)).status).toBe(204);

    const old = { email: 'GONE@example.fr', bookedAt: new Date(Date.now() - 60_000) };
    const later = { email: 'gone@example.fr', bookedAt: new Date(Date.now() + 60_000) };
    expect(await upsertOne(owner, old)).toBeNull();
    expect(await count(owner)).toBe(0);

    const both = await upsert(owner, [booked({ key: 'old', ...old }), booked({ key: 'later', ...later })]);
    expect(both.get('old')).toBeNull();
    expect(both.get('later')).toMatchObject({ created: true });
    expect(both.get('later')!.id).not.toBe(first.id);
    expect(await upsertOne(owner, old)).toBeNull();
    const tombstones = await database.query('SELECT * FROM prospect_tombstones WHERE organization_id = $1', [
      owner.organizationId,
    ]);
    expect(tombstones).toHaveLength(1);
    expect(JSON.stringify(tombstones)).not.toContain('gone');

    const [neighbour] = (await upsert(await here.register(), [booked({ key: 'n', ...old })])).values();
    expect(neighbour).toMatchObject({ created: true });
  });

  it('have notes that are only touched when they differ', async () => {
    const owner = await here.register();
    const [one, other] = [
      (await upsertOne(owner, { email: 'a@x.fr' }))!,
      (await upsertOne(owner, { email: 'b@x.fr' }))!,
    ];
    const put = (...notes: ReturnType<typeof note>[]) =>
      here.inOrganizationOf(owner, (tx) => here.get(ProspectBook).putNotes(tx, notes));

    expect((await put(note(one.id), note(other.id))).sort()).toEqual([one.id, other.id].sort());
    expect(await put(note(one.id), note(other.id))).toEqual([]);
    expect(await put(note(one.id), note(one.id, { text: 'changed' }), note(other.id))).toEqual([one.id]);
    expect(await put(note(other.id, { happensAt: new Date('2027-01-01') }))).toEqual([other.id]);
    expect(await put(note(randomUUID()))).toEqual([]);
    expect(await put()).toEqual([]);
    expect(await read(owner, one.id)).toMatchObject({ notes: 'changed' });
  });

  it('are announced as they stand, the new ones as new', async () => {
    const owner = await here.register();
    const browser = await elsewhere.browse(owner.token);
    const { body: known } = await here.send(owner, 'POST', '/api/prospects', { email: 'known@x.fr' });

    await here.inOrganizationOf(owner, async (tx) => {
      const book = here.get(ProspectBook);
      const fresh = (await book.upsertFromBookings(tx, [booked({ key: 'k', email: 'fresh@x.fr' })])).get('k')!;
      const changed = await book.putNotes(tx, [note(fresh.id), note(known.id)]);
      await book.announce(tx, { created: [fresh.id], updated: changed });
    });

    const heard = await eventually(
      async () => browser.heard,
      ({ length }) => length >= 3,
      5_000,
    );
    expect(heard.slice(1).map(({ name, payload }) => [name, payload['email'], payload['notes']])).toEqual([
      ['prospect:created', 'fresh@x.fr', 'Rendez-vous'],
      ['prospect:updated', 'known@x.fr', 'Rendez-vous'],
    ]);
    expect(heard[2]!.payload['updated_at']).not.toBe(known.updated_at);
    browser.socket.disconnect();
  });
});

function booked(person: Partial<BookedPerson>): BookedPerson {
  return {
    key: randomUUID(),
    email: null,
    firstname: 'John',
    lastname: 'Doe',
    phone: null,
    source: 'calendly',
    bookedAt: new Date(),
    ...person,
  };
}

function note(prospectId: string, rest: { sourceId?: string; text?: string; happensAt?: Date } = {}) {
  const happensAt = new Date('2026-01-16T15:30:00Z');
  return { prospectId, source: 'calendly', sourceId: 'booking-1', happensAt, text: 'Rendez-vous', ...rest };
}
