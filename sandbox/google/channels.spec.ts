import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import {
  emptyEmail,
  type Events,
  GoogleSession,
  holidays,
  hour,
  mainEmail,
  reasonOf,
} from './testing/google-session.js';
import { type PushReceiver, startPushReceiver } from './testing/push-receiver.js';

const lesson = { summary: 'Formation', ...hour(10, '09:00', '12:30') };
const frozenAt = new Date('2026-03-02T08:00:00Z');
const day = 86_400;

describe('channels', () => {
  let sandbox: GoogleSandbox;
  let receiver: PushReceiver;
  let session: GoogleSession;
  let events: Events;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt });
    receiver = await startPushReceiver();
    session = await GoogleSession.connect(sandbox, emptyEmail);
    events = session.events();
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const watch = (id = 'channel-1', more: object = {}, query: Record<string, string> = {}) =>
    events.watch({ id, type: 'web_hook', address: receiver.url, token: 'secret', ...more }, query);
  const stop = (body: object) => session.send('POST', '/channels/stop', { body });
  const inSeconds = (seconds: number) => String(frozenAt.getTime() + seconds * 1000);

  it('say until when they live, and send the first message before the answer', async () => {
    const { status, body } = await watch();
    expect(status).toBe(200);
    expect(body).toEqual({
      kind: 'api#channel',
      id: 'channel-1',
      resourceId: expect.any(String),
      resourceUri: `${sandbox.apiUrl}/calendars/${encodeURIComponent(emptyEmail)}/events?alt=json`,
      token: 'secret',
      expiration: inSeconds(7 * day),
    });
    expect(receiver.received).toEqual([
      {
        method: 'POST',
        body: '',
        channel: 'channel-1',
        number: 1,
        resource: body.resourceId,
        state: 'sync',
        uri: body.resourceUri,
        token: 'secret',
        expiration: 'Mon, 09 Mar 2026 08:00:00 GMT',
      },
    ]);
  });

  it('may send it after the answer', async () => {
    sandbox.control.changeSettings({ sync_message: 'after' });
    sandbox.control.holdPushes();
    expect((await watch()).status).toBe(200);
    expect(receiver.received).toEqual([]);
  });

  it('tell of every write, in numbers that grow and do not count', async () => {
    await watch();
    const { body: event } = await events.insert(lesson);
    await events.patch(event.id, { summary: 'x' });
    await events.patch(event.id, { reminders: { useDefault: false } });
    await events.delete(event.id);
    sandbox.control.addEvent({ account: emptyEmail, event: lesson });
    await sandbox.control.pushesSettled();
    expect(receiver.states().sort()).toEqual(['exists', 'exists', 'exists', 'exists', 'sync']);
    const numbers = receiver.received.map(({ number }) => number).toSorted((left, right) => left - right);
    expect(new Set(numbers).size).toBe(5);
    expect(numbers.at(-1)).toBeGreaterThan(5);
  });

  it('tell of their own calendar and types alone', async () => {
    await watch('of-default', {}, { eventTypes: 'default' });
    await GoogleSession.connect(sandbox).then((camille) => camille.events().insert(lesson));
    await events.insert({ ...lesson, eventType: 'outOfOffice' });
    await sandbox.control.pushesSettled();
    expect(receiver.states()).toEqual(['sync']);
    await events.insert(lesson);
    await sandbox.control.pushesSettled();
    expect(receiver.states()).toEqual(['sync', 'exists']);
  });

  it('have ids that are used once, even after their end', async () => {
    const { body } = await watch();
    expect(reasonOf(await watch())).toBe('400 channelIdNotUnique');
    await stop({ id: 'channel-1', resourceId: body.resourceId });
    expect(reasonOf(await watch())).toBe('400 channelIdNotUnique');
    const other = await GoogleSession.connect(sandbox);
    expect(reasonOf(await other.events().watch({ id: 'channel-1', type: 'web_hook', address: receiver.url }))).toBe(
      '400 channelIdNotUnique',
    );
  });

  it.each([
    ['no id', { id: undefined }, '400 required'],
    ['an id that is too long', { id: 'x'.repeat(65) }, '400 invalid'],
    ['a token that is too long', { token: 'x'.repeat(257) }, '400 invalid'],
    ['another type', { type: 'pigeon' }, '400 invalid'],
    ['no address', { address: undefined }, '400 required'],
    ['an address that is none', { address: 'here' }, '400 push.webhookUrlNotHttps'],
    ['an end that is past', { expiration: inSeconds(-1) }, '400 invalid'],
    ['a time to live that is none', { params: { ttl: '1h' } }, '400 invalid'],
  ])('are not opened with %s', async (_what, more, refusal) => {
    expect(reasonOf(await watch('channel-1', more))).toBe(refusal);
  });

  it('are opened to https alone when the relaxation is off, and never to a refused host', async () => {
    sandbox.control.changeSettings({ allow_http_push_addresses: false, refused_push_hosts: ['refused.test'] });
    expect(reasonOf(await watch())).toBe('400 push.webhookUrlNotHttps');
    const refused = await watch('channel-2', { address: 'https://refused.test/hook' });
    expect(reasonOf(refused)).toBe('400 push.webhookUrlUnauthorized');
  });

  it('are not to be had for a calendar that Google makes itself', async () => {
    const answer = await session.events(holidays).watch({ id: 'c1', type: 'web_hook', address: receiver.url });
    expect(reasonOf(answer)).toBe('400 pushNotSupportedForRequestedResource');
  });

  it.each([
    [{ params: { ttl: '3600' } }, 3600],
    [{ expiration: inSeconds(7200) }, 7200],
    [{ params: { ttl: '3600' }, expiration: inSeconds(7200) }, 3600],
    [{ params: { ttl: '31536000' } }, 30 * day],
  ])('asked for with %j live %i seconds', async (more, seconds) => {
    expect((await watch('channel-1', more)).body.expiration).toBe(inSeconds(seconds));
  });

  it('fall silent when their time is over, and overlap with those that follow', async () => {
    await watch('first', { params: { ttl: '100' } });
    await watch('second', { params: { ttl: '200' } });
    const heard = async () => {
      receiver.received.length = 0;
      await events.insert(lesson);
      await sandbox.control.pushesSettled();
      return receiver.received.map(({ channel }) => channel).sort();
    };
    expect(await heard()).toEqual(['first', 'second']);
    await sandbox.control.advance({ seconds: 100 });
    expect(await heard()).toEqual(['second']);
    expect(sandbox.control.expireChannels()).toEqual({ expired: 1 });
    expect(await heard()).toEqual([]);
  });

  it('are stopped by who opened them, once, and outlive the consent', async () => {
    const { body } = await watch();
    const named = { id: 'channel-1', resourceId: body.resourceId };
    expect(reasonOf(await stop({ ...named, resourceId: 'other' }))).toBe('404 notFound');
    const other = await GoogleSession.connect(sandbox);
    expect(reasonOf(await other.send('POST', '/channels/stop', { body: named }))).toBe('404 notFound');
    expect((await stop(named)).status).toBe(204);
    expect(reasonOf(await stop(named))).toBe('404 notFound');

    await watch('channel-2');
    sandbox.control.revokeGrants({ account: emptyEmail });
    sandbox.control.addEvent({ account: emptyEmail, event: lesson });
    await sandbox.control.pushesSettled();
    expect(receiver.received.at(-1)).toMatchObject({ channel: 'channel-2', state: 'exists' });
  });

  it('tell when their calendar is gone', async () => {
    const { body: calendar } = await session.send('POST', '/calendars', { body: { summary: 'Autre' } });
    await session.events(calendar.id).watch({ id: 'c2', type: 'web_hook', address: receiver.url });
    await session.send('DELETE', `/calendars/${calendar.id}`);
    await sandbox.control.pushesSettled();
    expect(receiver.states()).toEqual(['sync', 'not_exists']);
  });

  describe('their messages', () => {
    beforeEach(async () => {
      await watch();
      receiver.received.length = 0;
    });
    const write = async () => {
      await events.insert(lesson);
      await sandbox.control.pushesSettled();
      return sandbox.control.pushes().at(-1);
    };

    it.each([500, 502, 503, 504])('are tried again after %i, at growing distances', async (status) => {
      receiver.answerWith(status);
      expect((await write())?.state).toBe('retrying');
      await sandbox.control.advance({ seconds: 10 });
      await sandbox.control.advance({ seconds: 20 });
      receiver.answerWith(204);
      await sandbox.control.advance({ seconds: 40 });
      const push = sandbox.control.pushes().at(-1);
      expect(push).toMatchObject({ state: 'delivered' });
      expect(push?.attempts.map((attempt) => attempt.status)).toEqual([status, status, status, 204]);
      expect(new Set(receiver.received.map(({ number }) => number)).size).toBe(1);
    });

    it.each([301, 400, 401, 404, 410, 429, 501])('are lost after %i', async (status) => {
      receiver.answerWith(status);
      expect((await write())?.state).toBe('lost');
      receiver.answerWith(200);
      await sandbox.control.advance({ seconds: day });
      expect(receiver.received).toHaveLength(1);
    });

    it('are lost when nobody answers', async () => {
      await receiver.close();
      expect(await write()).toMatchObject({ state: 'lost', attempts: [{ status: null }] });
    });

    it('can be dropped, singly or by share', async () => {
      sandbox.control.dropPushes({ times: 1 });
      expect((await write())?.state).toBe('dropped');
      sandbox.control.changeSettings({ push_drop_share: 0.5 });
      const states = [];
      for (let count = 0; count < 4; count += 1) states.push((await write())?.state);
      expect(states).toEqual(['delivered', 'dropped', 'delivered', 'dropped']);
    });

    it('can be held back, let go in either order, and repeated', async () => {
      sandbox.control.holdPushes();
      await write();
      expect((await write())?.state).toBe('held');
      expect(receiver.received).toEqual([]);
      expect(await sandbox.control.releasePushes({ order: 'newest-first' })).toEqual({ released: 2 });
      const [first, second] = receiver.received;
      expect(first?.number).toBeGreaterThan(second?.number ?? Infinity);
      await sandbox.control.repeatPush({ push: sandbox.control.pushes().at(-1)?.id ?? 0, times: 2 });
      expect(receiver.received.slice(2)).toEqual([first, first]);
    });

    it('are not sent for events in bulk', async () => {
      sandbox.control.seed({ account: emptyEmail, events: 20 });
      await sandbox.control.pushesSettled();
      expect(receiver.received).toEqual([]);
    });
  });

  it('belong to whoever opened them: another reader of the calendar has another resource', async () => {
    sandbox.control.shareCalendar({ account: emptyEmail, with: mainEmail, role: 'reader' });
    const { body: own } = await watch();
    const camille = await GoogleSession.connect(sandbox);
    const theirs = await camille.events(emptyEmail).watch({ id: 'c3', type: 'web_hook', address: receiver.url });
    expect(theirs.status).toBe(200);
    expect(theirs.body.resourceId).not.toBe(own.resourceId);
    expect((await watch('channel-4')).body.resourceId).toBe(own.resourceId);
  });
});
