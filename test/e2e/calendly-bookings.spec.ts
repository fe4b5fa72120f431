import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { demand, type Person, startApp, type TestApp } from '../support/app.js';

const EMAIL = 'john.doe@example.test';
const FIRST_HOUR = '2026-01-16T15:30:00Z';
const SECOND_HOUR = '2026-01-17T13:00:00Z';
const THIRD_HOUR = '2026-01-20T09:00:00Z';

const BOOKED = {
  type: 'calendly_prospect_created',
  message: 'John Doe a réservé un rendez-vous "Découverte 30min" le 16/01/2026 16:30:00',
};
const MOVED = {
  type: 'calendly_booking_moved',
  message: 'John Doe a déplacé son rendez-vous "Découverte 30min" du 16/01/2026 16:30:00 au 17/01/2026 14:00:00',
};
const FIRST_NOTE = 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min';
const SECOND_NOTE = 'Rendez-vous Calendly prévu le 17/01/2026 14:00:00 - Découverte 30min';
const THIRD_NOTE = 'Rendez-vous Calendly prévu le 20/01/2026 10:00:00 - Découverte 30min';

let app: TestApp;
let owner: Person;
/** A paid Calendly account without a past, for one test. */
let account: string;
let accounts = 0;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app.close();
});

beforeEach(async () => {
  accounts += 1;
  account = `host.${accounts}@example.test`;
  app.sandbox.control.addAccount({ name: `Hôte ${accounts}`, email: account });
  owner = await app.registerConnected({ account });
});

describe('a move', () => {
  it.each(['canceled-first', 'created-first'] as const)(
    'is one move, whichever half is told first: %s',
    async (order) => {
      const first = book(FIRST_HOUR);
      await processed(1);
      const { new: second } = app.sandbox.control.move({ invitee: first.invitee, start_time: SECOND_HOUR, order });
      await processed(3);

      expect(await told()).toEqual([BOOKED, MOVED]);
      expect(await prospects()).toMatchObject([
        {
          email: EMAIL,
          notes: `${FIRST_NOTE} (déplacé au 17/01/2026 14:00:00)\n\n${SECOND_NOTE}`,
        },
      ]);
      expect(await events()).toMatchObject([
        { invitee_uri: first.invitee, event_status: 'rescheduled', event_start_time: '2026-01-16T15:30:00.000Z' },
        { invitee_uri: second.invitee.uri, event_status: 'active', event_start_time: '2026-01-17T13:00:00.000Z' },
      ]);
      const [before, after] = [idIn(first.invitee), idIn(second.invitee.uri)];
      expect(await chain()).toEqual([
        { external_id: before, previous_external_id: null, next_external_id: after },
        { external_id: after, previous_external_id: before, next_external_id: null },
      ]);
    },
  );

  it('arrives before the booking it moves, and ends the same', async () => {
    const { invitee, bookingComes } = bookUntold(FIRST_HOUR);
    app.sandbox.control.move({ invitee, start_time: SECOND_HOUR, order: 'created-first' });
    await processed(2);
    await bookingComes();
    await processed(3);

    expect(await prospects()).toMatchObject([
      { notes: `${FIRST_NOTE} (déplacé au 17/01/2026 14:00:00)\n\n${SECOND_NOTE}` },
    ]);
    expect((await events()).map(({ event_status }) => event_status)).toEqual(['rescheduled', 'active']);
    expect(await told()).toEqual([MOVED]);
  });

  it('of a move is a chain of three, told as two moves and one booking', async () => {
    const first = book(FIRST_HOUR);
    await processed(1);
    const { new: second } = app.sandbox.control.move({ invitee: first.invitee, start_time: SECOND_HOUR });
    await processed(3);
    const { new: third } = app.sandbox.control.move({ invitee: second.invitee.uri, start_time: THIRD_HOUR });
    await processed(5);

    expect((await told()).map(({ type }) => type)).toEqual([
      'calendly_prospect_created',
      'calendly_booking_moved',
      'calendly_booking_moved',
    ]);
    const [prospect] = await prospects();
    expect(prospect?.['notes']).toBe(
      [
        `${FIRST_NOTE} (déplacé au 17/01/2026 14:00:00)`,
        `${SECOND_NOTE} (déplacé au 20/01/2026 10:00:00)`,
        THIRD_NOTE,
      ].join('\n\n'),
    );
    const ids = [first.invitee, second.invitee.uri, third.invitee.uri].map(idIn);
    expect((await chain()).map(({ external_id, next_external_id }) => [external_id, next_external_id])).toEqual([
      [ids[0], ids[1]],
      [ids[1], ids[2]],
      [ids[2], null],
    ]);
  });

  it('found by a reading is told like one that was pushed', async () => {
    app.sandbox.control.dropDeliveries({ times: 3 });
    const first = book(FIRST_HOUR, 'inside');
    await read();
    app.sandbox.control.move({ invitee: first.invitee, start_time: soon(3) });
    await read();
    expect((await told()).map(({ type }) => type)).toEqual(['calendly_prospect_created', 'calendly_booking_moved']);
    expect((await events()).map(({ event_status }) => event_status)).toEqual(['rescheduled', 'active']);
    expect(await prospects()).toHaveLength(1);
  });
});

describe('a cancellation', () => {
  const cases = [
    ['invitee', 'John Doe a annulé le rendez-vous "Découverte 30min" du 16/01/2026 16:30:00'],
    ['host', 'Le rendez-vous "Découverte 30min" de John Doe le 16/01/2026 16:30:00 est annulé'],
  ] as const;

  it.each(cases)('by the %s is told once, and the note says so', async (by, message) => {
    const { invitee } = book(FIRST_HOUR);
    await processed(1);
    app.sandbox.control.cancel({ invitee, by, reason: 'Empêchement' });
    await processed(2);

    expect(await told()).toEqual([BOOKED, { type: 'calendly_booking_canceled', message }]);
    expect(await prospects()).toMatchObject([{ notes: `${FIRST_NOTE} (annulé)` }]);
    expect(await events()).toMatchObject([{ event_status: 'canceled', invitee_email: EMAIL }]);
  });

  it('that arrives before its booking stays a cancellation, and is told in one sentence', async () => {
    const { invitee, bookingComes } = bookUntold(FIRST_HOUR);
    app.sandbox.control.cancel({ invitee });
    await processed(1);
    await bookingComes();
    await processed(2);

    expect(await told()).toEqual([
      {
        type: 'calendly_booking_canceled',
        message: 'John Doe a réservé puis annulé le rendez-vous "Découverte 30min" du 16/01/2026 16:30:00',
      },
    ]);
    expect(await events()).toMatchObject([{ event_status: 'canceled' }]);
    expect(await prospects()).toMatchObject([{ notes: `${FIRST_NOTE} (annulé)` }]);
  });

  it('is not undone by the booking’s delivery coming again', async () => {
    const { invitee } = book(FIRST_HOUR);
    await processed(1);
    app.sandbox.control.cancel({ invitee });
    await processed(2);
    await app.sandbox.control.repeatDelivery({ delivery: deliveryOfBooking(invitee), times: 3 });
    await read();
    expect(await events()).toMatchObject([{ event_status: 'canceled' }]);
    expect((await told()).map(({ type }) => type)).toEqual(['calendly_prospect_created', 'calendly_booking_canceled']);
  });
});

describe('an absence', () => {
  it('is marked, told, shown, and taken back again', async () => {
    const { invitee } = book(FIRST_HOUR);
    await processed(1);
    const browser = await app.browse(owner);

    app.sandbox.control.markNoShow({ invitee });
    await processed(2);
    expect(await events()).toMatchObject([{ event_status: 'no_show' }]);
    const [marked] = await prospects();
    expect(marked?.['notes']).toMatch(
      /^Rendez-vous .* - Découverte 30min \(absent, signalé le \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\)$/,
    );
    expect(await told()).toEqual([
      BOOKED,
      {
        type: 'calendly_booking_no_show',
        message: 'John Doe n’est pas venu au rendez-vous "Découverte 30min" du 16/01/2026 16:30:00',
      },
    ]);

    app.sandbox.control.unmarkNoShow({ invitee });
    await processed(3);
    expect(await events()).toMatchObject([{ event_status: 'active' }]);
    expect(await prospects()).toMatchObject([{ notes: FIRST_NOTE }]);
    expect(await told()).toHaveLength(2);
    await app.eventually(() =>
      expect(browser.heardOf('prospect:updated').map(({ notes }) => notes)).toEqual([marked?.['notes'], FIRST_NOTE]),
    );
  });

  it('is marked once, however often it is told', async () => {
    const { invitee } = book(FIRST_HOUR);
    app.sandbox.control.markNoShow({ invitee });
    await processed(2);
    const marking = app.sandbox.control.deliveries().findLast(({ event }) => event === 'invitee_no_show.created')!;
    await app.sandbox.control.repeatDelivery({ delivery: marking.id, times: 5 });
    await read();
    expect((await told()).map(({ type }) => type)).toEqual(['calendly_prospect_created', 'calendly_booking_no_show']);
    expect(await events()).toMatchObject([{ event_status: 'no_show' }]);
  });
});

describe('a group event', () => {
  const people = ['Ada', 'Bo', 'Cleo', 'Dan', 'Eva', 'Flo', 'Gus'].map((firstname) => ({
    name: `${firstname} Groupe`,
    email: `${firstname.toLowerCase()}@groupe.example`,
  }));

  it('is one appointment, prospect and note for each of seven, and one who cancels touches only his own', async () => {
    const { invitees } = app.sandbox.control.book({
      account,
      event_type: 'atelier-collectif',
      start_time: FIRST_HOUR,
      invitees: people,
    });
    await processed(7);
    const booked = await events();
    expect(booked).toHaveLength(7);
    expect(new Set(booked.map(({ calendly_event_uri: uri }) => uri)).size).toBe(1);
    expect(new Set(booked.map(({ invitee_uri: uri }) => uri)).size).toBe(7);
    const note = 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Atelier collectif';
    const everybody = await prospects('groupe');
    expect(everybody.map(({ email }) => email).toSorted()).toEqual(people.map(({ email }) => email));
    expect(everybody.map(({ notes }) => notes)).toEqual(Array(7).fill(note));

    app.sandbox.control.cancel({ invitee: invitees[3]!.uri });
    await processed(8);
    await read();
    const after = await prospects('groupe');
    const gone = after.filter(({ notes }) => notes === `${note} (annulé)`);
    expect(gone.map(({ email }) => email)).toEqual(['dan@groupe.example']);
    expect(after.filter(({ notes }) => notes === note)).toHaveLength(6);
    expect((await events()).map(({ event_status }) => event_status).toSorted()).toEqual([
      ...Array<string>(6).fill('active'),
      'canceled',
    ]);
    expect((await told()).map(({ type }) => type).toSorted()).toEqual([
      'calendly_booking_canceled',
      ...Array<string>(7).fill('calendly_prospect_created'),
    ]);
  });
});

describe('what the invitee filled in', () => {
  it('is kept: questions, answers and campaign, in their order and with their accents', async () => {
    const answers = [
      { question: 'Quel est votre projet ?', answer: 'Refaire le site de l’école « Été » 🎒', position: 0 },
      { question: 'Téléphone', answer: '+33 6 12 34 56 78', position: 1 },
      { question: 'Une dernière chose ?', answer: 'Première ligne\nSeconde ligne', position: 2 },
    ];
    const tracking = { utm_source: 'newsletter', utm_campaign: 'rentrée', utm_medium: 'e-mail', utm_content: 'bouton' };
    app.sandbox.control.book({
      account,
      start_time: FIRST_HOUR,
      invitees: [
        {
          name: 'Zoé d’Éon-Lefèvre',
          email: EMAIL,
          timezone: 'America/Montreal',
          text_reminder_number: '+33 6 00 00 00 00',
          questions_and_answers: answers.toReversed(),
          tracking,
        },
      ],
    });
    await processed(1);
    expect(await events()).toMatchObject([
      {
        invitee_name: 'Zoé d’Éon-Lefèvre',
        invitee_timezone: 'America/Montreal',
        invitee_questions: answers,
        tracking: { ...tracking, utm_term: null },
      },
    ]);
    expect(await prospects()).toMatchObject([
      { firstname: 'Zoé', lastname: 'd’Éon-Lefèvre', phone: '+33 6 00 00 00 00' },
    ]);
    // The hour is that of the organization, wherever the invitee is.
    expect(await prospects()).toMatchObject([{ notes: FIRST_NOTE }]);
  });

  it('is told by the clock and in the words of the organization', async () => {
    const settings = { time_zone: 'America/New_York', locale: 'en' };
    const changed = await app.http('PATCH', '/api/organization', { token: owner.token, body: settings });
    demand(200, changed);
    book(FIRST_HOUR);
    await processed(1);
    expect(await told()).toEqual([
      { type: 'calendly_prospect_created', message: 'John Doe booked "Découverte 30min" on 16/01/2026 10:30:00' },
    ]);
    expect(await prospects()).toMatchObject([
      { notes: 'Calendly appointment on 16/01/2026 10:30:00 - Découverte 30min' },
    ]);
  });

  it('is text and nothing else: a name made of HTML stays as it was typed', async () => {
    const name = '<img src=x onerror=alert(1)> "O\'Neil" \\ {{7*7}} %s';
    app.sandbox.control.book({ account, start_time: FIRST_HOUR, invitees: [{ name, email: EMAIL }] });
    await processed(1);
    expect(await events()).toMatchObject([{ invitee_name: name }]);
    expect((await told())[0]?.message).toContain(name);
  });

  it('belongs to a prospect who was there before, and keeps what people had written', async () => {
    const body = { firstname: 'Jean', lastname: 'Dupont', email: EMAIL.toUpperCase(), notes: 'À rappeler lundi' };
    demand(201, await app.http('POST', '/prospects', { token: owner.token, body }));
    book(FIRST_HOUR);
    await processed(1);
    const found = await prospects();
    expect(found).toMatchObject([{ firstname: 'Jean', lastname: 'Dupont', source: 'manual' }]);
    const paragraphs = String(found[0]?.['notes']).split('\n\n');
    expect(paragraphs.toSorted()).toEqual([FIRST_NOTE, 'À rappeler lundi']);
  });
});

function book(startTime: string, where: 'past' | 'inside' = 'past'): { invitee: string } {
  const { invitees } = app.sandbox.control.book({
    account,
    // A reading looks thirty days back and no further.
    start_time: where === 'inside' ? soon(2) : startTime,
    invitees: [{ name: 'John Doe', email: EMAIL }],
  });
  return { invitee: invitees[0]!.uri };
}

/** Its delivery is on its way until `bookingComes`, so that others overtake it and are read before it. */
function bookUntold(startTime: string) {
  app.sandbox.control.dropDeliveries();
  const { invitee } = book(startTime);
  const delivery = deliveryOfBooking(invitee);
  return { invitee, bookingComes: () => app.sandbox.control.repeatDelivery({ delivery }) };
}

function deliveryOfBooking(invitee: string): string {
  const created = app.sandbox.control.deliveries().find(({ event, body }) => {
    return event === 'invitee.created' && JSON.stringify(body).includes(invitee);
  });
  return created!.id;
}

function soon(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

/** Until so many deliveries of this organization have been worked through. */
async function processed(count: number): Promise<void> {
  await app.eventually(async () => {
    const { body } = demand(200, await app.http('GET', '/api/deliveries?state=processed', { token: owner.token }));
    expect(body).toHaveLength(count);
  });
}

async function read(): Promise<void> {
  const { body } = demand(200, await app.http('POST', '/calendly/sync?wait=true', { token: owner.token }));
  expect(body).toMatchObject({ success: true, state: 'succeeded' });
}

/** In the order in which it was told, without the summary of the first import. */
async function told(): Promise<{ type: string; message: string }[]> {
  const { body } = demand(200, await app.http('GET', '/notifications?limit=200', { token: owner.token }));
  return body
    .filter(({ type }: { type: string }) => type !== 'calendly_import_finished')
    .map(({ type, message }: { type: string; message: string }) => ({ type, message }))
    .toReversed();
}

async function prospects(search = EMAIL): Promise<Record<string, unknown>[]> {
  return demand(200, await app.http('GET', `/prospects?search=${search}&limit=200`, { token: owner.token })).body;
}

async function events(): Promise<Record<string, string>[]> {
  return demand(200, await app.http('GET', '/calendly/events?limit=200', { token: owner.token })).body;
}

async function chain() {
  return await app.database.query(
    `SELECT external_id, previous_external_id, next_external_id FROM bookings
     WHERE organization_id = $1 ORDER BY starts_at`,
    [owner.organizationId],
  );
}

function idIn(inviteeUri: string): string {
  const [, event, invitee] = /scheduled_events\/([^/]+)\/invitees\/([^/]+)$/.exec(inviteeUri)!;
  return `${event}/${invitee}`;
}
