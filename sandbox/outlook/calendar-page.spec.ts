import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import { personalEmail } from './testing/graph-session.js';

describe('the page of a calendar', () => {
  let sandbox: OutlookSandbox;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox({ frozenAt: new Date('2026-03-01T09:00:00Z') });
  });
  afterEach(() => sandbox.close());

  const show = async (query = '') => (await fetch(`${sandbox.url}/outlook/${query}`)).text();
  const submit = async (path: string, fields: Record<string, string>) => {
    const body = new URLSearchParams({ account: personalEmail, ...fields });
    const answer = await fetch(`${sandbox.url}/outlook/events${path}?lang=fr`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
    return new URL(answer.headers.get('location') ?? '', sandbox.url).searchParams.get('notice');
  };
  const events = () => sandbox.control.events({ account: personalEmail, from: '2026-03-09T00:00:00Z' });

  it('speaks French, and English when asked', async () => {
    const french = await show();
    expect(french).toContain('ceci n’est pas Outlook');
    expect(french).toContain('Point d’équipe');
    expect(await show('?lang=en')).toContain('this is not Outlook');
    expect(await show(`?account=${personalEmail}`)).toContain('Dentiste');
  });

  it('lets a person add, move, retitle and delete an event', async () => {
    const form = { calendar: 'Calendrier', subject: 'Café <b>', day: '2026-03-10', from: '09:00', to: '10:00' };
    expect(await submit('', form)).toBe('added');
    const [made] = events();
    expect(made).toMatchObject({
      subject: 'Café <b>',
      type: 'singleInstance',
      start: { dateTime: '2026-03-10T08:00:00.0000000' },
    });
    expect(await show(`?account=${personalEmail}`)).toContain('Café &#60;b&#62;');
    const event = made?.id ?? '';
    expect(await submit('/move', { event, start: '2026-03-11T14:00' })).toBe('moved');
    expect(await submit('/rename', { event, subject: 'Thé' })).toBe('renamed');
    expect(events()).toMatchObject([
      {
        subject: 'Thé',
        start: { dateTime: '2026-03-11T13:00:00.0000000' },
        end: { dateTime: '2026-03-11T14:00:00.0000000' },
      },
    ]);
    expect(await submit('/delete', { event })).toBe('deleted');
    expect(events()).toEqual([]);
    expect(await submit('/delete', { event })).toBe('refused');
  });

  it('lets a person add a series, and move or delete one occurrence, or all', async () => {
    await submit('', {
      calendar: 'Calendrier',
      subject: 'Cours',
      day: '2026-03-10',
      from: '09:00',
      to: '10:00',
      times: '3',
    });
    const [first, second] = events();
    expect(await submit('/move', { event: first?.id ?? '', start: '2026-03-12T09:00' })).toBe('moved');
    expect(await submit('/delete', { event: second?.id ?? '' })).toBe('deleted');
    expect(events().map(({ type, start }) => [type, start.dateTime.slice(0, 10)])).toEqual([
      ['exception', '2026-03-12'],
      ['occurrence', '2026-03-24'],
    ]);
    expect(await submit('/move', { event: first?.id ?? '', start: '2026-03-30T09:00' })).toBe('refused');
    expect(await submit('/delete', { event: first?.id ?? '', scope: 'series' })).toBe('deleted');
    expect(events()).toEqual([]);
  });
});
