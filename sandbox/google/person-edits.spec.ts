import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { GoogleControl } from './control.js';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import { emptyEmail, type Events, GoogleSession, hour, type Item } from './testing/google-session.js';

const tenWeeks = {
  id: 'cours',
  summary: 'Cours',
  ...hour(3, '09:00', '10:00'),
  recurrence: ['RRULE:FREQ=WEEKLY;COUNT=10'],
};
const account = emptyEmail;

describe('what a person does in the calendar', () => {
  let sandbox: GoogleSandbox;
  let control: GoogleControl;
  let events: Events;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
    ({ control } = sandbox);
    events = (await GoogleSession.connect(sandbox, account)).events();
    control.addEvent({ account, event: tenWeeks });
  });
  afterEach(() => sandbox.close());

  const truth = () => control.events({ account }) as unknown as Item[];
  const occurrence = (number: number) => truth()[number - 1]?.id ?? '';
  const days = () => truth().map(({ start }) => start.dateTime?.slice(5, 16));

  it('can be to one occurrence', () => {
    control.changeEvent({ account, event: occurrence(3), changes: hour(18, '14:00', '15:00') });
    control.deleteEvent({ account, event: occurrence(5), scope: 'this' });
    expect(days()).toHaveLength(9);
    expect(days()[2]).toBe('03-18T14:00');
    expect(days()[4]).toBe('04-07T09:00');
  });

  it('can be to this and the following: the series ends, another begins with what was left of the count', async () => {
    const changed = control.changeEvent({
      account,
      event: occurrence(8),
      scope: 'following',
      changes: { summary: 'Suite' },
    });
    expect(truth().map(({ summary }) => summary)).toEqual([...Array(7).fill('Cours'), ...Array(3).fill('Suite')]);
    const { body: old } = await events.get('cours');
    expect(old.recurrence).toEqual(['RRULE:FREQ=WEEKLY;UNTIL=20260421T065959Z']);
    const { body: next } = await events.get(changed.id);
    expect(next).toMatchObject({ id: 'cours_R20260421T070000', recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
    control.changeEvent({ account, event: occurrence(9), changes: { summary: 'Une seule' } });
    expect((await events.get(occurrence(9))).body).toMatchObject({ summary: 'Une seule', recurringEventId: next.id });
  });

  it('can move the following elsewhere, or take them away', () => {
    const later = { start: { dateTime: '2026-04-21T16:00:00+02:00' }, end: { dateTime: '2026-04-21T17:00:00+02:00' } };
    control.changeEvent({ account, event: occurrence(8), scope: 'following', changes: later });
    expect(days().slice(6)).toEqual(['04-14T09:00', '04-21T16:00', '04-28T16:00', '05-05T16:00']);
    control.deleteEvent({ account, event: occurrence(4), scope: 'following' });
    expect(days()).toEqual(['03-03T09:00', '03-10T09:00', '03-17T09:00', '04-21T16:00', '04-28T16:00', '05-05T16:00']);
  });

  it('can be to all: dragging one drags the series', () => {
    control.changeEvent({ account, event: occurrence(2), scope: 'all', changes: hour(11, '10:00', '12:00') });
    expect(days().slice(0, 2)).toEqual(['03-04T10:00', '03-11T10:00']);
    expect(truth()[0]?.end.dateTime).toBe('2026-03-04T12:00:00+01:00');
    control.deleteEvent({ account, event: occurrence(2), scope: 'all' });
    expect(days()).toEqual([]);
  });

  it('from the first on is to all', () => {
    control.changeEvent({ account, event: occurrence(1), scope: 'following', changes: { summary: 'Tous' } });
    expect(truth().every(({ summary, recurringEventId }) => summary === 'Tous' && recurringEventId === 'cours')).toBe(
      true,
    );
  });

  it('of whole days cuts between days', async () => {
    const event = {
      id: 'jours0',
      start: { date: '2026-03-03' },
      end: { date: '2026-03-04' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=5'],
    };
    control.addEvent({ account, event });
    control.deleteEvent({ account, event: 'jours0_20260306', scope: 'following' });
    expect((await events.get('jours0')).body.recurrence).toEqual(['RRULE:FREQ=DAILY;UNTIL=20260305']);
    expect((await events.instances('jours0')).body.items).toHaveLength(3);
  });

  it.each(['false', 'true'])(
    'reaches whoever synchronises with singleEvents=%s: it comes to the truth',
    async (singleEvents) => {
      const query = { singleEvents };
      const known = new Map((await events.listAll(query)).items.map((item) => [item.id, item]));
      const changes = await events.follow(query);
      control.changeEvent({ account, event: occurrence(3), changes: hour(18, '14:00', '15:00') });
      control.deleteEvent({ account, event: occurrence(5) });
      control.changeEvent({ account, event: occurrence(7), scope: 'following', changes: { summary: 'Suite' } });
      for (const item of await changes()) known.set(item.id, item);
      const live = [...known.values()].filter(({ status }) => status !== 'cancelled').map(({ id }) => id);
      const fresh = (await events.listAll(query)).items
        .filter(({ status }) => status !== 'cancelled')
        .map(({ id }) => id);
      expect(live.sort()).toEqual(fresh.sort());
    },
  );

  it('is refused in words that say why', () => {
    const order = { account, event: 'none0', changes: {} };
    expect(() => control.changeEvent(order)).toThrow('no event is named none0');
    expect(() => control.addEvent({ account, event: { id: 'cours', ...hour(3, '09:00', '10:00') } })).toThrow(
      'duplicate',
    );
    expect(() => control.addEvent({ account, event: { summary: 'Sans heure' } })).toThrow('required');
  });
});
