import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import {
  eventAt,
  type EventAnswer,
  eventPath,
  GraphSession,
  immutable,
  personalEmail,
  viewPath,
  weekly,
} from './testing/graph-session.js';

const account = personalEmail;
const prefer = { prefer: immutable };

describe('series', () => {
  let sandbox: OutlookSandbox;
  let session: GraphSession;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox({ frozenAt: new Date('2026-01-05T09:00:00Z') });
    session = await GraphSession.connect(sandbox, account);
  });
  afterEach(() => sandbox.close());

  /** Ten Tuesdays from 10 March: summer time begins between the third and the fourth. */
  const tenTuesdays = async (more: Record<string, unknown> = {}) => {
    const recurrence = weekly('2026-03-10', 10, ['tuesday']);
    const answer = await session.post(
      '/me/events',
      eventAt('2026-03-10', '09:00', '12:00', { recurrence, ...more }),
      prefer,
    );
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.event;
  };
  const view = async (): Promise<EventAnswer[]> =>
    (await session.get(viewPath('2026-03-01', '2026-06-30'), prefer)).body.value;
  const starts = (events: EventAnswer[]) => events.map(({ start }) => start.dateTime.slice(0, 16));
  const truth = () =>
    sandbox.control
      .events({ account, from: '2026-03-01T00:00:00Z', to: '2026-06-30T00:00:00Z' })
      .map(({ start }) => start.dateTime.slice(0, 16));

  it('keep their time on the wall when the clocks change', async () => {
    await tenTuesdays();
    expect(starts(await view())).toEqual([
      '2026-03-10T08:00',
      '2026-03-17T08:00',
      '2026-03-24T08:00',
      '2026-03-31T07:00',
      '2026-04-07T07:00',
      '2026-04-14T07:00',
      '2026-04-21T07:00',
      '2026-04-28T07:00',
      '2026-05-05T07:00',
      '2026-05-12T07:00',
    ]);
  });

  it('lose no occurrence in the hour that summer time leaves out', async () => {
    const recurrence = {
      pattern: { type: 'daily', interval: 1 },
      range: { type: 'numbered', startDate: '2026-03-28', numberOfOccurrences: 3 },
    };
    await session.post('/me/events', eventAt('2026-03-28', '02:30', '03:30', { recurrence }));
    expect(await view()).toHaveLength(3);
  });

  it('show masters in the list and occurrences in the view', async () => {
    const master = await tenTuesdays({ subject: 'Série' });
    expect(master).toMatchObject({ type: 'seriesMaster', seriesMasterId: null });
    const listed = (await session.get('/me/events?$top=100', prefer)).body.value.filter(
      ({ subject }) => subject === 'Série',
    );
    expect(listed.map(({ id, type }) => [id, type])).toEqual([[master.id, 'seriesMaster']]);
    const [first, second] = await view();
    expect(first).toMatchObject({
      type: 'occurrence',
      seriesMasterId: master.id,
      originalStart: '2026-03-10T08:00:00.0000000Z',
      recurrence: null,
    });
    expect(first?.['iCalUId']).not.toBe(second?.['iCalUId']);
    expect((await session.get(eventPath(second?.id ?? ''), prefer)).event.start.dateTime).toBe(
      '2026-03-17T08:00:00.0000000',
    );
    const instances = await session.get(
      eventPath(master.id, '/instances?startDateTime=2026-03-11T00:00:00Z&endDateTime=2026-03-25T00:00:00Z'),
    );
    expect(starts(instances.body.value)).toEqual(['2026-03-17T08:00', '2026-03-24T08:00']);
    expect(
      (
        await session.get(
          eventPath(first?.id ?? '', '/instances?startDateTime=2026-03-11T00:00:00Z&endDateTime=2026-03-25T00:00:00Z'),
        )
      ).status,
    ).toBe(400);
  });

  it('answer their recurrence in full', async () => {
    const master = await tenTuesdays();
    expect(master['recurrence']).toEqual({
      pattern: {
        type: 'weekly',
        interval: 1,
        month: 0,
        dayOfMonth: 0,
        daysOfWeek: ['tuesday'],
        firstDayOfWeek: 'monday',
        index: 'first',
      },
      range: {
        type: 'numbered',
        startDate: '2026-03-10',
        endDate: '0001-01-01',
        recurrenceTimeZone: 'Romance Standard Time',
        numberOfOccurrences: 10,
      },
    });
  });

  it('begin on the first day their pattern names', async () => {
    const recurrence = weekly('2026-03-10', 2, ['friday']);
    const { event } = await session.post('/me/events', eventAt('2026-03-10', '09:00', '10:00', { recurrence }));
    expect(event.start.dateTime).toBe('2026-03-13T08:00:00.0000000');
    expect(event['recurrence']).toMatchObject({ range: { startDate: '2026-03-13' } });
    expect(starts(await view())).toEqual(['2026-03-13T08:00', '2026-03-20T08:00']);
  });

  it.each([
    ['a range that starts on another day', weekly('2026-03-11', 2, ['tuesday']), 400],
    ['no weekday', weekly('2026-03-10', 2, []), 400],
    ['no count', weekly('2026-03-10', 0, ['tuesday']), 400],
    [
      'an end before the start',
      {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'endDate', startDate: '2026-03-10', endDate: '2026-03-09' },
      },
      400,
    ],
    [
      'an unknown zone',
      {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'noEnd', startDate: '2026-03-10', recurrenceTimeZone: 'tzone://Microsoft/Custom' },
      },
      400,
    ],
    [
      'an unknown pattern',
      { pattern: { type: 'hourly', interval: 1 }, range: { type: 'noEnd', startDate: '2026-03-10' } },
      400,
    ],
  ])('refuse %s', async (_, recurrence, status) => {
    expect((await session.post('/me/events', eventAt('2026-03-10', '09:00', '10:00', { recurrence }))).status).toBe(
      status,
    );
  });

  it('may be in a zone nobody knows, when a device made them', () => {
    const zone = 'tzone://Microsoft/Custom';
    const at = (time: string) => ({ dateTime: `2026-03-10T${time}:00`, timeZone: zone });
    const range = { type: 'numbered', startDate: '2026-03-10', numberOfOccurrences: 2, recurrenceTimeZone: zone };
    const event = {
      start: at('09:00'),
      end: at('10:00'),
      recurrence: { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'] }, range },
    };
    const shown = sandbox.control.addEvent({ account, event });
    expect(shown).toMatchObject({ originalStartTimeZone: zone, recurrence: { range: { recurrenceTimeZone: zone } } });
    expect(truth()).toEqual(['2026-03-10T08:00', '2026-03-17T08:00']);
  });

  describe('with an occurrence of its own', () => {
    it('move, retitle and keep it', async () => {
      const master = await tenTuesdays({ attendees: [{ emailAddress: { address: 'a@x.test' } }] });
      sandbox.control.clearMails();
      const third = (await view())[2]!;
      const changed = await session.patch(
        eventPath(third.id),
        eventAt('2026-03-25', '14:00', '15:00', { subject: 'Mercredi' }),
        prefer,
      );
      expect(changed.event).toMatchObject({
        id: third.id,
        type: 'exception',
        seriesMasterId: master.id,
        subject: 'Mercredi',
        originalStart: '2026-03-24T08:00:00.0000000Z',
      });
      expect(sandbox.control.mails().map(({ kind }) => kind)).toEqual(['update']);
      expect(starts(await view())[2]).toBe('2026-03-25T13:00');
      // What the series changes elsewhere shows there too; what the occurrence has of its own stays.
      await session.patch(eventPath(master.id), { subject: 'Toutes', location: { displayName: 'Salle C' } });
      const after = (await view())[2];
      expect(after).toMatchObject({ type: 'exception', subject: 'Mercredi', location: { displayName: 'Salle C' } });
    });

    it.each([
      ['2026-03-17', 400],
      ['2026-03-18', 200],
      ['2026-03-30', 200],
      ['2026-03-31', 400],
      ['2026-04-02', 400],
    ])('cannot take it to %s, the day of a neighbour or past it (%i)', async (day, status) => {
      await tenTuesdays();
      const third = (await view())[2]!;
      const answer = await session.patch(eventPath(third.id), eventAt(day, '14:00', '15:00'));
      const code = status === 400 ? 'ErrorOccurrenceCrossingBoundary' : undefined;
      expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    });

    it('measure the distance from where the neighbours are now', async () => {
      await tenTuesdays();
      const [, second, third] = await view();
      await session.patch(eventPath(second!.id), eventAt('2026-03-20', '09:00', '10:00'));
      expect((await session.patch(eventPath(third!.id), eventAt('2026-03-20', '18:00', '19:00'))).status).toBe(400);
      await session.send('DELETE', eventPath(second!.id));
      expect((await session.patch(eventPath(third!.id), eventAt('2026-03-20', '18:00', '19:00'))).status).toBe(200);
    });

    it('delete it alone', async () => {
      const master = await tenTuesdays();
      const fifth = (await view())[4]!;
      expect((await session.send('DELETE', eventPath(fifth.id))).status).toBe(204);
      expect((await session.get(eventPath(fifth.id))).status).toBe(404);
      expect(await view()).toHaveLength(9);
      const selected = await session.get(
        eventPath(master.id, '?$select=cancelledOccurrences&$expand=exceptionOccurrences'),
        prefer,
      );
      expect(selected.event['cancelledOccurrences']).toEqual([fifth.id]);
      expect(selected.event['exceptionOccurrences']).toEqual([]);
      expect((await session.get(eventPath(master.id))).event).not.toHaveProperty('cancelledOccurrences');
    });

    it('have no recurrence in it', async () => {
      await tenTuesdays();
      const [first] = await view();
      const recurrence = weekly('2026-03-10', 2, ['tuesday']);
      expect((await session.patch(eventPath(first!.id), { recurrence })).status).toBe(400);
    });
  });

  it('forget exceptions with another time of day or pattern, and keep them with another end', async () => {
    const master = await tenTuesdays();
    const [, second, third] = await view();
    await session.patch(eventPath(second!.id), { subject: 'À part' });
    await session.send('DELETE', eventPath(third!.id));
    await session.patch(eventPath(master.id), { recurrence: weekly('2026-03-10', 4, ['tuesday']) });
    expect((await view()).map(({ type }) => type)).toEqual(['occurrence', 'exception', 'occurrence']);
    await session.patch(eventPath(master.id), eventAt('2026-03-10', '10:00', '11:00'));
    expect((await view()).map(({ type }) => type)).toEqual(['occurrence', 'occurrence', 'occurrence', 'occurrence']);
  });

  it('become a single event, and back', async () => {
    const master = await tenTuesdays();
    const single = await session.patch(eventPath(master.id), { recurrence: null }, prefer);
    expect(single.event).toMatchObject({ id: master.id, type: 'singleInstance', recurrence: null });
    expect(starts(await view())).toEqual(['2026-03-10T08:00']);
    await session.patch(eventPath(master.id), { recurrence: weekly('2026-03-10', 3, ['tuesday']) });
    expect(await view()).toHaveLength(3);
  });

  it('go with their master', async () => {
    const master = await tenTuesdays();
    await session.send('DELETE', eventPath(master.id));
    expect(await view()).toEqual([]);
  });

  it('look the same through the view, through instances, and in truth, after all a person did to them', async () => {
    const master = await tenTuesdays();
    const shown = await view();
    sandbox.control.changeEvent({ account, event: shown[2]!.id, changes: eventAt('2026-03-26', '09:00', '12:00') });
    sandbox.control.deleteEvent({ account, event: shown[4]!.id });
    const next = sandbox.control.changeEvent({
      account,
      event: shown[7]!.id,
      scope: 'following',
      changes: eventAt('2026-04-28', '14:00', '16:00', { subject: 'La suite' }),
    });
    expect(next).toMatchObject({
      type: 'seriesMaster',
      subject: 'La suite',
      recurrence: { range: { numberOfOccurrences: 3 } },
    });
    expect((await session.get(eventPath(master.id))).event['recurrence']).toMatchObject({
      range: { type: 'endDate', endDate: '2026-04-21' },
    });
    const expected = [
      '2026-03-10T08:00',
      '2026-03-17T08:00',
      '2026-03-26T08:00',
      '2026-03-31T07:00',
      '2026-04-14T07:00',
      '2026-04-21T07:00',
      '2026-04-28T12:00',
      '2026-05-05T12:00',
      '2026-05-12T12:00',
    ];
    expect(starts(await view())).toEqual(expected);
    expect(truth()).toEqual(expected);
  });

  it('move as a whole as far as the occurrence that was taken hold of', async () => {
    await tenTuesdays();
    const fourth = (await view())[3]!;
    sandbox.control.changeEvent({
      account,
      event: fourth.id,
      scope: 'series',
      changes: eventAt('2026-03-31', '10:30', '13:30'),
    });
    expect(truth().slice(0, 4)).toEqual([
      '2026-03-10T09:30',
      '2026-03-17T09:30',
      '2026-03-24T09:30',
      '2026-03-31T08:30',
    ]);
    sandbox.control.deleteEvent({ account, event: (await view())[2]!.id, scope: 'following' });
    expect(truth()).toHaveLength(2);
    sandbox.control.deleteEvent({ account, event: (await view())[0]!.id, scope: 'following' });
    expect(truth()).toEqual([]);
  });
});
