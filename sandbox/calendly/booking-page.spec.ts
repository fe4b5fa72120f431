import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from './start-calendly-sandbox.js';
import { post } from './testing/api-session.js';

describe('the booking page', () => {
  let sandbox: CalendlySandbox;
  beforeAll(async () => {
    sandbox = await startCalendlySandbox({ frozenAt: new Date('2026-11-20T10:00:00Z') });
  });
  afterAll(() => sandbox.close());

  const open = async (path = '/') => (await fetch(`${sandbox.url}${path}`)).text();
  const submit = (path: string, fields: Record<string, string>) =>
    post(`${sandbox.url}/calendly/${path}`, new URLSearchParams(fields));
  const eventType = () => /<option value="([^"]+)">Découverte 30min/.exec(pageText)?.[1] ?? '';
  let pageText = '';

  it('is filled in for Zoé Martin, tomorrow at two in Paris', async () => {
    pageText = await open();
    for (const value of ['Zoé Martin', 'zoe.martin@example.test', '2026-11-21', '14:00', 'Découverte 30min']) {
      expect(pageText).toContain(value);
    }
    expect(await open('/calendly/?lang=en')).toContain('Book a meeting');
  });

  it('books by a plain form, at the hour of Paris, and returns with 303', async () => {
    pageText = await open();
    const fields = {
      event_type: eventType(),
      name: '<b>Zoé</b>',
      email: 'zoe@example.test',
      day: '2026-11-21',
      hour: '14:00',
    };
    const { status, headers } = await submit('book', fields);
    expect([status, headers.get('location')]).toEqual([303, '/calendly/?lang=fr&notice=booked']);
    const booked = sandbox.control.bookings().find(({ invitees }) => invitees[0]?.email === 'zoe@example.test');
    expect(booked?.scheduled_event.start_time).toBe('2026-11-21T13:00:00.000000Z');
    expect(await open()).not.toContain('<b>Zoé');
  });

  it('moves, marks and cancels by plain forms, and says when it cannot', async () => {
    const { invitees } = sandbox.control.book({ start_time: '2026-12-01T09:00:00Z' });
    const id = invitees[0]?.uri.split('/').at(-1) ?? '';
    const noticeOf = async (action: string, fields = {}) =>
      (await submit(`invitees/${id}/${action}`, fields)).headers.get('location')?.split('notice=')[1];
    expect(await noticeOf('no-show')).toBe('no_show');
    expect(await noticeOf('undo-no-show')).toBe('no_show_undone');
    expect(await noticeOf('move', { start: '2026-12-02T10:30' })).toBe('moved');
    expect(await noticeOf('cancel')).toBe('refused');
  });
});
