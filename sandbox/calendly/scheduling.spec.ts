import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from './start-calendly-sandbox.js';
import { ApiSession, inviteeOf } from './testing/api-session.js';
import { type Envelope, startWebhookReceiver, type WebhookReceiver } from './testing/webhook-receiver.js';

const workshop = 'Atelier collectif';
const people = (...names: string[]) => names.map((name) => ({ name, email: `${name}@example.test` }));

describe('scheduling', () => {
  let sandbox: CalendlySandbox;
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    sandbox = await startCalendlySandbox({ frozenAt: new Date('2026-11-20T10:00:00.123Z') });
    receiver = await startWebhookReceiver();
    await (await ApiSession.connect(sandbox)).subscribe(receiver.url);
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const arrived = async (): Promise<Envelope[]> => {
    await sandbox.control.deliveriesSettled();
    return receiver.envelopes();
  };

  it.each([
    ['canceled-first', ['invitee.canceled', 'invitee.created']],
    ['created-first', ['invitee.created', 'invitee.canceled']],
  ] as const)('moves by a linked pair of deliveries, %s', async (order, names) => {
    const before = sandbox.control.book();
    const moved = sandbox.control.move({ ...inviteeOf(before), start_time: '2026-12-01T09:00:00Z', order });
    const pair = (await arrived()).slice(1);
    expect(pair.map(({ event }) => event)).toEqual(names);
    const canceled = pair.find(({ event }) => event === 'invitee.canceled')?.payload;
    const created = pair.find(({ event }) => event === 'invitee.created')?.payload;
    expect(canceled).toMatchObject({ rescheduled: true, status: 'canceled', new_invitee: created?.uri });
    expect(created).toMatchObject({ rescheduled: false, status: 'active', old_invitee: canceled?.uri });
    expect(created?.event).not.toBe(canceled?.event);
    expect(canceled?.scheduled_event.status).toBe('canceled');
    expect(moved.new.scheduled_event.start_time).toBe('2026-12-01T09:00:00.000000Z');
  });

  it('seats a group in one event and counts heads as they come', async () => {
    const start = { event_type: workshop, start_time: '2026-12-02T13:00:00Z' };
    const first = sandbox.control.book({ ...start, invitees: people('a', 'b') });
    const second = sandbox.control.book({ ...start, invitees: people('c') });
    expect(second.scheduled_event.uri).toBe(first.scheduled_event.uri);
    const counters = (await arrived()).map(({ payload }) => payload.scheduled_event.invitees_counter);
    expect(counters).toEqual([1, 2, 3].map((heads) => ({ total: heads, active: heads, limit: 7 })));
  });

  it('refuses the eighth of a group of seven', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const order = { event_type: workshop, start_time: '2026-12-02T13:00:00Z', invitees: people(...names) };
    expect(() => sandbox.control.book(order)).toThrow('the event takes 7');
  });

  it('keeps a group event while someone remains, and cancels it with the last', async () => {
    const start = { event_type: workshop, start_time: '2026-12-02T13:00:00Z' };
    const booked = sandbox.control.book({ ...start, invitees: people('a', 'b') });
    sandbox.control.cancel({ ...inviteeOf(booked), reason: 'Empêchement' });
    sandbox.control.cancel({ ...inviteeOf(booked, 1), by: 'host' });
    const [one, other] = (await arrived()).slice(2).map(({ payload }) => payload);
    expect(one?.cancellation).toMatchObject({ canceled_by: 'a', reason: 'Empêchement', canceler_type: 'invitee' });
    expect(one?.scheduled_event).toMatchObject({
      status: 'active',
      invitees_counter: { total: 2, active: 1, limit: 7 },
    });
    expect(one?.scheduled_event).not.toHaveProperty('cancellation');
    expect(other?.scheduled_event).toMatchObject({ status: 'canceled', cancellation: { canceled_by: 'Nora Petit' } });
  });

  it('moves one of a group and leaves the others where they are', () => {
    const start = { event_type: workshop, start_time: '2026-12-02T13:00:00Z' };
    const booked = sandbox.control.book({ ...start, invitees: people('a', 'b') });
    const moved = sandbox.control.move({ ...inviteeOf(booked), start_time: '2026-12-03T13:00:00Z' });
    expect(moved.old.scheduled_event).toMatchObject({ status: 'active', invitees_counter: { active: 1 } });
    expect(moved.new.scheduled_event.invitees_counter.active).toBe(1);
  });

  it('moves updated_at of the event when an invitee changes', async () => {
    const booked = sandbox.control.book();
    const before = booked.scheduled_event;
    await sandbox.control.advance({ seconds: 90 });
    const { scheduled_event: after } = sandbox.control.markNoShow({ ...inviteeOf(booked) });
    expect(Date.parse(after.updated_at) - Date.parse(before.updated_at)).toBe(90_000);
    expect(after.created_at).toBe(before.created_at);
  });

  it('pushes the conference link later, in silence', async () => {
    const { scheduled_event: before } = sandbox.control.book();
    expect(before.location).toMatchObject({ type: 'google_conference', status: 'processing', join_url: null });
    await sandbox.control.advance({ seconds: 20 });
    const after = sandbox.control.bookings().find(({ scheduled_event: event }) => event.uri === before.uri);
    expect(after?.scheduled_event.location).toMatchObject({ status: 'pushed' });
    expect(after?.scheduled_event.location?.join_url).toMatch(/^https:/);
    expect(await arrived()).toHaveLength(1);
  });

  it('keeps answers in their order and with their accents, campaign included, through a move', async () => {
    const questions_and_answers = [
      { question: 'Prénom de l’élève ?', answer: 'Chloë', position: 0 },
      { question: 'Niveaux', answer: 'Débutant\nConfirmé', position: 1 },
    ];
    const invitee = { questions_and_answers, tracking: { utm_source: 'été' } };
    const booked = sandbox.control.book({ invitees: [invitee] });
    sandbox.control.move({ ...inviteeOf(booked), start_time: '2026-12-01T09:00:00Z' });
    const payload = (await arrived()).at(-1)?.payload;
    expect(payload?.questions_and_answers).toEqual(questions_and_answers);
    expect(payload?.tracking).toMatchObject({ utm_source: 'été', utm_term: null });
  });
});
