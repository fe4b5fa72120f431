import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scope } from '../../sandbox/calendly/scopes.js';
import { type CalendlySandbox, startCalendlySandbox } from '../../sandbox/calendly/start-calendly-sandbox.js';
import { ApiSession, freeEmail } from '../../sandbox/calendly/testing/api-session.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../sandbox/calendly/testing/webhook-receiver.js';
import { CalendlySpecification } from './support/calendly-specification.js';

const EVERYTHING: Scope[] = [
  'users:read',
  'organizations:read',
  'event_types:read',
  'scheduled_events:write',
  'webhooks:write',
  'routing_forms:read',
];
const FROZEN_AT = new Date('2026-11-20T10:00:00.123Z');

// The stand-in is believed by every other test; so it is checked against the provider's own words.
describe('the sandbox of Calendly answers as the specification says', () => {
  const specification = new CalendlySpecification();
  let sandbox: CalendlySandbox;
  let receiver: WebhookReceiver;
  let session: ApiSession;
  let booked: Booked;

  beforeAll(async () => {
    sandbox = await startCalendlySandbox({ frozenAt: FROZEN_AT });
    receiver = await startWebhookReceiver();
    session = await ApiSession.connect(sandbox, undefined, EVERYTHING);
    booked = book(sandbox);
  });
  afterAll(async () => {
    await sandbox?.close();
    await receiver?.close();
  });

  /** Asks, and compares status and body with the specification. */
  async function ask(
    method: string,
    path: string,
    expected: number,
    body?: unknown,
    caller = session,
  ): Promise<unknown> {
    const response = await fetch(`${sandbox.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${caller.tokens.access_token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : (JSON.parse(text) as unknown);
    const [documented] = path.split('?');
    const faults = specification.findAnswerFaults(method, documented!, response.status, answer);
    expect({ method, path, status: response.status, faults }).toEqual({ method, path, status: expected, faults: [] });
    for (const header of ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']) {
      expect(response.headers.get(header)).toMatch(/^\d+$/);
    }
    return answer;
  }

  const owner = () => `user=${encodeURIComponent(session.tokens.owner)}`;
  const organization = () => `organization=${encodeURIComponent(session.tokens.organization)}`;

  it('when it shows the user, and colleagues', async () => {
    await ask('GET', '/users/me', 200);
    await ask('GET', `/users/${idOf(session.tokens.owner)}`, 200);
    await ask('GET', '/users/00000000-0000-4000-8000-000000000000', 404);
    await ask('GET', `/organization_memberships?${owner()}`, 200);
    await ask('GET', `/organization_memberships?${organization()}&count=1`, 200);
    await ask('GET', '/organization_memberships', 400);
  });

  it('when it shows what can be booked', async () => {
    const { collection } = (await ask('GET', `/event_types?${owner()}`, 200)) as { collection: { uri: string }[] };
    for (const { uri } of collection) await ask('GET', `/event_types/${idOf(uri)}`, 200);
    await ask('GET', '/event_types', 400);
    await ask('GET', '/event_types/none', 404);
  });

  it('when it shows what is booked, in every state, page by page', async () => {
    const first = (await ask('GET', `/scheduled_events?${owner()}&count=3`, 200)) as Page;
    await ask('GET', `/scheduled_events?${owner()}&count=3&page_token=${first.pagination.next_page_token}`, 200);
    const all = (await ask('GET', `/scheduled_events?${owner()}&count=100&sort=start_time:desc`, 200)) as Page;
    expect(new Set(all.collection.map(({ status }) => status))).toEqual(new Set(['active', 'canceled']));
    for (const { uri } of all.collection) {
      await ask('GET', `/scheduled_events/${idOf(uri)}`, 200);
      const { collection } = (await ask('GET', `/scheduled_events/${idOf(uri)}/invitees`, 200)) as Page;
      for (const invitee of collection)
        await ask('GET', new URL(invitee.uri).pathname.replace('/calendly/api', ''), 200);
    }
  });

  it('when a booking is moved, canceled, or somebody stays away', async () => {
    const [invitee] = booked.invitees;
    const { new: moved } = sandbox.control.move({ invitee: invitee!.uri, start_time: '2026-12-02T09:00:00Z' });
    await ask('GET', pathOf(booked.scheduled_event.uri), 200);
    await ask('GET', pathOf(invitee!.uri), 200);
    await ask('GET', pathOf(moved.invitee.uri), 200);

    const mark = (await ask('POST', '/invitee_no_shows', 201, { invitee: moved.invitee.uri })) as One;
    await ask('GET', pathOf(mark.resource.uri), 200);
    await ask('GET', pathOf(moved.invitee.uri), 200);
    await ask('POST', '/invitee_no_shows', 400, {});
    await ask('DELETE', pathOf(mark.resource.uri), 204);
    await ask('GET', pathOf(mark.resource.uri), 404);

    await ask('POST', `${pathOf(moved.scheduled_event.uri)}/cancellation`, 201, { reason: 'Grève' });
    await ask('POST', `${pathOf(moved.scheduled_event.uri)}/cancellation`, 403, { reason: 'Grève' });
    await ask('GET', pathOf(moved.scheduled_event.uri), 200);
    await ask('GET', pathOf(moved.invitee.uri), 200);
  });

  it('when somebody paid, answered questions, came through a form, and the event is for many', async () => {
    const submission = sandbox.control.submitRoutingForm();
    const several = sandbox.control.book({
      event_type: 'atelier-collectif',
      start_time: '2026-12-03T09:00:00Z',
      invitees: [
        {
          name: 'Zoé',
          email: 'zoe@example.test',
          first_name: 'Zoé',
          last_name: 'Martin',
          questions_and_answers: [{ question: 'Votre projet ?', answer: 'un\ndeux' }],
          tracking: { utm_source: 'x' },
          routing_form_submission: submission.uri,
          payment: {
            external_id: 'ch_1',
            provider: 'stripe',
            amount: 12.5,
            currency: 'EUR',
            terms: null,
            successful: true,
          },
        },
        { name: 'Ali', email: 'ali@example.test' },
      ],
      event_guests: ['ami@example.test'],
    });
    await ask('GET', pathOf(several.scheduled_event.uri), 200);
    await ask('GET', `${pathOf(several.scheduled_event.uri)}/invitees?count=1`, 200);
    await ask('GET', `${pathOf(several.scheduled_event.uri)}/invitees?status=active&sort=created_at:desc`, 200);
    await ask('GET', pathOf(several.invitees[0]!.uri), 200);
    await ask('GET', pathOf(submission.uri), 200);
  });

  it('when a subscription is made, shown, listed and ended', async () => {
    const creation = {
      url: receiver.url,
      events: ['invitee.created'],
      organization: session.tokens.organization,
      user: session.tokens.owner,
      scope: 'user',
      signing_key: 'mine',
    };
    const { resource } = (await ask('POST', '/webhook_subscriptions', 201, creation)) as One;
    await ask('POST', '/webhook_subscriptions', 409, creation);
    await ask('POST', '/webhook_subscriptions', 400, { ...creation, events: ['invitee.rescheduled'] });
    await ask('GET', pathOf(resource.uri), 200);
    await ask('GET', `/webhook_subscriptions?${organization()}&${owner()}&scope=user`, 200);
    await ask('GET', `/webhook_subscriptions?${organization()}&scope=organization`, 200);
    await ask('GET', '/webhook_subscriptions', 400);
    for (const event of ['invitee.created', 'invitee.canceled']) {
      await ask('GET', `/sample_webhook_data?event=${event}&${organization()}&${owner()}&scope=user`, 200);
    }
    await ask('DELETE', pathOf(resource.uri), 204);
    await ask('GET', pathOf(resource.uri), 404);
    await ask('DELETE', pathOf(resource.uri), 404);
  });

  it('when it refuses', async () => {
    const free = await ApiSession.connect(sandbox, freeEmail);
    const narrow = await ApiSession.connect(sandbox, undefined, ['users:read']);
    const nobody = { tokens: { access_token: 'unknown' } } as ApiSession;
    const creation = (caller: ApiSession) => ({
      url: 'https://app.example.test/hook',
      events: ['invitee.created'],
      organization: caller.tokens.organization,
      user: caller.tokens.owner,
      scope: 'user',
    });

    await ask('GET', '/users/me', 401, undefined, nobody);
    await ask('GET', `/scheduled_events?${owner()}`, 403, undefined, narrow);
    await ask('GET', `/scheduled_events?${owner()}`, 403, undefined, free);
    await ask('GET', `/scheduled_events?${owner()}&count=101`, 400);
    await ask('GET', `/scheduled_events?${owner()}&page_token=forged`, 400);
    await ask('GET', pathOf(booked.scheduled_event.uri), 403, undefined, free);
    await ask('GET', pathOf(booked.invitees[0]!.uri), 403, undefined, free);
    await ask('POST', '/webhook_subscriptions', 403, creation(free), free);
    await ask('POST', '/webhook_subscriptions', 403, creation(narrow), narrow);
    await ask('GET', '/scheduled_events/none', 404);
    await ask('GET', '/scheduled_events/none/invitees', 404);
    await ask('GET', `${pathOf(booked.scheduled_event.uri)}/invitees/none`, 404);

    sandbox.control.failNext({ base: 'api', status: 500 });
    await ask('GET', '/users/me', 500);
    sandbox.control.failNext({ base: 'api', status: 429, reset_seconds: 12 });
    await ask('GET', '/users/me', 429);
    sandbox.control.changeSettings({ rate_limit_free: 1 });
    await ask('GET', '/users/me', 429, undefined, free);
  });

  it('when it delivers', async () => {
    await session.subscribe(receiver.url, { scope: 'organization', user: undefined, events: [...DELIVERED] });
    const { invitees } = book(sandbox, '2026-12-08T09:00:00Z');
    const { new: moved } = sandbox.control.move({
      invitee: invitees[0]!.uri,
      start_time: '2026-12-09T09:00:00Z',
      by: 'host',
    });
    sandbox.control.markNoShow({ invitee: moved.invitee.uri });
    sandbox.control.unmarkNoShow({ invitee: moved.invitee.uri });
    sandbox.control.cancel({ invitee: moved.invitee.uri, by: 'host', reason: 'Grève' });
    sandbox.control.submitRoutingForm();
    await sandbox.control.deliveriesSettled();

    const delivered = receiver.received.map(({ body }) => JSON.parse(body) as { event: string; payload: unknown });
    expect(new Set(delivered.map(({ event }) => event))).toEqual(new Set(DELIVERED));
    for (const delivery of delivered) {
      expect({ event: delivery.event, faults: specification.findDeliveryFaults(delivery) }).toEqual({
        event: delivery.event,
        faults: [],
      });
    }
    for (const { signature } of receiver.received) expect(signature).toMatch(/^t=\d{10},v1=[0-9a-f]{64}$/);
  });
});

const DELIVERED = [
  'invitee.created',
  'invitee.canceled',
  'invitee_no_show.created',
  'invitee_no_show.deleted',
  'routing_form_submission.created',
] as const;

interface Page {
  collection: { uri: string; status: string }[];
  pagination: { next_page_token: string };
}

interface One {
  resource: { uri: string };
}

interface Booked {
  scheduled_event: { uri: string };
  invitees: { uri: string }[];
}

function book(sandbox: CalendlySandbox, start_time = '2026-12-01T09:00:00Z'): Booked {
  return sandbox.control.book({ start_time, invitees: [{ name: 'Inès Roy', email: 'ines@example.test' }] });
}

function idOf(uri: string): string {
  return uri.split('/').at(-1)!;
}

function pathOf(uri: string): string {
  return new URL(uri).pathname.replace('/calendly/api', '');
}
