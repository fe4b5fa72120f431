import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from './start-cal-com-sandbox.js';
import { type Answer, ApiCaller, ManagedUser } from './testing/api-caller.js';
import { startWebhookReceiver, type WebhookReceiver } from './testing/webhook-receiver.js';
import { knownTriggers } from './triggers.js';

const frozenAt = new Date('2026-11-20T10:00:00.123Z');
const secret = 'clé partagée';

describe('webhooks', () => {
  let sandbox: CalComSandbox;
  let receiver: WebhookReceiver;
  let key: ApiCaller;
  beforeEach(async () => {
    sandbox = await startCalComSandbox({ frozenAt });
    receiver = await startWebhookReceiver();
    key = ApiCaller.withApiKey(sandbox);
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const subscribe = (changes: Record<string, unknown> = {}, path = '/webhooks', caller = key): Promise<Answer> =>
    caller.post(path, { subscriberUrl: receiver.url, triggers: [...knownTriggers], active: true, secret, ...changes });
  const settled = () => sandbox.control.deliveriesSettled();
  const last = () => receiver.envelopes().at(-1)?.payload ?? {};
  const start = '2026-11-24T09:00:00Z';

  describe('a subscription', () => {
    it('of the client hears of every managed user, one of a user or an event type of its own alone', async () => {
      const user = await ManagedUser.create(sandbox);
      await subscribe({}, `/oauth-clients/${sandbox.clientId}/webhooks`, ApiCaller.asClient(sandbox));
      sandbox.control.book();
      await settled();
      expect(receiver.received).toHaveLength(0);
      sandbox.control.book({ account: user.id });
      await subscribe({}, '/webhooks', user);
      sandbox.control.book({ account: user.id });
      await settled();
      expect(receiver.received).toHaveLength(3);
      const interview = sandbox.control.accounts()[0]?.event_types[1]?.id;
      await subscribe({}, `/event-types/${interview}/webhooks`);
      sandbox.control.book();
      sandbox.control.request();
      await settled();
      expect(receiver.triggers().slice(3)).toEqual(['BOOKING_REQUESTED']);
    });

    it('is shown with its secret and a textual id, and can be silenced', async () => {
      const { status, body } = await subscribe();
      expect(status).toBe(201);
      expect(body.data).toMatchObject({ id: expect.any(String) as unknown, active: true, secret, userId: 179 });
      await key.send('PATCH', `/webhooks/${body.data.id}`, { body: { active: false } });
      sandbox.control.book();
      await settled();
      expect(receiver.received).toHaveLength(0);
    });

    it('belongs to whoever made it', async () => {
      const { id } = (await subscribe()).body.data;
      const user = await ManagedUser.create(sandbox);
      expect((await user.get(`/webhooks/${id}`)).status).toBe(403);
      expect((await user.get('/webhooks/unknown')).status).toBe(404);
      const client = `/oauth-clients/${sandbox.clientId}/webhooks`;
      expect((await ApiCaller.asClient(sandbox).get(`${client}/${id}`)).status).toBe(403);
      expect((await user.get(client)).status).toBe(401);
      const foreign = await user.post(`/event-types/${sandbox.control.accounts()[0]?.event_types[0]?.id}/webhooks`);
      expect(foreign.status).toBe(403);
    });

    it('goes with all others at once, and says how many', async () => {
      const client = ApiCaller.asClient(sandbox);
      const path = `/oauth-clients/${sandbox.clientId}/webhooks`;
      for (const name of ['a', 'b', 'c']) await subscribe({ subscriberUrl: `${receiver.url}/${name}` }, path, client);
      expect((await client.get(path, { take: '1', skip: '1' })).body.data).toHaveLength(1);
      expect((await client.get(path, { take: '251' })).status).toBe(400);
      expect((await client.send('DELETE', path)).body.data).toBe('3 webhooks deleted');
      expect((await client.get(path)).body.data).toEqual([]);
    });

    it.each([
      ['a trigger that stands in an example only', { triggers: ['BOOKING_CONFIRMED'] }],
      ['no trigger', { triggers: [] }],
      ['no word on being active', { active: undefined }],
      ['an address that is none', { subscriberUrl: 'hook' }],
      ['another version', { version: '2025-01-01' }],
    ])('is refused with %s', async (_case, changes) => {
      expect((await subscribe(changes)).status).toBe(400);
    });

    it('exists once for an address and an owner', async () => {
      await subscribe();
      expect((await subscribe()).status).toBe(409);
      sandbox.control.changeSettings({ unique_webhook_addresses: false });
      expect((await subscribe()).status).toBe(201);
    });

    it.each(['http://app.exemple.fr/hook', 'https://localhost/hook', 'https://10.0.0.1/hook', 'https://[::1]/hook'])(
      'of the hosted service cannot be for %s',
      async (subscriberUrl) => {
        sandbox.control.changeSettings({ webhook_addresses: 'hosted' });
        expect((await subscribe({ subscriberUrl })).status).toBe(400);
        expect((await subscribe({ subscriberUrl: 'https://app.exemple.fr/hook' })).status).toBe(201);
      },
    );
  });

  describe('a delivery', () => {
    it('is signed over its exact bytes, bare and lower-case, with no time in it', async () => {
      await subscribe();
      sandbox.control.book({ attendee: { name: 'Chloé « l’Été » Ça' } });
      await settled();
      const [delivery] = receiver.received;
      const digest = createHmac('sha256', secret)
        .update(delivery?.body ?? '')
        .digest('hex');
      expect(delivery).toMatchObject({ signature: digest, version: '2021-10-20', contentType: 'application/json' });
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      await sandbox.control.advance({ seconds: 86_400 });
      await sandbox.control.repeatDelivery({ delivery: sandbox.control.deliveries()[0]?.id ?? '' });
      expect(receiver.received.at(-1)).toEqual(delivery);
    });

    it('without a secret says so in place of a signature', async () => {
      await subscribe({ secret: undefined });
      sandbox.control.book();
      await settled();
      expect(receiver.received[0]?.signature).toBe('no-secret-provided');
    });

    it.each([500, 302, 404])('is made once, whatever it meets: %i', async (status) => {
      await subscribe();
      receiver.answerWith(status);
      sandbox.control.book();
      await sandbox.control.advance({ seconds: 10 * 3600 });
      expect(receiver.received).toHaveLength(1);
      expect(sandbox.control.deliveries()).toMatchObject([{ state: 'failed', attempts: [{ status }] }]);
    });

    it('of a booking carries what the sheet shows', async () => {
      await subscribe();
      const metadata = { utm_source: 'newsletter', utm_campaign: 'rentrée' };
      const responses = { projet: 'Un site\npour l’école', notes: 'À bientôt' };
      const attendee = { name: 'Zoé Martin', email: 'zoé@exemple.fr', phone_number: '+33612345678', responses };
      const { uid, id } = sandbox.control.book({ start, attendee, metadata, guests: ['ami@exemple.fr'] });
      await settled();
      expect(receiver.envelopes()[0]).toMatchObject({
        triggerEvent: 'BOOKING_CREATED',
        createdAt: '2026-11-20T10:00:00.123Z',
        payload: {
          type: '30min',
          title: 'Découverte 30min entre Nora Petit et Zoé Martin',
          eventTitle: 'Découverte 30min',
          additionalNotes: 'À bientôt',
          startTime: '2026-11-24T09:00:00Z',
          endTime: '2026-11-24T09:30:00Z',
          length: 30,
          organizer: { email: 'nora@example.test', language: { locale: 'fr' }, timeFormat: 'HH:mm', utcOffset: 60 },
          attendees: [{ email: 'zoé@exemple.fr', firstName: 'Zoé', lastName: 'Martin', utcOffset: 60 }],
          responses: {
            name: { label: 'your_name', value: 'Zoé Martin', isHidden: false },
            email: { label: 'email_address', value: 'zoé@exemple.fr', isHidden: false },
            projet: { label: 'Quel est votre projet ?', value: 'Un site\npour l’école', isHidden: false },
            attendeePhoneNumber: { label: 'phone_number', value: '+33612345678', isHidden: false },
            guests: { label: 'additional_guests', value: ['ami@exemple.fr'], isHidden: false },
            location: { label: 'location', value: { optionValue: '', value: 'integrations:google:meet' } },
          },
          userFieldsResponses: { projet: { value: 'Un site\npour l’école' } },
          location: 'integrations:google:meet',
          destinationCalendar: null,
          uid,
          bookingId: id,
          iCalSequence: 0,
          seatsPerTimeSlot: null,
          metadata: { ...metadata, videoCallUrl: `https://meet.sandbox.invalid/${uid}` },
          status: 'ACCEPTED',
        },
      });
    });

    it('of a move names the old booking, and comes alone', async () => {
      await subscribe();
      const { uid, id } = sandbox.control.book({ start });
      const moved = sandbox.control.move({ booking: uid, start: '2026-11-25T09:00:00Z', reason: 'Grève' });
      await settled();
      expect(receiver.triggers()).toEqual(['BOOKING_CREATED', 'BOOKING_RESCHEDULED']);
      expect(last()).toMatchObject({
        uid: moved.new.uid,
        startTime: '2026-11-25T09:00:00Z',
        rescheduleId: id,
        rescheduleUid: uid,
        rescheduleStartTime: '2026-11-24T09:00:00Z',
        rescheduleEndTime: '2026-11-24T09:30:00Z',
        rescheduledBy: 'zoe.martin@example.test',
        iCalSequence: 1,
        status: 'ACCEPTED',
      });
      expect(last()).not.toHaveProperty('iCalUID');
    });

    it.each([
      ['cancelled', ['BOOKING_CANCELLED', 'BOOKING_RESCHEDULED']],
      ['created', ['BOOKING_RESCHEDULED', 'BOOKING_CREATED']],
      ['both', ['BOOKING_CANCELLED', 'BOOKING_RESCHEDULED', 'BOOKING_CREATED']],
    ] as const)('of a move may have companions: %s', async (companions, triggers) => {
      sandbox.control.changeSettings({ reschedule_companions: companions });
      const { uid } = sandbox.control.book({ start });
      await subscribe();
      sandbox.control.move({ booking: uid, start: '2026-11-25T09:00:00Z' });
      await settled();
      expect(receiver.triggers()).toEqual(triggers);
    });

    it('of a cancellation is written by another hand', async () => {
      const { uid } = sandbox.control.book({ start });
      await subscribe();
      sandbox.control.cancel({ booking: uid, by: 'host', reason: 'Grève' });
      await settled();
      expect(last()).toMatchObject({
        uid,
        status: 'CANCELLED',
        startTime: '2026-11-24T09:00:00+00:00',
        endTime: '2026-11-24T09:30:00+00:00',
        cancellationReason: 'Grève',
        cancelledBy: 'nora@example.test',
        requestReschedule: false,
        destinationCalendar: [],
        responses: { name: { label: 'name', value: 'Zoé Martin' } },
      });
      expect(last()).not.toHaveProperty('metadata');
    });

    it('of a wish for another time looks like a cancellation, but for one word', async () => {
      const { uid } = sandbox.control.book({ start });
      await subscribe();
      sandbox.control.requestReschedule({ booking: uid, reason: 'Train en retard' });
      await settled();
      expect(receiver.triggers()).toEqual(['BOOKING_CANCELLED']);
      expect(last()).toMatchObject({ uid, status: 'CANCELLED', requestReschedule: true });
      sandbox.control.move({ booking: uid, start: '2026-11-26T09:00:00Z' });
      await settled();
      expect(receiver.triggers()).toEqual(['BOOKING_CANCELLED', 'BOOKING_RESCHEDULED']);
      expect(last()).toMatchObject({ rescheduleUid: uid });
    });

    it('tells a request, then its confirmation as a creation, or its rejection', async () => {
      await subscribe();
      const first = sandbox.control.request({ start });
      sandbox.control.confirm({ booking: first.uid });
      const second = sandbox.control.request({ start });
      sandbox.control.reject({ booking: second.uid, reason: 'Complet' });
      await settled();
      const told = receiver.envelopes().map(({ triggerEvent, payload }) => [triggerEvent, payload['status']]);
      expect(told).toEqual([
        ['BOOKING_REQUESTED', 'PENDING'],
        ['BOOKING_CREATED', 'ACCEPTED'],
        ['BOOKING_REQUESTED', 'PENDING'],
        ['BOOKING_REJECTED', 'REJECTED'],
      ]);
      expect(receiver.envelopes()[0]?.payload).toMatchObject({ requiresConfirmation: true });
      expect(receiver.envelopes()[0]?.payload['metadata']).not.toHaveProperty('videoCallUrl');
      expect(last()).toMatchObject({ rejectionReason: 'Complet' });
    });

    it('of a move that needs the host’s word is a request that names the old booking', async () => {
      const { uid } = sandbox.control.request({ start });
      sandbox.control.confirm({ booking: uid });
      await subscribe();
      sandbox.control.move({ booking: uid, start: '2026-11-25T09:00:00Z' });
      await settled();
      expect(receiver.triggers()).toEqual(['BOOKING_REQUESTED']);
      expect(last()).toMatchObject({ rescheduleUid: uid, status: 'PENDING' });
    });

    it('of an absence is small and says bookingUid', async () => {
      const { uid, id } = sandbox.control.book({ start });
      await subscribe();
      sandbox.control.markNoShow({ booking: uid });
      sandbox.control.unmarkNoShow({ booking: uid });
      await settled();
      const email = 'zoe.martin@example.test';
      expect(receiver.envelopes().map(({ payload }) => payload)).toEqual([
        { message: `${email} marked as no-show`, bookingUid: uid, bookingId: id, attendees: [{ email, noShow: true }] },
        {
          message: `${email} unmarked as no-show`,
          bookingUid: uid,
          bookingId: id,
          attendees: [{ email, noShow: false }],
        },
      ]);
    });

    it('of a seat names whoever sits there, and nobody else', async () => {
      await subscribe();
      const event_type = 'atelier-collectif';
      const paul = sandbox.control.book({ event_type, start, attendee: { email: 'paul@exemple.fr' } });
      const lina = sandbox.control.book({ event_type, start, attendee: { email: 'lina@exemple.fr' } });
      expect(lina.uid).toBe(paul.uid);
      const seat = lina.seatUid;
      const moved = sandbox.control.move({ booking: lina.uid, seat, start: '2026-11-25T09:00:00Z' });
      sandbox.control.cancel({ booking: moved.new.uid, seat });
      await settled();
      const told = receiver.envelopes().map(({ triggerEvent, payload }) => {
        const attendees = payload['attendees'] as { email: string }[];
        return [triggerEvent, payload['uid'], attendees.map(({ email }) => email).join()];
      });
      expect(told).toEqual([
        ['BOOKING_CREATED', paul.uid, 'paul@exemple.fr'],
        ['BOOKING_CREATED', paul.uid, 'lina@exemple.fr'],
        ['BOOKING_RESCHEDULED', moved.new.uid, 'lina@exemple.fr'],
        ['BOOKING_CANCELLED', moved.new.uid, 'lina@exemple.fr'],
      ]);
    });

    it('of a meeting that begins and ends is flat; a cancelled one does neither', async () => {
      await subscribe({ triggers: ['MEETING_STARTED', 'MEETING_ENDED'] });
      const { uid } = sandbox.control.book({ start });
      sandbox.control.cancel({ booking: sandbox.control.book({ start }).uid });
      await sandbox.control.advance({ seconds: 5 * 86_400 });
      const bodies = receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
      expect(bodies.map(({ triggerEvent, createdAt }) => [triggerEvent, createdAt])).toEqual([
        ['MEETING_STARTED', '2026-11-24T09:00:00.000Z'],
        ['MEETING_ENDED', '2026-11-24T09:30:00.000Z'],
      ]);
      expect(bodies[0]).toMatchObject({ uid, startTime: '2026-11-24T09:00:00Z', status: 'ACCEPTED' });
      expect(bodies[0]).not.toHaveProperty('payload');
    });

    it.each(['array', 'object', 'null'] as const)('shows the destination as %s', async (shape) => {
      const user = await ManagedUser.create(sandbox);
      await user.linkCalendar('google', 'ines@exemple.fr');
      await user.get('/calendars');
      await subscribe({}, '/webhooks', user);
      sandbox.control.changeSettings({ destination_calendar: shape });
      sandbox.control.book({ account: user.id });
      await settled();
      const destination = { integration: 'google_calendar', externalId: 'ines@exemple.fr', userId: user.id };
      const expected: unknown = { array: [destination], object: destination, null: null }[shape];
      expect(last()).toMatchObject({ destinationCalendar: expected });
    });
  });

  describe('a template', () => {
    it('that is JSON is filled from the payload’s own fields', async () => {
      await subscribe({ payloadTemplate: '{"who":"{{attendees.0.name}}","what":"{{triggerEvent}}"}' });
      sandbox.control.book();
      await settled();
      expect(receiver.received[0]?.body).toBe('{"who":"Zoé Martin","what":"BOOKING_CREATED"}');
    });

    it('is sent as false when a name breaks it', async () => {
      await subscribe({ payloadTemplate: '{"who":"{{attendees.0.name}}"}' });
      sandbox.control.book({ attendee: { name: 'Jean "Jo" Roy' } });
      await settled();
      expect(receiver.received[0]?.body).toBe('false');
    });

    it('that is no JSON goes out as a form', async () => {
      await subscribe({ payloadTemplate: 'uid={{uid}}' });
      const { uid } = sandbox.control.book();
      await settled();
      expect(receiver.received[0]).toMatchObject({
        body: `uid=${uid}`,
        contentType: 'application/x-www-form-urlencoded',
      });
    });
  });

  describe('under orders', () => {
    beforeEach(() => subscribe());

    it('are held, then released in the order asked for', async () => {
      sandbox.control.holdDeliveries();
      sandbox.control.cancel({ booking: sandbox.control.book().uid });
      await settled();
      expect(receiver.triggers()).toEqual([]);
      expect(await sandbox.control.releaseDeliveries({ order: 'newest-first' })).toEqual({ released: 2 });
      expect(receiver.triggers()).toEqual(['BOOKING_CANCELLED', 'BOOKING_CREATED']);
    });

    it('are released in any order named', async () => {
      sandbox.control.holdDeliveries();
      const { uid } = sandbox.control.book({ start });
      const moved = sandbox.control.move({ booking: uid, start: '2026-11-25T09:00:00Z' });
      sandbox.control.cancel({ booking: moved.new.uid });
      const [created, rescheduled, cancelled] = sandbox.control.deliveries().map(({ id }) => id);
      await sandbox.control.releaseDeliveries({ order: [cancelled ?? '', created ?? '', rescheduled ?? ''] });
      expect(receiver.triggers()).toEqual(['BOOKING_CANCELLED', 'BOOKING_CREATED', 'BOOKING_RESCHEDULED']);
    });

    it('are lost without a trace', async () => {
      sandbox.control.dropDeliveries();
      sandbox.control.book();
      sandbox.control.book();
      await sandbox.control.advance({ seconds: 7200 });
      expect(receiver.received).toHaveLength(1);
      expect(sandbox.control.deliveries().map(({ state }) => state)).toEqual(['dropped', 'delivered']);
    });

    it('are forged, under another secret or none', async () => {
      sandbox.control.forgeDeliveries();
      sandbox.control.forgeDeliveries({ how: 'no-secret' });
      sandbox.control.book();
      sandbox.control.book();
      await settled();
      const [forged, unsigned] = receiver.received;
      const right = createHmac('sha256', secret)
        .update(forged?.body ?? '')
        .digest('hex');
      expect(forged?.signature).toMatch(/^[0-9a-f]{64}$/);
      expect(forged?.signature).not.toBe(right);
      expect(unsigned?.signature).toBe('no-secret-provided');
    });
  });
});
