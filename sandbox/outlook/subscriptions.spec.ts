import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import { eventAt, GraphSession, immutable, personalEmail, workEmail } from './testing/graph-session.js';
import {
  type Handshake,
  type NotificationReceiver,
  startNotificationReceiver,
} from './testing/notification-receiver.js';

const now = '2026-03-01T09:00:00Z';
const account = personalEmail;

describe('subscriptions', () => {
  let sandbox: OutlookSandbox;
  let session: GraphSession;
  let receiver: NotificationReceiver;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox({
      frozenAt: new Date(now),
      settings: { access_token_seconds: 10_000_000, notification_timeout_ms: 300 },
    });
    session = await GraphSession.connect(sandbox, account);
    receiver = await startNotificationReceiver();
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const wish = (changes: Record<string, unknown> = {}) => ({
    changeType: 'created,updated,deleted',
    notificationUrl: receiver.url,
    lifecycleNotificationUrl: receiver.lifecycleUrl,
    resource: 'me/events',
    expirationDateTime: '2026-03-05T09:00:00Z',
    clientState: 'secret-1',
    ...changes,
  });
  const subscribe = async (
    changes: Record<string, unknown> = {},
    headers: Record<string, string> = { prefer: immutable },
  ) => {
    const answer = await session.post('/subscriptions', wish(changes), headers);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body;
  };
  const add = (day = '2026-03-10') => sandbox.control.addEvent({ account, event: eventAt(day, '09:00', '10:00') }).id;
  const settled = () => sandbox.control.notificationsSettled();

  describe('when made', () => {
    it('shake hands on both addresses before they exist', async () => {
      let listed: unknown = null;
      receiver.shake((token, response) => {
        listed ??= sandbox.control.subscriptions();
        response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(token);
      });
      const made = await subscribe({ notificationUrl: `${receiver.url}?own=1` });
      expect(receiver.validated.toSorted()).toEqual(['/hook?own', '/lifecycle']);
      expect(listed).toEqual([]);
      expect(made).toMatchObject({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resource: 'me/events',
        changeType: 'created,updated,deleted',
        clientState: 'secret-1',
        expirationDateTime: '2026-03-05T09:00:00.0000000Z',
        applicationId: sandbox.clientId,
      });
    });

    it.each<[string, Handshake]>([
      [
        'a token in quotes',
        (token, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end(JSON.stringify(token)),
      ],
      [
        'a token still encoded',
        (token, response) =>
          void response.writeHead(200, { 'content-type': 'text/plain' }).end(encodeURIComponent(token)),
      ],
      [
        'a token escaped as HTML',
        (token, response) =>
          void response.writeHead(200, { 'content-type': 'text/plain' }).end(token.replaceAll('<', '&lt;')),
      ],
      [
        'a token with a line break more',
        (token, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end(`${token}\n`),
      ],
      ['JSON', (token, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(token)],
      ['202', (token, response) => void response.writeHead(202, { 'content-type': 'text/plain' }).end(token)],
      ['a redirect', (_token, response) => void response.writeHead(302, { location: '/hook' }).end()],
      ['nothing in time', () => undefined],
      ['a cut line', (_token, _response, request) => void request.socket.destroy()],
    ])('are refused after %s', async (_, handshake) => {
      sandbox.control.changeSettings({ validation_timeout_ms: 200 });
      receiver.shake(handshake);
      const answer = await session.post('/subscriptions', wish({ lifecycleNotificationUrl: null }));
      expect([answer.status, answer.body.error.code]).toEqual([400, 'InvalidRequest']);
      expect(answer.body.error.message).toMatch(/^Subscription validation request failed\. /);
      expect(sandbox.control.subscriptions()).toEqual([]);
    });

    it('are refused when the lifecycle address alone fails', async () => {
      const answer = await session.post(
        '/subscriptions',
        wish({ lifecycleNotificationUrl: 'http://127.0.0.1:9/nobody' }),
      );
      expect(answer.status).toBe(400);
    });

    it.each([
      ['an unknown change', { changeType: 'created,moved' }],
      ['no change', { changeType: '' }],
      ['an unknown resource', { resource: 'me/messages' }],
      ['a calendar that is not there', { resource: 'me/calendars/none/events' }],
      ['an end in the past', { expirationDateTime: '2026-03-01T08:59:59Z' }],
      ['an end that is no date', { expirationDateTime: 'tomorrow' }],
      ['an end past the ceiling', { expirationDateTime: '2026-03-08T09:00:01Z' }],
      ['an address that is none', { notificationUrl: '/hook' }],
      ['a long state', { clientState: 'x'.repeat(129) }],
      ['rich notifications', { includeResourceData: true }],
    ])('are refused for %s', async (_, changes) => {
      expect((await session.post('/subscriptions', wish(changes))).status).toBe(400);
      expect(receiver.validated).toEqual([]);
    });

    it('want https when told to', async () => {
      sandbox.control.changeSettings({ allow_http_notification_urls: false });
      expect((await session.post('/subscriptions', wish())).status).toBe(400);
    });

    it('live at least 45 minutes and at most 10,080, or 4,230, or are cut to it', async () => {
      const short = await subscribe({ expirationDateTime: '2026-03-01T09:01:00Z' });
      expect(short['expirationDateTime']).toBe('2026-03-01T09:45:00.0000000Z');
      const week = { expirationDateTime: '2026-03-08T09:00:00Z' };
      expect((await session.patch(`/subscriptions/${short.id}`, week)).status).toBe(200);
      sandbox.control.changeSettings({ subscription_ceiling_minutes: 4230 });
      expect((await session.patch(`/subscriptions/${short.id}`, week)).status).toBe(400);
      sandbox.control.changeSettings({ subscription_above_ceiling: 'shorten' });
      const cut = await session.patch(`/subscriptions/${short.id}`, week);
      expect(cut.body['expirationDateTime']).toBe('2026-03-04T07:30:00.0000000Z');
    });

    it('are one for each resource and kind of change', async () => {
      await subscribe();
      const twin = await session.post(
        '/subscriptions',
        wish({ resource: '/me/events', changeType: 'deleted,updated,created' }),
      );
      expect(twin.status).toBe(409);
      await subscribe({ changeType: 'updated' });
      const other = await GraphSession.connect(sandbox, workEmail);
      expect((await other.post('/subscriptions', wish())).status).toBe(201);
      sandbox.control.changeSettings({ refuse_duplicate_subscriptions: false, subscriptions_at_most: 3 });
      await subscribe();
      expect((await session.post('/subscriptions', wish())).status).toBe(403);
      expect((await session.get('/subscriptions')).body.value).toHaveLength(3);
    });

    it('are made once when two ask at the same moment', async () => {
      const answers = await Promise.all([
        session.post('/subscriptions', wish()),
        session.post('/subscriptions', wish()),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    });
  });

  describe('as time goes by', () => {
    it('end, and are not there any more', async () => {
      const { id } = await subscribe();
      await sandbox.control.advance({ seconds: 4 * 86_400 - 1 });
      expect((await session.get(`/subscriptions/${id}`)).status).toBe(200);
      await sandbox.control.advance({ seconds: 1 });
      const renewal = { expirationDateTime: '2026-03-10T09:00:00Z' };
      expect((await session.get(`/subscriptions/${id}`)).status).toBe(404);
      expect((await session.patch(`/subscriptions/${id}`, renewal)).status).toBe(404);
      expect((await session.send('DELETE', `/subscriptions/${id}`)).status).toBe(404);
      add();
      await settled();
      expect(receiver.received).toEqual([]);
    });

    it('are renewed, and shake hands again only when told to', async () => {
      const { id } = await subscribe();
      const renewal = { expirationDateTime: '2026-03-07T09:00:00Z' };
      const answer = await session.patch(`/subscriptions/${id}`, renewal);
      expect([answer.status, answer.body['expirationDateTime']]).toEqual([200, '2026-03-07T09:00:00.0000000Z']);
      expect(receiver.validated).toHaveLength(2);
      sandbox.control.changeSettings({ validate_on_renewal: true });
      await session.patch(`/subscriptions/${id}`, renewal);
      expect(receiver.validated).toHaveLength(3);
      expect((await session.send('DELETE', `/subscriptions/${id}`)).status).toBe(204);
      expect((await session.get(`/subscriptions/${id}`)).status).toBe(404);
    });

    it('belong to their account', async () => {
      const { id } = await subscribe();
      const other = await GraphSession.connect(sandbox, workEmail);
      expect((await other.get(`/subscriptions/${id}`)).status).toBe(404);
      expect((await other.get('/subscriptions')).body.value).toEqual([]);
    });
  });

  describe('when something happens', () => {
    it('tell who changed what, with the state and the ids that were asked for', async () => {
      const { id } = await subscribe();
      const event = add();
      await settled();
      expect(receiver.received[0]).toMatchObject({
        path: '/hook',
        contentType: expect.stringContaining('application/json'),
      });
      const owner = sandbox.control.accounts().find(({ email }) => email === account);
      expect(receiver.notices()).toEqual([
        {
          subscriptionId: id,
          subscriptionExpirationDateTime: '2026-03-05T09:00:00.0000000Z',
          changeType: 'created',
          clientState: 'secret-1',
          tenantId: owner?.tenant,
          resource: `Users/${owner?.id}/Events/${event}`,
          resourceData: {
            '@odata.type': '#Microsoft.Graph.Event',
            '@odata.id': `Users/${owner?.id}/Events/${event}`,
            '@odata.etag': expect.stringMatching(/^W\//),
            id: event,
          },
        },
      ]);
    });

    it('tell of what the application did itself, too', async () => {
      await subscribe();
      const { event } = await session.post('/me/events', eventAt('2026-03-10', '09:00', '10:00'), {
        prefer: immutable,
      });
      await settled();
      await session.patch(`/me/events/${encodeURIComponent(event.id)}`, { subject: 'Neuf' });
      await settled();
      await session.send('DELETE', `/me/events/${encodeURIComponent(event.id)}`);
      await settled();
      expect(receiver.notices().map(({ changeType, resourceData }) => [changeType, resourceData?.id])).toEqual([
        ['created', event.id],
        ['updated', event.id],
        ['deleted', event.id],
      ]);
    });

    it('tell only of the changes and the calendar they are for', async () => {
      const work = await GraphSession.connect(sandbox, workEmail);
      const trainings = String(sandbox.control.calendars({ account: workEmail })[1]?.['id']);
      const resource = `me/calendars/${trainings.replaceAll('/', '%2F')}/events`;
      expect(
        (await work.post('/subscriptions', wish({ resource, changeType: 'updated' }), { prefer: immutable })).status,
      ).toBe(201);
      sandbox.control.addEvent({ event: eventAt('2026-03-10', '09:00', '10:00') });
      const there = sandbox.control.addEvent({
        calendar: 'Formations',
        event: eventAt('2026-03-10', '09:00', '10:00'),
      });
      sandbox.control.changeEvent({ event: there.id, changes: { subject: 'Neuf' } });
      await settled();
      expect(receiver.notices().map(({ changeType, resourceData }) => [changeType, resourceData?.id])).toEqual([
        ['updated', there.id],
      ]);
    });

    it('tell of a move as a change where ids stay, and as an end and a beginning where they do not', async () => {
      const work = await GraphSession.connect(sandbox, workEmail);
      sandbox.control.changeSettings({ refuse_duplicate_subscriptions: false });
      await work.post('/subscriptions', wish({ clientState: 'stable' }), { prefer: immutable });
      await work.post('/subscriptions', wish({ clientState: 'mutable' }));
      const { id } = sandbox.control.addEvent({ event: eventAt('2026-03-10', '09:00', '10:00') });
      await settled();
      const before = receiver.notices().length;
      sandbox.control.moveEvent({ event: id, calendar: 'Formations' });
      await settled();
      const told = receiver.notices().slice(before);
      const of = (state: string) =>
        told.filter(({ clientState }) => clientState === state).map(({ changeType }) => changeType);
      expect([of('stable'), of('mutable')]).toEqual([['updated'], ['deleted', 'created']]);
    });

    it('put changes of one moment into one POST', async () => {
      await subscribe();
      for (const day of ['2026-03-10', '2026-03-11', '2026-03-12']) add(day);
      await settled();
      expect(receiver.received.map(({ notices }) => notices.length)).toEqual([3]);
      sandbox.control.changeSettings({ notification_batch_size: 2 });
      for (const day of ['2026-03-13', '2026-03-14', '2026-03-15']) add(day);
      await settled();
      expect(receiver.received.map(({ notices }) => notices.length).sort()).toEqual([1, 2, 3]);
    });

    it('come late when told to, and more than once', async () => {
      sandbox.control.changeSettings({ notification_delay_seconds: 60, notification_duplicates: 1 });
      await subscribe();
      add();
      await sandbox.control.advance({ seconds: 59 });
      expect(receiver.received).toEqual([]);
      await sandbox.control.advance({ seconds: 1 });
      expect(receiver.received).toHaveLength(2);
    });

    it('are tried again after an error or three seconds of silence, for four hours', async () => {
      await subscribe();
      receiver.answerWith(500);
      add();
      await settled();
      expect(receiver.received).toHaveLength(1);
      await sandbox.control.advance({ seconds: 10 });
      await sandbox.control.advance({ seconds: 20 });
      expect(receiver.received).toHaveLength(3);
      receiver.answerWith(302);
      await sandbox.control.advance({ seconds: 40 });
      expect(sandbox.control.notifications()[0]).toMatchObject({ state: 'retrying', attempts: { length: 4 } });
      receiver.answerWith(202);
      await sandbox.control.advance({ seconds: 80 });
      expect(sandbox.control.notifications()[0]?.state).toBe('delivered');
      receiver.answerWith(503);
      add('2026-03-11');
      await sandbox.control.advance({ seconds: 4 * 3600 });
      const lost = sandbox.control.notifications()[1];
      expect(lost?.state).toBe('lost');
      const sent = receiver.received.length;
      await sandbox.control.advance({ seconds: 86_400 });
      expect(receiver.received).toHaveLength(sent);
    });

    it('are held, released in any order, dropped and repeated on demand', async () => {
      await subscribe();
      sandbox.control.holdNotifications();
      const first = add('2026-03-10');
      await settled();
      const second = add('2026-03-11');
      await settled();
      expect(receiver.received).toEqual([]);
      expect(await sandbox.control.releaseNotifications({ order: 'newest-first' })).toEqual({ released: 2 });
      expect(receiver.notices().map(({ resourceData }) => resourceData?.id)).toEqual([second, first]);
      sandbox.control.dropNotifications({ times: 1 });
      add('2026-03-12');
      await settled();
      expect(receiver.received).toHaveLength(2);
      expect(sandbox.control.notifications()[2]?.state).toBe('dropped');
      await sandbox.control.repeatNotification({ notification: sandbox.control.notifications()[0]!.id, times: 2 });
      expect(receiver.received).toHaveLength(4);
    });
  });

  describe('in their own affairs', () => {
    it('pause until they are renewed or authorised again', async () => {
      const { id } = await subscribe();
      for (const cure of [
        () => session.patch(`/subscriptions/${id}`, { expirationDateTime: '2026-03-06T09:00:00Z' }),
        () => session.post(`/subscriptions/${id}/reauthorize`, {}),
      ]) {
        const before = receiver.notices().length;
        await sandbox.control.sendLifecycle({ subscription: id, event: 'reauthorizationRequired' });
        add();
        await settled();
        expect(
          receiver
            .notices()
            .slice(before)
            .map(({ lifecycleEvent }) => lifecycleEvent),
        ).toEqual(['reauthorizationRequired']);
        expect([200, 204]).toContain((await cure()).status);
        add();
        await settled();
        expect(receiver.notices().at(-1)).toMatchObject({ changeType: 'created' });
      }
    });

    it('tell the lifecycle address, in the same envelope', async () => {
      const { id } = await subscribe();
      await sandbox.control.sendLifecycle({ subscription: id, event: 'missed' });
      expect(receiver.received).toEqual([
        {
          path: '/lifecycle',
          contentType: expect.any(String),
          notices: [
            {
              subscriptionId: id,
              subscriptionExpirationDateTime: '2026-03-05T09:00:00.0000000Z',
              clientState: 'secret-1',
              tenantId: expect.any(String),
              lifecycleEvent: 'missed',
            },
          ],
        },
      ]);
      await sandbox.control.sendLifecycle({ subscription: id, event: 'subscriptionRemoved' });
      expect((await session.get(`/subscriptions/${id}`)).status).toBe(404);
      expect(receiver.notices().at(-1)?.lifecycleEvent).toBe('subscriptionRemoved');
    });

    it('end silently when the test wants them to', async () => {
      const { id } = await subscribe({ lifecycleNotificationUrl: null });
      expect(await sandbox.control.sendLifecycle({ subscription: id, event: 'missed' })).toEqual({ sent: false });
      sandbox.control.expireSubscription({ subscription: id });
      expect((await session.get(`/subscriptions/${id}`)).status).toBe(404);
      const { id: other } = await subscribe({ lifecycleNotificationUrl: null });
      sandbox.control.removeSubscription({ subscription: other });
      expect(sandbox.control.subscriptions()).toEqual([]);
    });
  });
});
