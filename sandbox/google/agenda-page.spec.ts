import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import { emptyEmail, hour } from './testing/google-session.js';

const account = emptyEmail;
const where = `account=${encodeURIComponent(account)}&week=2026-03-09`;

describe('the page of the calendar', () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
  });
  afterEach(() => sandbox.close());

  const read = async (query = '') => (await fetch(`${sandbox.url}/google/?${query}`)).text();
  const submit = async (action: string, fields: Record<string, string>, at = where) => {
    const url = `${sandbox.url}/google/agenda/${action}?${at}`;
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    expect(response.status).toBe(303);
    return new URL(response.headers.get('location') ?? '', sandbox.url).searchParams.get('notice');
  };
  const truth = () => sandbox.control.events({ account });
  const addWeekly = () =>
    sandbox.control.addEvent({
      account,
      event: {
        id: 'cours',
        summary: 'Cours',
        ...hour(10, '09:00', '10:00'),
        recurrence: ['RRULE:FREQ=WEEKLY;COUNT=5'],
      },
    });

  it('shows the week of the first account in French, in English when asked', async () => {
    expect(await read()).toContain('ceci n’est pas Google');
    expect(await read()).toContain('Point d’équipe');
    expect(await read('lang=en')).toContain('this is not Google');
    expect(await read(where)).toContain('Rien cette semaine.');
  });

  it('adds, moves, renames and deletes', async () => {
    expect(await submit('add', { summary: 'Réunion', day: '2026-03-10', hour: '14:00', minutes: '90' })).toBe('added');
    expect(truth()).toMatchObject([{ summary: 'Réunion', end: { dateTime: '2026-03-10T15:30:00+01:00' } }]);
    const [event] = truth();
    const id = event?.id ?? '';
    expect(await submit('change', { event: id, summary: 'Atelier', start: '2026-03-12T10:00' })).toBe('changed');
    expect(truth()).toMatchObject([
      {
        summary: 'Atelier',
        start: { dateTime: '2026-03-12T10:00:00+01:00' },
        end: { dateTime: '2026-03-12T11:30:00+01:00' },
      },
    ]);
    expect(await read(where)).toContain('Atelier');
    expect(await submit('delete', { event: id })).toBe('deleted');
    expect(truth()).toEqual([]);
  });

  it('adds and moves whole days', async () => {
    await submit('add', { summary: 'Salon', day: '2026-03-10', hour: '', minutes: '60' });
    const [event] = truth();
    expect(event).toMatchObject({ start: { date: '2026-03-10' }, end: { date: '2026-03-11' } });
    expect(await submit('change', { event: event?.id ?? '', summary: 'Salon', start: '2026-03-12' })).toBe('changed');
    expect(truth()).toMatchObject([{ start: { date: '2026-03-12' }, end: { date: '2026-03-13' } }]);
  });

  it('deletes one occurrence, and changes those that follow', async () => {
    addWeekly();
    await submit('delete', { event: 'cours_20260317T080000Z', scope: 'this' });
    expect(truth()).toHaveLength(4);
    const changes = {
      event: 'cours_20260331T070000Z',
      scope: 'following',
      summary: 'Suite',
      start: '2026-03-31T09:00',
    };
    expect(await submit('change', changes)).toBe('changed');
    expect(truth().map((event) => 'summary' in event && event.summary)).toEqual(['Cours', 'Cours', 'Suite', 'Suite']);
  });

  it('refuses what cannot be, without breaking', async () => {
    expect(await submit('add', { summary: '', day: '2026-03-10', hour: '14:00', minutes: '60' })).toBe('refused');
    expect(await submit('delete', { event: 'none0' })).toBe('refused');
    const holidays = `${where}&calendar=${encodeURIComponent('fr.french#holiday@group.v.calendar.google.com')}`;
    expect(await submit('add', { summary: 'Férié', day: '2026-03-10', hour: '', minutes: '60' }, holidays)).toBe(
      'refused',
    );
    expect(await read(holidays)).toContain('lecture seule');
  });

  it('is where the links in answers lead, and writes no markup of others', async () => {
    const event = sandbox.control.addEvent({
      account,
      event: { summary: '<b>Zoé</b>', ...hour(19, '09:00', '10:00') },
    });
    const link = 'htmlLink' in event ? event.htmlLink : null;
    const page = await (await fetch(String(link))).text();
    expect(page).toContain('&#60;b&#62;Zoé');
    expect(page).toContain(`id="${event.id}"`);
  });
});
