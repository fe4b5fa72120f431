import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import {
  deltaPath,
  eventAt,
  type EventAnswer,
  eventPath,
  GraphSession,
  immutable,
  personalEmail,
  weekly,
  workEmail,
} from './testing/graph-session.js';

const account = personalEmail;
const march = deltaPath('2026-03-01', '2026-04-01');

describe('calendarView/delta', () => {
  let sandbox: OutlookSandbox;
  let session: GraphSession;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox({ frozenAt: new Date('2026-01-05T09:00:00Z') });
    session = await GraphSession.connect(sandbox, account);
  });
  afterEach(() => sandbox.close());

  const add = (day: string, more: Record<string, unknown> = {}) =>
    sandbox.control.addEvent({ account, event: { ...eventAt(day, '09:00', '10:00'), ...more } }).id;
  const change = (event: string, changes: object) =>
    sandbox.control.changeEvent({ account, event, changes: { ...changes } });
  const remove = (event: string) => sandbox.control.deleteEvent({ account, event });
  const fourTuesdays = () => add('2026-03-03', { recurrence: weekly('2026-03-03', 4, ['tuesday']) });
  const occurrences = () =>
    sandbox.control.events({ account, from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' });
  const removed = (lines: EventAnswer[]) => lines.filter((line) => line['@removed']).map(({ id }) => id);
  const shown = (lines: EventAnswer[]) => lines.filter((line) => !line['@removed']).map(({ id }) => id);

  it('tells the window in pages that end in a link to the changes', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => add(`2026-03-${String(n + 1).padStart(2, '0')}`));
    add('2026-04-02');
    const first = await session.get(march, { prefer: `${immutable}, odata.maxpagesize=5` });
    expect(first.body.value).toHaveLength(5);
    expect(first.body).not.toHaveProperty(['@odata.deltaLink']);
    expect(first.body['@odata.nextLink']).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/outlook\/graph\/v1\.0\/me\/calendarView\/delta\?\$skiptoken=/,
    );
    const round = await session.round(march, `${immutable}, odata.maxpagesize=5`);
    expect([round.pages, shown(round.lines).sort()]).toEqual([3, ids.toSorted()]);
    expect(round.link).toContain('/me/calendarView/delta?$deltatoken=');
    expect(round.link.length).toBeGreaterThan(2000);
    expect((await session.round(round.link)).lines).toEqual([]);
    expect(await session.get(march.replace('delta?', 'delta()?'))).toMatchObject({ status: 200 });
  });

  it('gives the same page again to the same link', async () => {
    for (let n = 1; n <= 4; n += 1) add(`2026-03-0${n}`);
    const prefer = { prefer: `${immutable}, odata.maxpagesize=2` };
    const { body } = await session.get(march, prefer);
    const next = body['@odata.nextLink'] ?? '';
    const once = await session.get(next, prefer);
    remove(once.body.value[0]?.id ?? '');
    expect((await session.get(next, prefer)).body.value).toEqual(once.body.value);
  });

  it('tells additions, changes and deletions, and those again to an older link', async () => {
    const [kept, changed, deleted] = [add('2026-03-02'), add('2026-03-03'), add('2026-03-04')];
    const first = await session.round(march);
    change(changed, { subject: 'Neuf' });
    remove(deleted);
    const added = add('2026-03-05');
    const second = await session.round(first.link);
    expect([shown(second.lines).sort(), removed(second.lines)]).toEqual([[changed, added].toSorted(), [deleted]]);
    expect(second.lines.find(({ id }) => id === deleted)).toEqual({
      '@odata.type': '#microsoft.graph.event',
      id: deleted,
      '@removed': { reason: 'deleted' },
    });
    expect(second.lines.find(({ id }) => id === changed)).toMatchObject({
      subject: 'Neuf',
      type: 'singleInstance',
      body: {},
    });
    change(kept, { subject: 'Aussi' });
    expect(new Set((await session.round(first.link)).lines.map(({ id }) => id))).toEqual(
      new Set([kept, changed, deleted, added]),
    );
    expect((await session.round(second.link)).lines.map(({ id }) => id)).toEqual([kept]);
  });

  it('tells an event that left the window like one that was deleted, and one that never was in it too', async () => {
    const inside = add('2026-03-02');
    const outside = add('2026-05-02');
    const { link, lines } = await session.round(march);
    expect(shown(lines)).toEqual([inside]);
    change(inside, eventAt('2026-05-03', '09:00', '10:00'));
    change(outside, { subject: 'Loin' });
    const next = await session.round(link);
    expect(removed(next.lines).sort()).toEqual([inside, outside].toSorted());
    expect((await session.get(eventPath(inside))).status).toBe(200);
    change(outside, eventAt('2026-03-09', '09:00', '10:00'));
    expect(shown((await session.round(next.link)).lines)).toEqual([outside]);
  });

  it('moves its window for nobody', async () => {
    const { link } = await session.round(march);
    await sandbox.control.advance({ seconds: 200 * 86_400 });
    const late = await GraphSession.connect(sandbox, account);
    const added = add('2026-03-20');
    add('2026-07-20');
    expect(shown((await late.round(link)).lines)).toEqual([added]);
  });

  it('tells occurrences as stubs, and exceptions and masters in full', async () => {
    const master = fourTuesdays();
    const [, second] = occurrences();
    change(second!.id, { subject: 'À part' });
    const { lines } = await session.round(march);
    const types = lines.map(({ type }) => type);
    expect(types.sort()).toEqual(['exception', 'occurrence', 'occurrence', 'occurrence', 'seriesMaster']);
    const stub = lines.find(({ type }) => type === 'occurrence')!;
    expect(Object.keys(stub).sort()).toEqual([
      '@odata.etag',
      '@odata.type',
      'end',
      'id',
      'seriesMasterId',
      'start',
      'type',
    ]);
    expect(stub.seriesMasterId).toBe(master);
    expect(lines.find(({ type }) => type === 'exception')).toMatchObject({
      subject: 'À part',
      seriesMasterId: master,
      body: {},
    });
    sandbox.control.changeSettings({ delta_includes_masters: false });
    expect((await session.round(march)).lines).toHaveLength(4);
  });

  it('tells of one deleted occurrence by its master alone, unless told to name it', async () => {
    const master = fourTuesdays();
    for (const includes of [true, false]) {
      sandbox.control.changeSettings({ delta_includes_masters: includes, delta_reports_deleted_occurrences: false });
      const { link } = await session.round(march);
      remove(occurrences()[0]!.id);
      expect((await session.round(link)).lines.map(({ id }) => id)).toEqual([master]);
    }
    sandbox.control.changeSettings({ delta_reports_deleted_occurrences: true });
    const { link } = await session.round(march);
    const gone = occurrences()[0]!.id;
    remove(gone);
    expect(removed((await session.round(link)).lines)).toEqual([gone]);
  });

  it('tells a change of the series in all its occurrences, and its end in all of them', async () => {
    const master = fourTuesdays();
    const { link } = await session.round(march);
    const ids = occurrences().map(({ id }) => id);
    change(master, { subject: 'Autre' });
    const changed = await session.round(link);
    expect(shown(changed.lines).sort()).toEqual([...ids, master].toSorted());
    change(ids[2]!, { subject: 'Un seul' });
    const one = await session.round(changed.link);
    expect(shown(one.lines).sort()).toEqual([ids[2], master].toSorted());
    sandbox.control.deleteEvent({ account, event: ids[3]!, scope: 'following' });
    const shorter = await session.round(one.link);
    expect(removed(shorter.lines)).toEqual([ids[3]]);
    remove(master);
    expect(removed((await session.round(shorter.link)).lines).sort()).toEqual([...ids.slice(0, 3), master].toSorted());
  });

  it('holds for one calendar, where a move is a deletion here and an addition there', async () => {
    const work = await GraphSession.connect(sandbox, workEmail);
    const calendar = encodeURIComponent(String(sandbox.control.calendars({ account: workEmail })[1]?.['id']));
    const there = march.replace('/me/', `/me/calendars/${calendar}/`);
    const event = sandbox.control.addEvent({ account: workEmail, event: eventAt('2026-03-02', '09:00', '10:00') }).id;
    const mutableId = (await work.get(eventPath(event))).body.id;
    const [here, other] = [await work.round(march), await work.round(there)];
    const mutable = await work.round(march, 'odata.maxpagesize=50');
    sandbox.control.moveEvent({ event, calendar: 'Formations' });
    expect(removed((await work.round(here.link)).lines)).toEqual([event]);
    expect(shown((await work.round(other.link)).lines)).toEqual([event]);
    expect(removed((await work.round(mutable.link, 'odata.maxpagesize=50')).lines)).toEqual([mutableId]);
    const crossed = await work.get(`${sandbox.graphUrl}${there.split('?')[0]}?${other.link.split('?')[1]}`);
    expect(crossed.status).toBe(200);
    const wrong = await work.get(`${sandbox.graphUrl}/me/calendarView/delta?${other.link.split('?')[1]}`);
    expect(wrong.status).toBe(400);
  });

  it('answers as each request prefers, not as the first one did', async () => {
    const id = add('2026-03-02');
    const { link } = await session.round(march, `${immutable}, outlook.timezone="Europe/Paris"`);
    change(id, { subject: 'Neuf' });
    const [line] = (await session.round(link, 'odata.maxpagesize=9')).lines;
    expect([line?.start.timeZone, line?.id === id]).toEqual(['UTC', false]);
    const [asked] = (await session.round(link, `${immutable}, outlook.timezone="Europe/Paris"`)).lines;
    expect([asked?.start, asked?.id]).toEqual([
      { dateTime: '2026-03-02T09:00:00.0000000', timeZone: 'Europe/Paris' },
      id,
    ]);
  });

  it.each(['$select=subject', "$filter=subject eq 'x'", '$expand=calendar', '$orderby=subject', '$search=x'])(
    'refuses %s',
    async (option) => {
      expect((await session.get(`${march}&${option}`)).status).toBe(400);
    },
  );

  it('refuses a token that is not its own', async () => {
    const { link } = await session.round(march);
    expect((await session.get(`${link}x`)).status).toBe(400);
    expect((await session.get(link.replace('deltatoken=e', 'deltatoken=f'))).status).toBe(400);
    const other = await GraphSession.connect(sandbox, workEmail);
    expect((await other.get(link)).status).toBe(400);
  });

  it('forgets its tokens on demand, in any of the three ways', async () => {
    add('2026-03-02');
    for (const [status, code] of [
      [410, 'resyncRequired'],
      [404, 'SyncStateNotFound'],
      [400, 'syncStateNotFound'],
    ] as const) {
      const { link } = await session.round(march);
      sandbox.control.invalidateDeltaTokens({ account, status });
      const refused = await session.get(link);
      expect([refused.status, refused.body.error.code]).toEqual([status, code]);
      const again = refused.headers.get('location');
      expect(again === null).toBe(status !== 410);
      expect((await session.round(again ?? march)).lines).toHaveLength(1);
      expect((await session.round((await session.round(march)).link)).lines).toEqual([]);
    }
  });

  it('forgets them by age', async () => {
    sandbox.control.changeSettings({ delta_token_lifetime_seconds: 1800, delta_expiry_status: 404 });
    const { link } = await session.round(march);
    await sandbox.control.advance({ seconds: 1800 });
    const { link: fresh } = await session.round(link);
    await sandbox.control.advance({ seconds: 1 });
    expect((await session.get(link)).status).toBe(404);
    expect((await session.get(fresh)).status).toBe(200);
  });

  it('shows a change only after the delay, and then for good', async () => {
    sandbox.control.changeSettings({ delta_delay_seconds: 60, access_token_seconds: 86_400 });
    const { link } = await session.round(march);
    const id = add('2026-03-02');
    expect((await session.get(eventPath(id))).status).toBe(200);
    const early = await session.round(link);
    expect(early.lines).toEqual([]);
    await sandbox.control.advance({ seconds: 60 });
    expect(shown((await session.round(early.link)).lines)).toEqual([id]);
  });

  it('repeats itself on demand: within a round with an older state first, and from round to round', async () => {
    const [one, two] = [add('2026-03-02', { subject: 'Un' }), add('2026-03-03', { subject: 'Deux' })];
    const { link } = await session.round(march);
    change(one, { subject: 'Un neuf' });
    sandbox.control.changeSettings({ delta_duplicates: 1, delta_replays: 1 });
    const { lines } = await session.round(link);
    const last = new Map(lines.map(({ id, subject }) => [id, subject]));
    expect([lines.length, last.get(one), last.get(two)]).toEqual([3, 'Un neuf', 'Deux']);
    sandbox.control.changeSettings({ delta_replays: 0 });
    expect((await session.round(link)).lines.map(({ subject }) => subject)).toEqual(['Un', 'Un neuf']);
  });

  it('has empty pages on demand, and rounds that claim there is nothing', async () => {
    const id = add('2026-03-02');
    sandbox.control.nextPageEmpty({ times: 2 });
    const patient = await session.round(march);
    expect([patient.pages, shown(patient.lines)]).toEqual([3, [id]]);
    sandbox.control.nextPageEmpty({ mode: 'end' });
    expect((await session.round(march)).lines).toEqual([]);
  });

  it('relies on no order', async () => {
    for (let n = 1; n <= 9; n += 1) add(`2026-03-0${n}`);
    const dates = (await session.round(march)).lines.map(({ start }) => start.dateTime);
    expect(dates).not.toEqual(dates.toSorted());
  });

  it('is not there for events without a window', async () => {
    expect((await session.get('/me/events/delta')).status).toBe(400);
    expect((await session.get('/me/calendarView/delta')).status).toBe(400);
  });
});
