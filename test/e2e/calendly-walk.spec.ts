import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demand, type Person, startApp, type TestApp } from '../support/app.js';
import type { Browser, HeardMessage } from '../support/browser.js';

/** What a front end written for open rooms may try in order to hear more. */
const WAYS_TO_JOIN = ['join', 'subscribe', 'join:organization', 'join-room', 'joinOrganization', 'room'];

const FIRST = {
  type: 'calendly_prospect_created',
  title: 'Nouveau prospect Calendly',
  message: 'John Doe a réservé un rendez-vous "Découverte 30min" le 16/01/2026 16:30:00',
};
const SECOND = { ...FIRST, message: 'John Doe a réservé un rendez-vous "Découverte 30min" le 20/01/2026 10:00:00' };
const THIRD = { ...FIRST, message: 'John Doe a réservé un rendez-vous "Présentation produit" le 17/01/2026 14:00:00' };

const NOTES = [
  'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min',
  'Rendez-vous Calendly prévu le 17/01/2026 14:00:00 - Présentation produit',
  'Rendez-vous Calendly prévu le 20/01/2026 10:00:00 - Découverte 30min',
];

describe('one person books three appointments with a connected Calendly account', () => {
  let app: TestApp;
  let owner: Person;
  let neighbour: Person;
  let browsers: { owner: Browser; colleague: Browser; neighbour: Browser };

  beforeAll(async () => {
    app = await startApp();
    const another = await app.startAnother();
    owner = await app.registerOrganization();
    neighbour = await app.registerOrganization();
    const colleague = await app.addMember(owner);

    demand(200, await app.connectCalendly(owner));
    await app.eventually(async () => expect(await status()).toMatchObject({ webhook_active: true }));
    // The account's past is told in one sentence, and is over before the story begins.
    await app.eventually(async () => expect((await notifications()).length).toBe(1));

    browsers = {
      owner: await app.browse(owner),
      colleague: await another.browse(colleague),
      neighbour: await another.browse(neighbour),
    };
    const rooms = [`org:${owner.organizationId}`, `user:${owner.userId}`, owner.organizationId];
    for (const event of WAYS_TO_JOIN) {
      for (const room of rooms) (browsers.neighbour.socket as { emit(...args: unknown[]): unknown }).emit(event, room);
    }

    await book('Découverte 30min', '2026-01-16T15:30:00Z', 'John.Doe@example.test', 1);
    // Out of order on purpose: notes are read by the hour of the appointment, not by that of the booking.
    await book('Découverte 30min', '2026-01-20T09:00:00Z', 'john.doe@EXAMPLE.test', 2);
    await book('Présentation produit', '2026-01-17T13:00:00Z', 'JOHN.DOE@example.test', 3);
    if (process.env['DEMO_PRINT'] === '1') await print();
  });

  afterAll(async () => {
    await app.close();
  });

  it('becomes one prospect with three notes, one blank line between two, by the clock of the organization', async () => {
    const found = await john();
    expect(found).toHaveLength(1);
    expect(found[0]).toEqual({
      id: expect.any(String),
      firstname: 'John',
      lastname: 'Doe',
      email: 'John.Doe@example.test',
      phone: null,
      status: 'new',
      source: 'calendly',
      notes: NOTES.join('\n\n'),
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
  });

  it('is told once per appointment, in the agreed words, newest first', async () => {
    const [third, second, first, ...older] = await notifications();
    expect([first, second, third].map(toSentence)).toEqual([FIRST, SECOND, THIRD]);
    expect(older.map(({ type }) => type)).toEqual(['calendly_import_finished']);
  });

  it('is heard by the browsers of the organization, whichever instance they are connected to', async () => {
    const [prospect] = await john();
    for (const browser of [browsers.owner, browsers.colleague]) {
      expect(browser.heardOf('notification').map(toSentence)).toEqual([FIRST, SECOND, THIRD]);
      const { updated_at: _later, ...created } = prospect;
      expect(browser.heardOf('prospect:created')).toEqual([
        { ...created, notes: NOTES[0], created_at: expect.any(String) },
      ]);
      const { created_at: _once, ...updated } = prospect;
      expect(browser.heardOf('prospect:updated')).toEqual([
        { ...updated, notes: [NOTES[0], NOTES[2]].join('\n\n'), updated_at: expect.any(String) },
        { ...updated, updated_at: expect.any(String) },
      ]);
    }
  });

  it('is told in one message per appointment and person, not one per instance', () => {
    const heard = [browsers.owner, browsers.colleague].map((browser) => toldTo(browser).map(({ name }) => name));
    expect(heard.map((names) => names.toSorted())).toEqual([
      ['notification', 'notification', 'notification', 'prospect:created', 'prospect:updated', 'prospect:updated'],
      ['notification', 'notification', 'notification', 'prospect:created', 'prospect:updated', 'prospect:updated'],
    ]);
  });

  it('is not heard by a browser of another organization, whatever it asks to join', async () => {
    const body = { firstname: 'Ada', email: 'ada@example.test' };
    const { body: own } = demand(201, await app.http('POST', '/api/prospects', { token: neighbour.token, body }));
    await app.eventually(() => expect(browsers.neighbour.heard).not.toEqual([]));
    expect(browsers.neighbour.heard.map(({ name, payload }) => [name, payload['id']])).toEqual([
      ['prospect:created', own.id],
    ]);
    expect((await app.http('GET', '/api/notifications', { token: neighbour.token })).body).toEqual([]);
  });

  it('stands in the list of appointments, found by the address in any case', async () => {
    const path = '/calendly/events?invitee_email=john.doe@example.test';
    const { body } = demand(200, await app.http('GET', path, { token: owner.token }));
    const [prospect] = await john();
    expect(
      body.map((event: Record<string, unknown>) => [
        event['event_start_time'],
        event['event_name'],
        event['event_status'],
      ]),
    ).toEqual([
      ['2026-01-16T15:30:00.000Z', 'Découverte 30min', 'active'],
      ['2026-01-17T13:00:00.000Z', 'Présentation produit', 'active'],
      ['2026-01-20T09:00:00.000Z', 'Découverte 30min', 'active'],
    ]);
    expect(new Set(body.map((event: Record<string, unknown>) => event['prospect_id']))).toEqual(new Set([prospect.id]));
  });

  it('stands on the card of the prospect, note by note and appointment by appointment', async () => {
    const [{ id }] = await john();
    const { body } = demand(200, await app.http('GET', `/prospects/${id}`, { token: owner.token }));
    expect(body.note_entries.map(({ text }: { text: string }) => text)).toEqual(NOTES);
    expect(body.bookings.map(({ starts_at }: { starts_at: string }) => starts_at)).toEqual([
      '2026-01-20T09:00:00.000Z',
      '2026-01-17T13:00:00.000Z',
      '2026-01-16T15:30:00.000Z',
    ]);
  });

  it('may be joined by one that a colleague writes down, changes and deletes, seen by everybody as it happens', async () => {
    const { token } = owner;
    const before = toldTo(browsers.colleague).length;
    const person = { firstname: 'Grace', lastname: 'Hopper', email: 'grace@example.test' };
    const { body: created } = demand(201, await app.http('POST', '/prospects', { token, body: person }));
    const { updated_at: _unchanged, ...asCreated } = created;
    await app.eventually(() =>
      expect(toldTo(browsers.colleague).slice(before)).toEqual([{ name: 'prospect:created', payload: asCreated }]),
    );
    const path = `/prospects/${created.id}`;
    const { body: updated } = demand(200, await app.http('PATCH', path, { token, body: { status: 'contacted' } }));
    const { created_at: _unsaid, ...asUpdated } = updated;
    demand(204, await app.http('DELETE', path, { token }));
    await app.eventually(() =>
      expect(toldTo(browsers.colleague).slice(before + 1)).toEqual([
        { name: 'prospect:updated', payload: asUpdated },
        { name: 'prospect:deleted', payload: { id: created.id } },
      ]),
    );
  });

  it('is not doubled by a later reading of the account', async () => {
    const before = { prospects: await john(), notifications: await notifications() };
    const { body } = demand(200, await app.http('POST', '/calendly/sync?wait=true', { token: owner.token }));
    expect(body).toMatchObject({ success: true, state: 'succeeded', counts: { created: 0, prospects_created: 0 } });
    expect({ prospects: await john(), notifications: await notifications() }).toEqual(before);
  });

  async function book(eventType: string, startTime: string, email: string, nth: number): Promise<void> {
    const order = { event_type: eventType, start_time: startTime, invitees: [{ name: 'John Doe', email }] };
    app.sandbox.control.book(order);
    await app.eventually(() => {
      for (const browser of [browsers.owner, browsers.colleague]) expect(toldTo(browser)).toHaveLength(2 * nth);
    });
  }

  async function john() {
    return (await app.http('GET', '/prospects?search=john.doe', { token: owner.token })).body;
  }

  async function notifications(): Promise<Record<string, string>[]> {
    return (await app.http('GET', '/notifications', { token: owner.token })).body;
  }

  async function status() {
    return (await app.http('GET', '/calendly/status', { token: owner.token })).body;
  }

  async function print(): Promise<void> {
    const [prospect] = await john();
    const told = (await notifications()).map(({ title, message }) => `  ${title} : ${message}`);
    const heard = Object.entries(browsers).map(
      ([who, { heard: messages }]) =>
        `  ${who}\n${messages.map(({ name, payload }) => `    ${name} ${JSON.stringify(payload)}`).join('\n')}`,
    );
    process.stdout.write(
      [
        '',
        `Prospect\n  ${prospect.firstname} ${prospect.lastname} <${prospect.email}>, ${prospect.source}, ${prospect.id}`,
        `Notes\n  ${prospect.notes.replaceAll('\n', '\n  ')}`,
        `Notifications, newest first\n${told.join('\n')}`,
        `Socket messages\n${heard.join('\n')}`,
        '',
      ].join('\n\n'),
    );
  }
});

/** All but the hint for whoever watches the delivery log, which comes when it likes. */
function toldTo({ heard }: Browser): HeardMessage[] {
  return heard.filter(({ name }) => name !== 'delivery:changed');
}

function toSentence(notification: Record<string, unknown> | undefined) {
  const { type, title, message } = notification ?? {};
  return { type, title, message };
}
