import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, demand, type Person } from '../support/app.js';
import {
  ACCOUNTS,
  type CalendarApp,
  CALENDAR_TYPES,
  type CalendarType,
  startCalendarApp,
} from '../support/calendar-app.js';
import { type CalendarPerson, personAt, type ShownEvent } from '../support/calendar-person.js';

const HOUR = 3_600_000;

describe.each(CALENDAR_TYPES)('copies of a formation in a %s calendar', (type: CalendarType) => {
  let app: CalendarApp;
  let owner: Person;
  let calendar: CalendarPerson;
  let nextWeek: Date;

  beforeAll(async () => {
    app = await startCalendarApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await (type === 'google' ? app.google : app.outlook).control.reset();
    owner = await app.registerConnected(type);
    calendar = personAt(app, type, ACCOUNTS[type][0]);
    nextWeek = new Date(Math.ceil(Date.now() / HOUR) * HOUR + 7 * 24 * HOUR);
  });

  const at = (hours: number) => new Date(nextWeek.getTime() + hours * HOUR);
  const post = (path: string, body: unknown, person = owner): Promise<Answer> =>
    app.http('POST', path, { token: person.token, body });
  const get = async (path: string, person = owner) =>
    demand(200, await app.http('GET', path, { token: person.token })).body;
  const patch = (path: string, body: unknown) => app.http('PATCH', path, { token: owner.token, body });

  async function make(fields: object = {}) {
    const formation = {
      title: 'Évacuation',
      description: 'Apporter ses gants',
      location: 'Salle B',
      sessions: [{ starts_at: at(0).toISOString(), ends_at: at(2).toISOString() }],
      ...fields,
    };
    return demand(201, await post('/api/formations', formation)).body;
  }
  const exportIt = async (formationId: string, person = owner) =>
    demand(200, await post(`/api/calendar-integration/${type}/export-formation`, { formationId }, person)).body.exports;
  const copies = (): ShownEvent[] => calendar.events().filter(({ title }) => /Évacuation|Ici|Là-bas/.test(title ?? ''));
  const copy = () => {
    const [one, ...others] = copies();
    expect(others).toEqual([]);
    return one!;
  };
  const sessionOf = async (formation: { id: string }) => (await get(`/api/formations/${formation.id}`)).sessions[0];
  /** Every job that settling still wants has run. */
  const quiet = () =>
    app.eventually(
      async () => {
        await app.hurryJobs();
        const [{ open }] = (await app.database.query<{ open: number }>(
          `SELECT (SELECT count(*) FROM graphile_worker._private_jobs j
                   JOIN graphile_worker._private_tasks t ON t.id = j.task_id
                   WHERE t.identifier IN ('calendars.settle-copy', 'sync.begin-pass', 'sync.read-calendar',
                                          'calendars.plan-exports'))::int AS open`,
        )) as [{ open: number }];
        expect(open).toBe(0);
      },
      { within: 20_000 },
    );

  it('follow a move in the calendar, and a change here, without a second event', async () => {
    const formation = await make();
    await exportIt(formation.id);
    calendar.move(copy().id, at(24), 90);
    await app.eventually(
      async () => {
        await app.hurryJobs();
        const session = await sessionOf(formation);
        expect([session.starts_at, session.ends_at]).toEqual([
          at(24).toISOString(),
          new Date(at(24).getTime() + 90 * 60_000).toISOString(),
        ]);
      },
      { within: 15_000 },
    );
    demand(200, await patch(`/api/formations/${formation.id}`, { title: 'Évacuation, niveau 2' }));
    await app.eventually(() =>
      expect(copy()).toMatchObject({ title: 'Évacuation, niveau 2', startsAt: at(24).toISOString() }),
    );
    expect(calendar.mails()).toEqual([]);
  });

  it('keep both edits when each side changed another field', async () => {
    const formation = await make();
    await exportIt(formation.id);
    calendar.move(copy().id, at(48));
    demand(200, await patch(`/api/formations/${formation.id}`, { title: 'Ici' }));
    await app.importNow(owner, type);
    await quiet();
    expect(copy()).toMatchObject({ title: 'Ici', startsAt: at(48).toISOString() });
    expect((await sessionOf(formation)).starts_at).toBe(at(48).toISOString());
    expect(await get('/api/calendar-integration/conflicts')).toEqual([]);
  });

  it('keep the later of two edits of one field, list the conflict, and follow a decision about it', async () => {
    const formation = await make();
    await exportIt(formation.id);
    await app.database.query(`UPDATE copies SET lease_until = now() + interval '1 hour'`);
    demand(200, await patch(`/api/formations/${formation.id}`, { title: 'Ici' }));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    calendar.retitle(copies()[0]!.id, 'Là-bas');
    await app.database.query(`UPDATE copies SET lease_until = NULL`);
    await app.importNow(owner, type);
    await quiet();
    expect(copy().title).toBe('Là-bas');
    const [conflict, ...others] = await get('/api/calendar-integration/conflicts');
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ field: 'title', ours: 'Ici', theirs: 'Là-bas', kept: 'theirs' });
    demand(204, await post(`/api/calendar-integration/conflicts/${conflict.id}/resolve`, { keep: 'ours' }));
    await quiet();
    expect(copy().title).toBe('Ici');
    expect(await get('/api/calendar-integration/conflicts')).toEqual([]);
  });

  it('take the session with them when its owner deletes them', async () => {
    const formation = await make();
    await exportIt(formation.id);
    calendar.delete(copy().id);
    await app.importNow(owner, type);
    await quiet();
    expect((await sessionOf(formation)).status).toBe('cancelled');
    expect(copies()).toEqual([]);
  });

  it('go when the session is cancelled, even when the first deletion fails', async () => {
    const formation = await make();
    await exportIt(formation.id);
    const control = (type === 'google' ? app.google : app.outlook).control;
    control.failNext({ method: 'DELETE', status: 500, times: 2 });
    const [session] = formation.sessions;
    demand(200, await patch(`/api/formations/${formation.id}/sessions/${session.id}`, { status: 'cancelled' }));
    await quiet();
    expect(copies()).toEqual([]);
  });

  it('are one event although the answer to their creation was lost', async () => {
    const formation = await make();
    const control = (type === 'google' ? app.google : app.outlook).control;
    control.failNext({
      method: 'POST',
      path_prefix: type === 'google' ? '/calendars' : '/me',
      mode: 'lose-answer',
      times: 2,
    });
    const exporting = exportIt(formation.id);
    await app.eventually(async () => {
      await app.hurryJobs();
      expect(copies()).toHaveLength(1);
      const [row] = await app.database.query(`SELECT state FROM copies ORDER BY id DESC LIMIT 1`);
      expect(row).toEqual({ state: 'synced' });
    });
    expect(await exporting).toMatchObject([{ state: 'synced', event_id: copy().id }]);
    await app.importNow(owner, type);
    expect(await app.listEvents(owner)).not.toEqual(
      expect.arrayContaining([expect.objectContaining({ title: 'Évacuation' })]),
    );
  });

  it('are exported once, however often that is asked at once', async () => {
    const formation = await make();
    const answers = await Promise.all(Array.from({ length: 20 }, () => exportIt(formation.id)));
    const ids = new Set(answers.flat().map(({ event_id }: { event_id: string }) => event_id));
    expect([...ids]).toEqual([copy().id]);
  });

  it('cost no write once nothing changes any more', async () => {
    const formation = await make();
    await exportIt(formation.id);
    await app.importNow(owner, type);
    await quiet();
    calendar.clearCalls();
    for (let cycle = 0; cycle < 20; cycle += 1) await app.importNow(owner, type);
    await exportIt(formation.id);
    await quiet();
    expect(calendar.writes()).toBe(0);
  });

  it('stand in the calendar of each participant, and in nobody else’s', async () => {
    const member = await app.addMember(owner);
    await app.connect(member, type, { account: ACCOUNTS[type][1] });
    const theirs = personAt(app, type, ACCOUNTS[type][1]);
    const formation = await make({
      sessions: [0, 24, 48].map((hours) => ({
        starts_at: at(hours).toISOString(),
        ends_at: at(hours + 1).toISOString(),
      })),
      participants: [
        { email: member.email, name: 'Alix' },
        { email: 'sans.agenda@example.test', name: 'Sam' },
      ],
    });
    expect(await exportIt(formation.id)).toHaveLength(3);
    expect(copies()).toEqual([]);
    const titles = () => theirs.events().filter(({ title }) => title === 'Évacuation');
    expect(titles()).toHaveLength(3);

    const shown = await get(`/api/formations/${formation.id}`);
    const states = Object.fromEntries(
      shown.participants.map((person: { email: string; calendars: { state: string }[] }) => [
        person.email,
        person.calendars[0]?.state,
      ]),
    );
    expect(states).toEqual({ [member.email]: 'in_calendar', 'sans.agenda@example.test': 'not_connected' });

    // A participant's calendar is their own: deleting there takes nobody else's date away.
    theirs.delete(titles()[0]!.id);
    await app.importNow(member, type);
    await quiet();
    const after = await get(`/api/formations/${formation.id}`);
    expect(after.sessions.map(({ status }: { status: string }) => status)).toEqual([
      'scheduled',
      'scheduled',
      'scheduled',
    ]);
    expect(titles()).toHaveLength(2);

    const { id } = after.participants.find(({ email }: { email: string }) => email === member.email);
    await app.http('DELETE', `/api/formations/${formation.id}/participants/${id}`, { token: owner.token });
    await quiet();
    expect(titles()).toEqual([]);
    expect(calendar.mails()).toEqual([]);
  });

  it('invite each participant once, and only when the formation says so', async () => {
    const formation = await make({
      invite_participants: true,
      participants: [{ email: 'un@example.test' }, { email: 'deux@example.test' }],
    });
    await exportIt(formation.id);
    expect(calendar.mails()).toHaveLength(2);
    await app.importNow(owner, type);
    await quiet();
    expect(calendar.mails()).toHaveLength(2);
    expect(copy().attendees.toSorted()).toEqual(expect.arrayContaining(['deux@example.test', 'un@example.test']));
  });

  it('keep what others have put on them when only the title is edited here', async () => {
    const formation = await make();
    await exportIt(formation.id);
    const id = copy().id;
    const guests = Array.from({ length: 8 }, (_, index) => `invite${index}@example.test`);
    if (type === 'google') {
      app.google.control.changeEvent({
        account: ACCOUNTS.google[0],
        event: id,
        changes: {
          attendees: guests.map((email) => ({ email, responseStatus: 'accepted' })),
          reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 17 }] },
          conferenceData: { createRequest: { requestId: 'r1', conferenceSolutionKey: { type: 'hangoutsMeet' } } },
        },
      });
    } else {
      app.outlook.control.changeEvent({
        account: ACCOUNTS.outlook[0],
        event: id,
        changes: {
          attendees: guests.map((address) => ({ type: 'required', emailAddress: { name: address, address } })),
          reminderMinutesBeforeStart: 17,
          isOnlineMeeting: true,
          onlineMeetingProvider: 'teamsForBusiness',
        },
      });
    }
    const raw = () =>
      (type === 'google'
        ? app.google.control.event({ account: ACCOUNTS.google[0], event: id })
        : app.outlook.control.events({ account: ACCOUNTS.outlook[0] }).find((event) => event.id === id)) as Record<
        string,
        unknown
      >;
    const kept = (event: Record<string, unknown>) => {
      const { attendees, reminders, conferenceData, hangoutLink, reminderMinutesBeforeStart, onlineMeeting } = event;
      return { attendees, reminders, conferenceData, hangoutLink, reminderMinutesBeforeStart, onlineMeeting };
    };
    await app.importNow(owner, type);
    await quiet();
    const before = kept(raw());
    demand(200, await patch(`/api/formations/${formation.id}`, { title: 'Ici' }));
    await app.eventually(() => expect(copy().title).toBe('Ici'));
    expect(kept(raw())).toEqual(before);
  });
});
