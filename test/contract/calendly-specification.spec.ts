import { describe, expect, it } from '@jest/globals';
import { calendlyEnvelope, calendlyEvent, calendlyInvitee } from '../support/calendly-payloads.js';
import { type Step, tellChain } from '../support/calendly-chain.js';
import { CalendlySpecification } from './support/calendly-specification.js';

// The other contract tests believe this one: what is wrong must be found.
describe('the specification of Calendly', () => {
  const specification = new CalendlySpecification();
  const pagination = {
    count: 1,
    next_page: null,
    previous_page: null,
    next_page_token: null,
    previous_page_token: null,
  };
  const restEvent = { ...calendlyEvent(), calendar_event: null };

  it('allows the objects that our other tests are made of', () => {
    expect(specification.findDeliveryFaults(calendlyEnvelope())).toEqual([]);
    const kinds = ['book', 'no-show', 'undo', 'link', 'move', 'move', 'cancel'] as const;
    const steps: Step[] = kinds.map((kind, hour) => ({ kind, hour, afterSeconds: 60 }));
    for (const { body } of tellChain(steps, 'A')) {
      expect(specification.findDeliveryFaults(JSON.parse(body.toString()) as object)).toEqual([]);
    }
  });

  it('takes the newer schema before the older', () => {
    const answer = (event: object) =>
      specification.findAnswerFaults('GET', '/scheduled_events', 200, { collection: [event], pagination });
    expect(answer(restEvent)).toEqual([]);
    expect(answer({ ...restEvent, invitees_counter: { total: 1 } })).not.toEqual([]);
    expect(answer(calendlyEvent())).not.toEqual([]);
  });

  it.each<[string, string, string, number, unknown]>([
    ['a field that is missing', 'GET', '/users/me', 200, { resource: { uri: 'https://api.calendly.com/users/U1' } }],
    ['an answer without its wrapping', 'GET', '/users/me', 200, {}],
    ['a time that is none', 'GET', '/scheduled_events/E1', 200, { resource: { ...restEvent, start_time: 'soon' } }],
    [
      'a null that is not allowed',
      'GET',
      '/scheduled_events/E1/invitees/I1',
      200,
      { resource: { ...calendlyInvitee(), name: null } },
    ],
    ['a list without paging', 'GET', '/scheduled_events', 200, { collection: [] }],
    ['an error without a message', 'GET', '/users/me', 401, { title: 'Unauthenticated' }],
    ['a status that is not documented', 'GET', '/users/me', 204, undefined],
    ['a path that is not documented', 'GET', '/invoices', 200, {}],
    ['a body where there is none', 'DELETE', '/webhook_subscriptions/W1', 204, {}],
  ])('finds in an answer %s', (_, method, path, status, body) => {
    expect(specification.findAnswerFaults(method, path, status, body)).not.toEqual([]);
  });

  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
  const request = { method: 'GET', path: '/scheduled_events', query: new URLSearchParams(), headers, body: '' };
  const subscription = {
    url: 'https://app.example.test/hook',
    organization: 'https://api.calendly.com/organizations/O1',
    scope: 'user',
    events: ['invitee.created'],
  };

  it('allows a good request', () => {
    const query = new URLSearchParams({
      user: 'https://api.calendly.com/users/U1',
      count: '100',
      sort: 'start_time:asc',
    });
    expect(specification.findRequestFaults({ ...request, query })).toEqual([]);
    const creation = { ...request, method: 'POST', path: '/webhook_subscriptions', body: JSON.stringify(subscription) };
    expect(specification.findRequestFaults(creation)).toEqual([]);
  });

  it.each([
    ['a path that is not documented', { path: '/scheduled_events/E1/guests' }],
    ['a method that is not documented', { method: 'PATCH' }],
    ['no token', { headers: {} }],
    ['another kind of token', { headers: { authorization: 'Basic eDp5' } }],
    ['a parameter that is not documented', { query: new URLSearchParams({ updated_since: 'x' }) }],
    ['a parameter out of bounds', { query: new URLSearchParams({ count: '101' }) }],
    ['a parameter that is not an address', { query: new URLSearchParams({ user: 'U1' }) }],
    ['a parameter twice', { query: new URLSearchParams('count=1&count=2') }],
    ['a body where there is none', { body: '{}' }],
    [
      'a body that is a form',
      {
        method: 'POST',
        path: '/webhook_subscriptions',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=b',
      },
    ],
    [
      'an event that does not exist',
      {
        method: 'POST',
        path: '/webhook_subscriptions',
        body: JSON.stringify({ ...subscription, events: ['invitee.rescheduled'] }),
      },
    ],
    [
      'a field that is not documented',
      { method: 'POST', path: '/webhook_subscriptions', body: JSON.stringify({ ...subscription, secret: 'x' }) },
    ],
    [
      'a field that is missing',
      {
        method: 'POST',
        path: '/webhook_subscriptions',
        body: JSON.stringify({ ...subscription, organization: undefined }),
      },
    ],
  ])('finds in a request %s', (_, changes) => {
    expect(specification.findRequestFaults({ ...request, ...changes })).not.toEqual([]);
  });
});
