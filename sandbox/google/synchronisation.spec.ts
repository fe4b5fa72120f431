import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ControlError } from '../control-errors.js';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import { emptyEmail, type Events, GoogleSession, hour, type Item } from './testing/google-session.js';

const account = emptyEmail;

const edits = [
  'add',
  'add-series',
  'retitle',
  'move',
  'move-back',
  'delete',
  'retitle-series',
  'shift-series',
  'shorten-series',
  'delete-series',
  'revive',
  'split',
  'end',
  'read',
] as const;
type Edit = (typeof edits)[number];

// Whatever is done to a calendar, and whenever the reader looks, what he was told adds up to what a reader sees who comes anew.
describe('somebody who follows a calendar by its changes', () => {
  let sandbox: GoogleSandbox;
  let session: GoogleSession;
  let events: Events;
  let calendar: string;
  beforeAll(async () => {
    sandbox = await startGoogleSandbox({
      frozenAt: new Date('2026-03-02T08:00:00Z'),
      settings: { requests_per_minute_per_user: 1_000_000, requests_per_minute: 1_000_000 },
    });
    session = await GoogleSession.connect(sandbox, account);
  });
  afterAll(() => sandbox.close());

  it.each(['true', 'false'])(
    'with singleEvents=%s knows what is there',
    async (singleEvents) => {
      const property = fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...edits), fc.nat(1000)), { minLength: 1, maxLength: 14 }),
        async (steps) => {
          calendar = (await session.send('POST', '/calendars', { body: { summary: 'x', timeZone: 'Europe/Paris' } }))
            .body.id;
          events = session.events(calendar);
          const known = new Map<string, Item>();
          const changes = await events.follow({ singleEvents });
          const read = async () => {
            for (const item of await changes()) known.set(item.id, item);
          };
          for (const [edit, number] of steps) {
            if (edit === 'read') await read();
            else await apply(edit, number);
          }
          await read();
          const { items } = await events.listAll({ singleEvents });
          expect(live([...known.values()], singleEvents)).toEqual(live(items, singleEvents));
          // Where series are not expanded, occurrences that are off must be known to be off.
          const off = items.filter(({ status }) => status === 'cancelled').map(({ id }) => id);
          expect(off.filter((id) => known.get(id)?.status !== 'cancelled')).toEqual([]);
        },
      );
      await fc.assert(property, { numRuns: 100, seed: 99 });
    },
    120_000,
  );

  async function apply(edit: Edit, number: number): Promise<void> {
    const { control } = sandbox;
    const occurrences = control.events({ account, calendar }) as unknown as Item[];
    const chosen = occurrences[number % Math.max(1, occurrences.length)];
    const gone = (await events.listAll({ showDeleted: 'true' })).items.filter(({ status }) => status === 'cancelled');
    const day = 3 + (number % 20);
    const event = chosen?.id ?? '';
    const later = (by: number) => {
      const move = (time: string | undefined) => ({ dateTime: new Date(Date.parse(time ?? '') + by).toISOString() });
      return { start: move(chosen?.start.dateTime), end: move(chosen?.end.dateTime) };
    };
    if (edit === 'add')
      control.addEvent({ account, calendar, event: { summary: 'Seul', ...hour(day, '09:00', '10:00') } });
    if (edit === 'add-series') {
      const recurrence = [`RRULE:FREQ=${number % 2 === 0 ? 'WEEKLY' : 'DAILY'};COUNT=${2 + (number % 5)}`];
      control.addEvent({ account, calendar, event: { summary: 'Série', ...hour(day, '09:00', '10:00'), recurrence } });
    }
    if (edit === 'revive' && gone.length > 0) {
      const { id = '' } = gone[number % gone.length] ?? {};
      await events.patch(id, { status: 'confirmed' });
    }
    if (!chosen) return;
    const summary = `Titre ${number}`;
    attempt(() => {
      if (edit === 'retitle') control.changeEvent({ account, calendar, event, changes: { summary } });
      if (edit === 'move') control.changeEvent({ account, calendar, event, changes: later(5_400_000) });
      if (edit === 'move-back')
        control.changeEvent({ account, calendar, event, scope: 'all', changes: later(-3_600_000) });
      if (edit === 'delete') control.deleteEvent({ account, calendar, event });
      if (edit === 'retitle-series')
        control.changeEvent({ account, calendar, event, scope: 'all', changes: { summary } });
      if (edit === 'shift-series')
        control.changeEvent({ account, calendar, event, scope: 'all', changes: later(3_600_000) });
      if (edit === 'shorten-series') {
        const changes = { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] };
        control.changeEvent({ account, calendar, event: chosen.recurringEventId ?? event, scope: 'all', changes });
      }
      if (edit === 'delete-series') control.deleteEvent({ account, calendar, event, scope: 'all' });
      if (edit === 'split') control.changeEvent({ account, calendar, event, scope: 'following', changes: { summary } });
      if (edit === 'end') control.deleteEvent({ account, calendar, event, scope: 'following' });
    });
  }
});

/** Splitting where it was split before, say, is refused as it should be. */
function attempt(edit: () => void): void {
  try {
    edit();
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
  }
}

/** Where series are not expanded, who is told that one is gone knows that its exceptions are. */
function live(items: Item[], singleEvents: string): Item[] {
  const isExpanded = singleEvents === 'true';
  const standing = new Set(items.filter(({ status }) => status !== 'cancelled').map(({ id }) => id));
  return items
    .filter(({ status }) => status !== 'cancelled')
    .filter(({ recurringEventId }) => isExpanded || recurringEventId === undefined || standing.has(recurringEventId))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
}
