import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from './start-cal-com-sandbox.js';
import { ManagedUser } from './testing/api-caller.js';

describe('the booking page', () => {
  let sandbox: CalComSandbox;
  beforeAll(async () => {
    sandbox = await startCalComSandbox({ frozenAt: new Date('2026-11-20T10:00:00Z') });
  });
  afterAll(() => sandbox.close());

  const open = async (path = '/') => (await fetch(`${sandbox.url}${path}`)).text();
  const submit = async (path: string, fields: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields);
    const answer = await fetch(`${sandbox.url}/cal-com/${path}`, { method: 'POST', body, redirect: 'manual' });
    return [answer.status, answer.headers.get('location')?.split('notice=')[1]];
  };
  const eventType = (slug: string) =>
    String(sandbox.control.accounts()[0]?.event_types.find((type) => type.slug === slug)?.id);
  const form = (changes: Record<string, string> = {}) => ({
    event_type: eventType('30min'),
    name: '<b>Zoé</b>',
    email: 'zoe@exemple.fr',
    day: '2026-11-21',
    hour: '14:00',
    ...changes,
  });
  const uidOf = (email: string) =>
    sandbox.control.bookings().find(({ attendees }) => attendees[0]?.email === email)?.uid ?? '';

  it('is filled in for tomorrow at two in Paris, in French or English', async () => {
    const text = await open();
    for (const value of ['Zoé Martin', '2026-11-21', '14:00', 'Découverte 30min', 'sur demande']) {
      expect(text).toContain(value);
    }
    expect(await open('/cal-com/?lang=en')).toContain('Book a meeting');
  });

  it('offers managed users first, by the address people know', async () => {
    await ManagedUser.create(sandbox);
    const text = await open();
    expect(text.indexOf('Inès Roy — ines@exemple.fr')).toBeLessThan(text.indexOf('Nora Petit — nora@example.test'));
  });

  it('books by a plain form at the hour of Paris', async () => {
    expect(await submit('book?lang=fr', form())).toEqual([303, 'booked']);
    const booked = sandbox.control.bookings().find(({ uid }) => uid === uidOf('zoe@exemple.fr'));
    expect(booked?.start).toBe('2026-11-21T13:00:00.000Z');
    expect(await submit('book', form({ email: 'zoé@exemple.fr' }))).toEqual([303, 'booked']);
    expect(await open()).not.toContain('<b>Zoé');
    expect(await submit('book', form({ event_type: '999' }))).toEqual([303, 'refused']);
    expect(await submit('book', form({ day: 'demain' }))).toEqual([303, 'refused']);
  });

  it('keeps what was booked last chosen', async () => {
    const body = new URLSearchParams(form({ event_type: eventType('atelier-collectif') }));
    const page = await fetch(`${sandbox.url}/cal-com/book`, { method: 'POST', body });
    const [, chosen] = /<option value="(\d+)" +selected/.exec(await page.text()) ?? [];
    expect(chosen).toBe(eventType('atelier-collectif'));
  });

  it('requests, confirms and rejects', async () => {
    expect(await submit('book', form({ event_type: eventType('entretien'), email: 'un@exemple.fr' }))).toEqual([
      303,
      'requested',
    ]);
    expect(await open()).toContain('en\u00a0attente');
    expect(await submit(`bookings/${uidOf('un@exemple.fr')}/confirm`)).toEqual([303, 'confirmed']);
    expect(await submit(`bookings/${uidOf('un@exemple.fr')}/reject`)).toEqual([303, 'refused']);
    await submit('book', form({ event_type: eventType('entretien'), email: 'deux@exemple.fr' }));
    expect(await submit(`bookings/${uidOf('deux@exemple.fr')}/reject`)).toEqual([303, 'rejected']);
  });

  it('marks, asks for another time, moves and cancels, and says when it cannot', async () => {
    const { uid } = sandbox.control.book({ start: '2026-12-01T09:00:00Z' });
    expect(await submit(`bookings/${uid}/no-show`)).toEqual([303, 'no_show']);
    expect(await submit(`bookings/${uid}/undo-no-show`)).toEqual([303, 'no_show_undone']);
    expect(await submit(`bookings/${uid}/request-reschedule`)).toEqual([303, 'to_move']);
    expect(await submit(`bookings/${uid}/cancel`)).toEqual([303, 'refused']);
    expect(await submit(`bookings/${uid}/move`, { start: '2026-12-02T10:30' })).toEqual([303, 'moved']);
    expect(await submit(`bookings/${uid}/move`, { start: '2026-12-02T10:30' })).toEqual([303, 'refused']);
    const successor = sandbox.control.bookings().find(({ rescheduledFromUid }) => rescheduledFromUid === uid);
    expect(successor?.start).toBe('2026-12-02T09:30:00.000Z');
    expect(await submit(`bookings/${successor?.uid}/cancel`)).toEqual([303, 'cancelled']);
  });
});
