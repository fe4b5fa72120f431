import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from './start-calendly-sandbox.js';
import { ApiSession, freeEmail, inviteeOf } from './testing/api-session.js';
import { startWebhookReceiver, type WebhookReceiver } from './testing/webhook-receiver.js';

const frozenAt = new Date('2026-11-20T10:00:00.123Z');

describe('webhooks', () => {
  let sandbox: CalendlySandbox;
  let receiver: WebhookReceiver;
  let session: ApiSession;
  beforeEach(async () => {
    sandbox = await startCalendlySandbox({ frozenAt });
    receiver = await startWebhookReceiver();
    session = await ApiSession.connect(sandbox);
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const book = async () => {
    const booked = sandbox.control.book();
    await sandbox.control.deliveriesSettled();
    return booked;
  };

  describe('a subscription', () => {
    it('comes back without its key, and once only for a URL', async () => {
      const made = await session.subscribe(receiver.url, { signing_key: 'mine' });
      expect(made.status).toBe(201);
      expect(made.body.resource).toMatchObject({ callback_url: receiver.url, state: 'active', retry_started_at: null });
      expect(JSON.stringify(made.body)).not.toContain('mine');
      const again = await session.subscribe(receiver.url);
      expect([again.status, again.body]).toEqual([
        409,
        { title: 'Already Exists', message: 'Hook with this url already exists' },
      ]);
      expect((await session.send('DELETE', made.body.resource.uri)).status).toBe(204);
      expect((await session.subscribe(receiver.url)).status).toBe(201);
    });

    it('needs a paid plan', async () => {
      const free = await ApiSession.connect(sandbox, freeEmail);
      const refused = await free.subscribe(receiver.url);
      expect([refused.status, refused.body]).toEqual([
        403,
        { title: 'Permission Denied', message: 'Please upgrade your Calendly account to Standard' },
      ]);
      sandbox.control.changeAccount({ account: freeEmail, plan: 'paid' });
      expect((await free.subscribe(receiver.url)).status).toBe(201);
    });

    it.each([
      ['an event that does not exist', { events: ['invitee.rescheduled'] }, 'events.0'],
      ['no events', { events: [] }, 'events'],
      ['an organization event in user scope', { events: ['routing_form_submission.created'] }, 'events'],
      ['no organization', { organization: undefined }, 'organization'],
      ['no user in user scope', { user: undefined }, 'user'],
      ['a URL that is none', { url: 'hook' }, 'url'],
    ])('is refused with %s', async (_case, changes, parameter) => {
      const scopes = ['webhooks:write', 'scheduled_events:read', 'routing_forms:read'] as const;
      const wide = await ApiSession.connect(sandbox, 'nora@example.test', [...scopes]);
      const { status, body } = await wide.subscribe(receiver.url, changes);
      expect([status, body.details[0]?.parameter]).toEqual([400, parameter]);
    });
  });

  describe('a delivery', () => {
    it('is signed over its exact bytes, with the key of the application', async () => {
      await session.subscribe(receiver.url, { signing_key: 'not this one' });
      await book();
      const [{ signature, body } = { signature: '', body: '' }] = receiver.received;
      const seconds = Math.floor(frozenAt.getTime() / 1000);
      const digest = createHmac('sha256', sandbox.signingKey).update(`${seconds}.${body}`).digest('hex');
      expect(signature).toBe(`t=${seconds},v1=${digest}`);
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
    });

    it('carries the invitee, the event without buffers, and who subscribed', async () => {
      await session.subscribe(receiver.url);
      const booked = await book();
      const [envelope] = receiver.envelopes();
      expect(envelope).toMatchObject({
        event: 'invitee.created',
        created_by: session.tokens.owner,
        payload: { uri: booked.invitees[0]?.uri, event: booked.scheduled_event.uri, old_invitee: null },
      });
      expect(envelope?.payload.scheduled_event.invitees_counter).toEqual({ total: 1, active: 1, limit: 1 });
      expect(envelope?.payload.scheduled_event).not.toHaveProperty('calendar_event');
      expect(envelope?.payload.scheduled_event.event_memberships[0]).not.toHaveProperty('buffered_start_time');
    });

    it('tells a no-show and its undoing', async () => {
      await session.subscribe(receiver.url);
      const who = inviteeOf(await book());
      sandbox.control.markNoShow(who);
      sandbox.control.unmarkNoShow(who);
      await sandbox.control.deliveriesSettled();
      expect(receiver.names()).toEqual(['invitee.created', 'invitee_no_show.created', 'invitee_no_show.deleted']);
      expect(receiver.envelopes().map((envelope) => envelope.payload.no_show !== null)).toEqual([false, true, false]);
    });

    it('goes only to subscriptions that asked for it', async () => {
      await session.subscribe(receiver.url, { events: ['invitee.canceled'] });
      const who = inviteeOf(await book());
      sandbox.control.cancel(who);
      await sandbox.control.deliveriesSettled();
      expect(receiver.names()).toEqual(['invitee.canceled']);
    });

    it('takes a redirect for a failure and signs the retry anew', async () => {
      await session.subscribe(receiver.url);
      receiver.answerWith(302);
      await book();
      receiver.answerWith(204);
      await sandbox.control.advance({ seconds: 30 });
      const [first, second] = receiver.received;
      expect(receiver.received).toHaveLength(2);
      expect(second?.body).toBe(first?.body);
      expect(Number(/t=(\d+)/.exec(second?.signature ?? '')?.[1])).toBe(Math.floor(frozenAt.getTime() / 1000) + 30);
      expect(sandbox.control.deliveries()[0]).toMatchObject({
        state: 'delivered',
        attempts: [{ status: 302 }, { status: 204 }],
      });
    });

    it('waits twice as long before each retry', async () => {
      await session.subscribe(receiver.url);
      receiver.answerWith(500);
      await book();
      await sandbox.control.advance({ seconds: 30 + 60 + 120 });
      expect(receiver.received).toHaveLength(4);
      await sandbox.control.advance({ seconds: 239 });
      expect(receiver.received).toHaveLength(4);
    });

    it('disables the subscription after a day without success, for good', async () => {
      const { resource } = (await session.subscribe(receiver.url)).body;
      receiver.answerWith(500);
      await book();
      const seen = async () => (await session.send('GET', resource.uri)).body.resource;

      await sandbox.control.advance({ seconds: 86_399 });
      await session.refresh().then(({ body }) => Object.assign(session.tokens, body));
      expect(await seen()).toMatchObject({ state: 'active', retry_started_at: '2026-11-20T10:00:00.123861Z' });
      await sandbox.control.advance({ seconds: 1 });
      expect((await seen()).state).toBe('disabled');

      receiver.answerWith(200);
      const before = receiver.received.length;
      await book();
      await sandbox.control.advance({ seconds: 86_400 });
      expect(receiver.received).toHaveLength(before);
    });

    it('forgives earlier failures after one success', async () => {
      const { resource } = (await session.subscribe(receiver.url)).body;
      receiver.answerWith(500);
      await book();
      receiver.answerWith(200);
      await book();
      expect((await session.send('GET', resource.uri)).body.resource.retry_started_at).toBeNull();
      await sandbox.control.advance({ seconds: 86_400 });
      expect(sandbox.control.subscriptions()[0]?.state).toBe('active');
    });

    it('is unsigned for a personal token without a key', async () => {
      const { token } = sandbox.control.issuePersonalToken();
      Object.assign(session.tokens, { access_token: token });
      await session.subscribe(receiver.url);
      await book();
      expect(receiver.received[0]?.signature).toBeUndefined();
    });
  });

  describe('under orders', () => {
    beforeEach(() => session.subscribe(receiver.url));

    it('holds, then releases in the order asked for', async () => {
      sandbox.control.holdDeliveries();
      sandbox.control.cancel(inviteeOf(await book()));
      await sandbox.control.deliveriesSettled();
      expect(receiver.names()).toEqual([]);
      expect(await sandbox.control.releaseDeliveries({ order: 'newest-first' })).toEqual({ released: 2 });
      expect(receiver.names()).toEqual(['invitee.canceled', 'invitee.created']);
    });

    it('loses a delivery without a trace', async () => {
      sandbox.control.dropDeliveries();
      await book();
      await book();
      await sandbox.control.advance({ seconds: 7200 });
      expect(receiver.received).toHaveLength(1);
      expect(sandbox.control.deliveries().map(({ state }) => state)).toEqual(['dropped', 'delivered']);
    });

    it('repeats the same bytes', async () => {
      await book();
      await sandbox.control.repeatDelivery({ delivery: sandbox.control.deliveries()[0]?.id ?? '', times: 2 });
      expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
      expect(receiver.received).toHaveLength(3);
    });

    it('dates a signature back, and forges one', async () => {
      sandbox.control.staleDeliveries({ age_seconds: 181 });
      sandbox.control.forgeDeliveries();
      await book();
      await book();
      const [stale, forged] = receiver.received;
      const now = Math.floor(frozenAt.getTime() / 1000);
      expect(stale?.signature).toContain(`t=${now - 181},`);
      const right = createHmac('sha256', sandbox.signingKey).update(`${now}.${forged?.body}`).digest('hex');
      expect(forged?.signature).toContain(`t=${now},`);
      expect(forged?.signature).not.toContain(right);
    });
  });
});
