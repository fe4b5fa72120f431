import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from './start-cal-com-sandbox.js';
import { type Answer, ApiCaller, ManagedUser } from './testing/api-caller.js';

const frozenAt = new Date('2026-11-20T10:00:00Z');

describe('bookings', () => {
  let sandbox: CalComSandbox;
  let nobody: ApiCaller;
  let host: ApiCaller;
  beforeEach(async () => {
    sandbox = await startCalComSandbox({ frozenAt });
    nobody = new ApiCaller(sandbox);
    host = ApiCaller.withApiKey(sandbox);
  });
  afterEach(() => sandbox.close());

  const eventTypeId = (slug = '30min') =>
    sandbox.control.accounts()[0]?.event_types.find((type) => type.slug === slug)?.id ?? 0;
  const order = (changes: Record<string, unknown> = {}) => ({
    start: '2026-11-24T09:00:00Z',
    eventTypeId: eventTypeId(),
    attendee: { name: 'Zoé Martin', email: 'zoé@exemple.fr', timeZone: 'Europe/Paris', language: 'fr' },
    ...changes,
  });
  const book = async (changes: Record<string, unknown> = {}) =>
    (await nobody.post('/bookings', order(changes))).body.data;
  const refusal = ({ status, body }: Answer) => [status, body.error.message];

  describe('to make one', () => {
    it('anybody may, and sees it as accepted', async () => {
      const { status, body } = await nobody.post('/bookings', {
        ...order({ metadata: { utm_source: 'lettre' }, bookingFieldsResponses: { projet: 'Site' } }),
        guests: ['ami@exemple.fr'],
      });
      expect(status).toBe(201);
      expect(body.data).toMatchObject({
        title: 'Découverte 30min entre Nora Petit et Zoé Martin',
        status: 'accepted',
        hosts: [{ id: 179, email: 'nora@example.test', displayEmail: 'nora@example.test' }],
        start: '2026-11-24T09:00:00.000Z',
        end: '2026-11-24T09:30:00.000Z',
        duration: 30,
        eventType: { slug: '30min' },
        absentHost: false,
        metadata: { utm_source: 'lettre' },
        attendees: [{ name: 'Zoé Martin', email: 'zoé@exemple.fr', language: 'fr', absent: false }],
        guests: ['ami@exemple.fr'],
        bookingFieldsResponses: { name: 'Zoé Martin', email: 'zoé@exemple.fr', projet: 'Site' },
      });
      expect(body.data.uid).toMatch(/^\w{22}$/);
      expect(body.data).not.toHaveProperty('cancellationReason');
      expect((await nobody.get(`/bookings/${body.data.uid}`)).body.data).toEqual(body.data);
    });

    it('one names the event type by id, or by slug and user', async () => {
      const { username } = sandbox.control.accounts()[0]?.user ?? {};
      const named = { eventTypeId: undefined, eventTypeSlug: '30min', username };
      expect((await nobody.post('/bookings', order(named))).status).toBe(201);
      expect((await nobody.post('/bookings', order({ eventTypeId: 999 }))).status).toBe(404);
      expect((await nobody.post('/bookings', order({ eventTypeId: undefined }))).status).toBe(400);
    });

    it.each([
      ['the past', '2026-11-19T09:00:00Z', 'Attempting to book a meeting in the past.'],
      ['a Sunday', '2026-11-22T09:00:00Z', 'User either already has booking at this time or is not available'],
      [
        'the evening in Paris',
        '2026-11-24T16:30:00Z',
        'User either already has booking at this time or is not available',
      ],
    ])('%s is not on offer', async (_case, start, message) => {
      expect(refusal(await nobody.post('/bookings', order({ start })))).toEqual([400, message]);
    });

    it('a slot is taken once, though many ask together', async () => {
      const answers = await Promise.all([1, 2, 3].map(() => nobody.post('/bookings', order())));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400, 400]);
    });

    it.each([
      ['a start with an offset', { start: '2026-11-24T10:00:00+01:00' }],
      ['no attendee', { attendee: undefined }],
      ['an attendee without zone', { attendee: { name: 'Z', email: 'z@exemple.fr' } }],
      ['a length it cannot have', { lengthInMinutes: 45 }],
    ])('%s is refused', async (_case, changes) => {
      expect((await nobody.post('/bookings', order(changes))).status).toBe(400);
    });
  });

  describe('to move one', () => {
    it('makes another with another uid, and ties the two', async () => {
      const old = await book();
      const { status, body } = await nobody.post(`/bookings/${old.uid}/reschedule`, {
        start: '2026-11-25T09:00:00Z',
        reschedulingReason: 'Train',
      });
      expect(status).toBe(201);
      expect(body.data.uid).not.toBe(old.uid);
      expect(body.data).toMatchObject({
        rescheduledFromUid: old.uid,
        reschedulingReason: 'Train',
        rescheduledByEmail: 'zoé@exemple.fr',
        icsUid: old['icsUid'],
      });
      const { data } = (await nobody.get(`/bookings/${old.uid}`)).body;
      expect(data).toMatchObject({ status: 'cancelled', rescheduledToUid: body.data.uid });
      const again = await nobody.post(`/bookings/${old.uid}/reschedule`, { start: '2026-11-26T09:00:00Z' });
      expect(refusal(again)).toEqual([400, expect.stringContaining(`rescheduled already to booking with uid=`)]);
      expect((await nobody.post(`/bookings/${old.uid}/cancel`)).status).toBe(400);
    });

    it('by minutes, the booking is not in its own way', async () => {
      const { uid } = await book();
      const move = { start: '2026-11-24T09:15:00Z' };
      expect((await nobody.post(`/bookings/${uid}/reschedule`, move)).status).toBe(201);
    });

    it('needs the host’s word again where bookings do, unless the host’s address comes with it', async () => {
      const asked = await book({ eventTypeId: eventTypeId('entretien') });
      expect(asked.status).toBe('pending');
      await host.post(`/bookings/${asked.uid}/confirm`);
      const byAttendee = await nobody.post(`/bookings/${asked.uid}/reschedule`, { start: '2026-11-25T09:00:00Z' });
      expect(byAttendee.body.data.status).toBe('pending');
      const { uid } = byAttendee.body.data;
      const unsaid = await host.post(`/bookings/${uid}/reschedule`, { start: '2026-11-26T09:00:00Z' });
      expect(unsaid.body.data.status).toBe('pending');
      const move = { start: '2026-11-27T09:00:00Z', rescheduledBy: 'nora@example.test' };
      const byHost = await host.post(`/bookings/${unsaid.body.data.uid}/reschedule`, move);
      expect(byHost.body.data).toMatchObject({ status: 'accepted', rescheduledByEmail: 'nora@example.test' });
    });
  });

  it('are cancelled by whoever holds the uid, once', async () => {
    const { uid } = await book();
    const { body } = await nobody.post(`/bookings/${uid}/cancel`, { cancellationReason: 'Malade' });
    expect(body.data).toMatchObject({
      status: 'cancelled',
      cancellationReason: 'Malade',
      cancelledByEmail: 'zoé@exemple.fr',
    });
    expect((await nobody.post(`/bookings/${uid}/cancel`)).status).toBe(400);
    const other = await book();
    const byHost = await host.post(`/bookings/${other.uid}/cancel`);
    expect(byHost.body.data['cancelledByEmail']).toBe('nora@example.test');
  });

  it('are confirmed and declined by the host alone, and only while they wait', async () => {
    const { uid } = await book({ eventTypeId: eventTypeId('entretien') });
    const stranger = await ManagedUser.create(sandbox);
    expect((await nobody.post(`/bookings/${uid}/confirm`)).status).toBe(401);
    expect((await stranger.post(`/bookings/${uid}/confirm`)).status).toBe(403);
    expect((await host.post(`/bookings/${uid}/confirm`)).body.data.status).toBe('accepted');
    expect((await host.post(`/bookings/${uid}/confirm`)).status).toBe(400);
    expect((await host.post(`/bookings/${uid}/decline`, { reason: 'x' })).status).toBe(400);
  });

  it('show absences, and take them back', async () => {
    const { uid } = await book();
    const mark = (absent: boolean, email = 'zoé@exemple.fr') =>
      host.post(`/bookings/${uid}/mark-absent`, { attendees: [{ email, absent }] });
    expect((await mark(true)).body.data['attendees']).toMatchObject([{ absent: true }]);
    expect((await mark(false)).body.data['attendees']).toMatchObject([{ absent: false }]);
    expect((await mark(true, 'autre@exemple.fr')).status).toBe(400);
    expect((await host.post(`/bookings/${uid}/mark-absent`, { host: true })).body.data['absentHost']).toBe(true);
    expect((await host.post(`/bookings/${uid}/mark-absent`, {})).status).toBe(400);
  });

  describe('with seats', () => {
    const seated = (name: string) =>
      book({
        eventTypeId: eventTypeId('atelier-collectif'),
        attendee: { name, email: `${name}@exemple.fr`, timeZone: 'Europe/Paris' },
      });

    it('are shared, seat by seat, and each has a uid of its own', async () => {
      const [paul, lina] = [await seated('paul'), await seated('lina')];
      expect(lina.uid).toBe(paul.uid);
      const { data } = (await nobody.get(`/bookings/${paul.uid}`)).body;
      expect(data).not.toHaveProperty('bookingFieldsResponses');
      expect(data['attendees']).toMatchObject([
        { name: 'paul', seatUid: paul['seatUid'] },
        { name: 'lina', seatUid: lina['seatUid'], bookingFieldsResponses: { name: 'lina' } },
      ]);
    });

    it('stand as long as anybody has one', async () => {
      const [paul, lina] = [await seated('paul'), await seated('lina')];
      const leave = (seat: unknown) => nobody.post(`/bookings/${paul.uid}/cancel`, { seatUid: seat });
      expect((await nobody.post(`/bookings/${paul.uid}/cancel`, {})).status).toBe(400);
      expect((await leave(paul['seatUid'])).body.data.status).toBe('accepted');
      expect((await leave(lina['seatUid'])).body.data.status).toBe('cancelled');
      expect((await leave(lina['seatUid'])).status).toBe(400);
    });

    it('move one by one', async () => {
      const [paul, lina] = [await seated('paul'), await seated('lina')];
      const move = { start: '2026-11-25T09:00:00Z', seatUid: lina['seatUid'] };
      const { body } = await nobody.post(`/bookings/${paul.uid}/reschedule`, move);
      expect(body.data).toMatchObject({ seatUid: lina['seatUid'], attendees: [{ name: 'lina' }] });
      const { data } = (await nobody.get(`/bookings/${paul.uid}`)).body;
      expect(data).toMatchObject({ status: 'accepted', attendees: [{ name: 'paul' }] });
      const { data: found } = (await nobody.get(`/bookings/by-seat/${String(lina['seatUid'])}`)).body;
      expect(found.uid).toBe(body.data.uid);
    });

    it('are named to move by the API, and stay where they are when that is no move', async () => {
      const paul = await seated('paul');
      const start = '2026-11-25T09:00:00Z';
      const unnamed = await host.post(`/bookings/${paul.uid}/reschedule`, { start });
      expect(refusal(unnamed)).toEqual([400, 'seatUid is missing']);
      const still = { start: paul['start'], seatUid: paul['seatUid'] };
      const unmoved = await nobody.post(`/bookings/${paul.uid}/reschedule`, still);
      expect(refusal(unmoved)).toEqual([400, 'This seat is at this time already']);
      const { data } = (await nobody.get(`/bookings/${paul.uid}`)).body;
      expect(data).toMatchObject({ status: 'accepted', attendees: [{ name: 'paul' }] });
    });

    it('are found where they went with all the others', async () => {
      const paul = await seated('paul');
      const { new: successor } = sandbox.control.move({
        booking: paul.uid,
        by: 'host',
        start: '2026-11-25T09:00:00Z',
      });
      const { data } = (await nobody.get(`/bookings/by-seat/${String(paul['seatUid'])}`)).body;
      expect(data.uid).toBe(successor.uid);
    });

    it('are refused when there are no more', async () => {
      for (let seat = 1; seat <= 7; seat += 1) await seated(`p${seat}`);
      const attendee = { name: 'p8', email: 'p8@exemple.fr', timeZone: 'Europe/Paris' };
      const late = await nobody.post('/bookings', order({ eventTypeId: eventTypeId('atelier-collectif'), attendee }));
      expect(refusal(late)).toEqual([400, 'Booking is full']);
    });
  });

  it('of a series answer to its uid together', async () => {
    const first = sandbox.control.book({ start: '2026-11-24T09:00:00Z', occurrences: 3 });
    const uid = first.recurringBookingUid ?? '';
    expect((await nobody.get(`/bookings/${uid}`)).body.data).toHaveLength(3);
    const cancelled = (await nobody.post(`/bookings/${uid}/cancel`)).body.data as unknown as { status: string }[];
    expect(cancelled.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  describe('listed', () => {
    const list = async (query: Record<string, string> = {}, caller = host) => {
      const { body } = await caller.get('/bookings', query);
      return { bookings: body.data as unknown as { uid: string; status: string }[], pagination: body.pagination };
    };
    const statuses = async (status: string) =>
      [...new Set((await list({ status })).bookings.map((booking) => booking.status))].toSorted();

    it('are the caller’s own', async () => {
      const user = await ManagedUser.create(sandbox);
      expect((await list({}, user)).bookings).toEqual([]);
      expect((await nobody.get('/bookings')).status).toBe(401);
      const clientAlone = await ApiCaller.asClient(sandbox).get('/bookings');
      expect(clientAlone.status).toBe(401);
    });

    it('go by pages, and say where they stand', async () => {
      const { bookings, pagination } = await list({ take: '4', skip: '4' });
      expect(bookings).toHaveLength(4);
      expect(pagination).toEqual({
        totalItems: 9,
        remainingItems: 1,
        returnedItems: 4,
        itemsPerPage: 4,
        currentPage: 2,
        totalPages: 3,
        hasNextPage: true,
        hasPreviousPage: true,
      });
      sandbox.control.seed({ bookings: 150 });
      expect((await list()).pagination).toMatchObject({ returnedItems: 100, itemsPerPage: 100, hasNextPage: true });
      expect((await host.get('/bookings', { take: '251' })).status).toBe(400);
    });

    it('by stage', async () => {
      expect(await statuses('upcoming')).toEqual(['accepted', 'pending']);
      expect(await statuses('past')).toEqual(['accepted']);
      expect(await statuses('cancelled')).toEqual(['cancelled', 'rejected']);
      expect(await statuses('unconfirmed,past')).toEqual(['accepted', 'pending']);
      expect((await host.get('/bookings', { status: 'accepted' })).status).toBe(400);
    });

    it('after a moment they changed, that moment left out', async () => {
      const { uid } = await book();
      const since = async (instant: string) =>
        (await list({ afterUpdatedAt: instant })).bookings.map((booking) => booking.uid);
      expect(await since('2026-11-20T09:59:59.999Z')).toEqual([uid]);
      expect(await since('2026-11-20T10:00:00.000Z')).toEqual([]);
      await sandbox.control.advance({ seconds: 60 });
      sandbox.control.cancel({ booking: uid });
      expect(await since('2026-11-20T10:00:00.000Z')).toEqual([uid]);
      expect((await host.get('/bookings', { afterUpdatedAt: 'hier' })).status).toBe(400);
    });

    it('show both sides of a move as changed', async () => {
      const { uid } = await book();
      await sandbox.control.advance({ seconds: 60 });
      const moved = sandbox.control.move({ booking: uid, start: '2026-11-25T09:00:00Z' });
      const { bookings } = await list({ afterUpdatedAt: '2026-11-20T10:00:30Z', sortUpdatedAt: 'asc' });
      expect(bookings.map((booking) => booking.uid)).toEqual([uid, moved.new.uid]);
    });

    it('may keep an absence to themselves', async () => {
      sandbox.control.changeSettings({ no_show_moves_updated_at: false });
      const { uid } = await book();
      await sandbox.control.advance({ seconds: 60 });
      sandbox.control.markNoShow({ booking: uid });
      expect((await list({ afterUpdatedAt: '2026-11-20T10:00:30Z' })).bookings).toEqual([]);
    });

    it('by attendee, event type and time, in the order asked for', async () => {
      const { uid } = await book();
      const uids = async (query: Record<string, string>) => (await list(query)).bookings.map((booking) => booking.uid);
      expect(await uids({ attendeeEmail: 'zoé@exemple.fr' })).toEqual([uid]);
      expect(await uids({ attendeeName: 'Zoé Martin' })).toEqual([uid]);
      expect(await uids({ bookingUid: uid })).toEqual([uid]);
      expect(await uids({ eventTypeIds: `${eventTypeId('atelier-collectif')},999` })).toHaveLength(1);
      expect(await uids({ afterStart: '2026-11-24T08:00:00Z', beforeEnd: '2026-11-24T10:00:00Z' })).toEqual([uid]);
      const ascending = await uids({ sortStart: 'asc' });
      expect(await uids({ sortStart: 'desc' })).toEqual(ascending.toReversed());
    });
  });

  it('keep their uids from one start to the next', async () => {
    const other = await startCalComSandbox({ frozenAt });
    try {
      const uids = (one: CalComSandbox) => one.control.bookings().map(({ uid }) => uid);
      expect(uids(other)).toEqual(uids(sandbox));
    } finally {
      await other.close();
    }
  });
});
