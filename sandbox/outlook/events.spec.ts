import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import { eventAt, eventPath, GraphSession, immutable, personalEmail, workEmail } from './testing/graph-session.js';

const marker = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name PasserelleId';
const marked = (value: string) => ({ singleValueExtendedProperties: [{ id: marker, value }] });

describe('events', () => {
  let sandbox: OutlookSandbox;
  let session: GraphSession;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox({ frozenAt: new Date('2026-03-01T09:00:00Z') });
    session = await GraphSession.connect(sandbox);
  });
  afterEach(() => sandbox.close());

  const create = async (body: object, headers: Record<string, string> = {}) => {
    const answer = await session.post('/me/events', body, headers);
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
    return answer.event;
  };

  describe('in time zones', () => {
    it('are answered in UTC, without offset and with seven digits, unless another zone is preferred', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '12:30'));
      expect([made.start, made.end]).toEqual([
        { dateTime: '2026-03-10T08:00:00.0000000', timeZone: 'UTC' },
        { dateTime: '2026-03-10T11:30:00.0000000', timeZone: 'UTC' },
      ]);
      expect(made).toMatchObject({ originalStartTimeZone: 'Romance Standard Time' });
      for (const zone of ['Romance Standard Time', 'Europe/Paris']) {
        const answer = await session.get(eventPath(made.id), { prefer: `outlook.timezone="${zone}"` });
        expect(answer.event.start).toEqual({ dateTime: '2026-03-10T09:00:00.0000000', timeZone: zone });
        expect(answer.headers.get('preference-applied')).toBe(`outlook.timezone="${zone}"`);
      }
    });

    it('may be written with names of either kind, and with none for UTC', async () => {
      const written = async (timeZone?: string) => {
        const at = (dateTime: string) => ({ dateTime, ...(timeZone ? { timeZone } : {}) });
        return (await create({ start: at('2026-07-10T09:00:00'), end: at('2026-07-10T10:00:00') })).start.dateTime;
      };
      expect(await written('Europe/Paris')).toBe('2026-07-10T07:00:00.0000000');
      expect(await written('Eastern Standard Time')).toBe('2026-07-10T13:00:00.0000000');
      expect(await written()).toBe('2026-07-10T09:00:00.0000000');
    });

    it('keep seconds and round what is below', async () => {
      const at = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
      const made = await create({ start: at('2026-03-10T08:00:07.4'), end: at('2026-03-10T08:59:59.6000000') });
      expect([made.start.dateTime, made.end.dateTime]).toEqual([
        '2026-03-10T08:00:07.0000000',
        '2026-03-10T09:00:00.0000000',
      ]);
    });

    it.each([
      [
        'an unknown zone',
        { start: { dateTime: '2026-03-10T09:00:00', timeZone: 'Mars/Olympus' } },
        'TimeZoneNotSupportedException',
      ],
      [
        'a custom zone',
        { start: { dateTime: '2026-03-10T09:00:00', timeZone: 'tzone://Microsoft/Custom' } },
        'TimeZoneNotSupportedException',
      ],
      [
        'an offset for a zone',
        { start: { dateTime: '2026-03-10T09:00:00', timeZone: '+01:00' } },
        'TimeZoneNotSupportedException',
      ],
      [
        'an offset in the time',
        { start: { dateTime: '2026-03-10T09:00:00Z', timeZone: 'UTC' } },
        'ErrorPropertyValidationFailure',
      ],
      [
        'a day that is none',
        { start: { dateTime: '2026-02-30T09:00:00', timeZone: 'UTC' } },
        'ErrorPropertyValidationFailure',
      ],
      [
        'an end before the start',
        { end: { dateTime: '2026-03-10T07:00:00', timeZone: 'UTC' } },
        'ErrorPropertyValidationFailure',
      ],
      ['a start without an end', { end: undefined }, 'ErrorPropertyValidationFailure'],
      ['an unknown property', { color: 'red' }, 'RequestBodyRead'],
      ['an unknown word', { showAs: 'away' }, 'RequestBodyRead'],
      [
        'an extended property without a set',
        { singleValueExtendedProperties: [{ id: 'PasserelleId', value: '1' }] },
        'RequestBodyRead',
      ],
    ])('refuse %s', async (_, changes, code) => {
      const answer = await session.post('/me/events', { ...eventAt('2026-03-10', '09:00', '10:00'), ...changes });
      expect([answer.status, answer.body.error.code]).toEqual([400, code]);
      expect(answer.body.error).toMatchObject({ innerError: { 'request-id': expect.any(String) } });
    });

    it('refuse an unknown preferred zone', async () => {
      const answer = await session.get('/me/events', { prefer: 'outlook.timezone="Nowhere"' });
      expect([answer.status, answer.body.error.code]).toEqual([400, 'TimeZoneNotSupportedException']);
    });

    it('carry the zone names of devices that know better', async () => {
      const at = (time: string, timeZone: string) => ({ dateTime: `2026-03-10T${time}:00`, timeZone });
      for (const zone of ['tzone://Microsoft/Custom', 'Heure de la Lune']) {
        const shown = sandbox.control.addEvent({ event: { start: at('09:00', zone), end: at('10:00', zone) } });
        const { event } = await session.get(eventPath(shown.id));
        expect(event).toMatchObject({ originalStartTimeZone: zone, originalEndTimeZone: zone });
        expect(event.start).toEqual({ dateTime: '2026-03-10T08:00:00.0000000', timeZone: 'UTC' });
        sandbox.control.changeSettings({ answer_unknown_zones_raw: true });
        expect((await session.get(eventPath(shown.id))).event.start).toEqual({
          dateTime: '2026-03-10T09:00:00.0000000',
          timeZone: zone,
        });
        sandbox.control.changeSettings({ answer_unknown_zones_raw: false });
      }
    });

    it('list the names a mailbox knows, of either kind', async () => {
      const windows = await session.get('/me/outlook/supportedTimeZones');
      const iana = await session.get(
        "/me/outlook/supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')",
      );
      const aliases = (answer: typeof iana) => answer.body.value.map((zone) => zone['alias']);
      expect(aliases(windows)).toContain('Romance Standard Time');
      expect(aliases(iana)).toContain('Europe/Paris');
      expect((await session.get('/me/outlook/somethingElse')).status).toBe(400);
    });
  });

  describe('of whole days', () => {
    const days = (from: string, to: string, timeZone = 'Romance Standard Time', end = timeZone) => ({
      isAllDay: true,
      start: { dateTime: from, timeZone },
      end: { dateTime: to, timeZone: end },
    });

    it('are midnights in whatever zone is preferred, and never converted', async () => {
      const made = await create(days('2026-03-10T00:00:00', '2026-03-12T00:00:00'));
      expect([made.start, made.end]).toEqual([
        { dateTime: '2026-03-10T00:00:00.0000000', timeZone: 'UTC' },
        { dateTime: '2026-03-12T00:00:00.0000000', timeZone: 'UTC' },
      ]);
      const far = await session.get(eventPath(made.id), { prefer: 'outlook.timezone="Tokyo Standard Time"' });
      expect(far.event.start).toEqual({ dateTime: '2026-03-10T00:00:00.0000000', timeZone: 'Tokyo Standard Time' });
    });

    it.each([
      ['a start that is no midnight', days('2026-03-10T01:00:00', '2026-03-11T00:00:00')],
      ['an end that is no midnight', days('2026-03-10T00:00:00', '2026-03-10T23:59:59')],
      ['no day at all', days('2026-03-10T00:00:00', '2026-03-10T00:00:00')],
      ['two zones', days('2026-03-10T00:00:00', '2026-03-11T00:00:00', 'UTC', 'Romance Standard Time')],
    ])('refuse %s', async (_, body) => {
      const answer = await session.post('/me/events', body);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'ErrorPropertyValidationFailure']);
    });

    it('cannot be made by the word alone', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00'));
      expect((await session.patch(eventPath(made.id), { isAllDay: true })).status).toBe(400);
      const both = { ...days('2026-03-10T00:00:00', '2026-03-11T00:00:00') };
      expect((await session.patch(eventPath(made.id), both)).event).toMatchObject({ isAllDay: true });
    });
  });

  describe('under their ids', () => {
    it('need their ids encoded, to the letter', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00'));
      expect(made.id).toMatch(/\//);
      expect(made.id).toMatch(/\+/);
      expect(made.id.length).toBeGreaterThan(100);
      expect((await session.get(eventPath(made.id))).status).toBe(200);
      expect((await session.get(`/me/events/${made.id}`)).status).toBe(400);
      const answer = await session.get(eventPath(made.id.slice(0, 8) + made.id.slice(8).toLowerCase()));
      expect([answer.status, answer.body.error.code]).toEqual([404, 'ErrorItemNotFound']);
      const malformed = await session.get('/me/events/nonsense');
      expect([malformed.status, malformed.body.error.code]).toEqual([400, 'ErrorInvalidIdMalformed']);
    });

    it('may differ by the case of letters alone', async () => {
      sandbox.control.changeSettings({ ids_differ_by_case: true });
      const ids = new Map<string, string>();
      for (const subject of ['Un', 'Deux', 'Trois']) {
        const made = await create(eventAt('2026-03-10', '09:00', '10:00', { subject }), { prefer: immutable });
        ids.set(made.id, subject);
      }
      expect([ids.size, new Set([...ids.keys()].map((id) => id.toLowerCase())).size]).toEqual([3, 2]);
      for (const [id, subject] of ids) expect((await session.get(eventPath(id))).event.subject).toBe(subject);
    });

    it('change their mutable id with their calendar, and keep the other', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00'));
      const stable = (await session.get(eventPath(made.id), { prefer: immutable })).event.id;
      expect(stable).not.toBe(made.id);
      sandbox.control.moveEvent({ event: stable, calendar: 'Formations' });
      expect((await session.get(eventPath(made.id))).status).toBe(404);
      const moved = (await session.get(eventPath(stable))).event;
      expect([moved.subject, moved.id === made.id]).toEqual(['Formation', false]);
      expect((await session.get(eventPath(moved.id), { prefer: immutable })).event.id).toBe(stable);
    });

    it('are translated from one format to the other', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00'));
      const stable = (await session.get(eventPath(made.id), { prefer: immutable })).event.id;
      const { body } = await session.post('/me/translateExchangeIds', {
        inputIds: [made.id, 'nonsense'],
        sourceIdType: 'restId',
        targetIdType: 'restImmutableEntryId',
      });
      expect(body.value).toEqual([
        { sourceId: made.id, targetId: stable },
        { sourceId: 'nonsense', errorDetails: expect.objectContaining({ code: 'ErrorInvalidIdMalformed' }) },
      ]);
    });

    it('are reached by any path, save through a calendar they are not in', async () => {
      const calendars = sandbox.control.calendars();
      const [own, other] = calendars.map((calendar) => encodeURIComponent(String(calendar['id'])));
      const body = eventAt('2026-03-10', '09:00', '10:00');
      const made = await session.post(`/me/calendars/${other}/events`, body, { prefer: immutable });
      const id = encodeURIComponent(made.body.id);
      const statuses = [];
      for (const path of [
        '/me/events',
        `/me/calendars/${other}/events`,
        `/me/calendars/${own}/events`,
        '/me/calendar/events',
      ]) {
        statuses.push((await session.get(`${path}/${id}`)).status);
      }
      expect(statuses).toEqual([200, 200, 404, 404]);
      expect((await session.get(`/users/${sandbox.control.accounts()[0]?.id}/events/${id}`)).status).toBe(200);
      expect((await session.get('/users/someone@example.test/events')).status).toBe(403);
    });
  });

  describe('when written', () => {
    it('change their etag with every write, and refuse a write on an older one', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00'));
      expect(made['@odata.etag']).toMatch(/^W\/"[A-Za-z0-9+/=]+"$/);
      expect(made['@odata.etag']).toBe(`W/"${String(made['changeKey'])}"`);
      const match = { 'if-match': made['@odata.etag'] };
      const changed = await session.patch(eventPath(made.id), { subject: 'Neuf' }, match);
      expect([changed.status, changed.event['@odata.etag'] === made['@odata.etag']]).toEqual([200, false]);
      for (const method of ['PATCH', 'DELETE']) {
        const stale = await session.send(
          method,
          eventPath(made.id),
          method === 'PATCH' ? { subject: 'Vieux' } : undefined,
          match,
        );
        expect([stale.status, stale.body.error.code]).toEqual([412, 'ErrorIrresolvableConflict']);
      }
      expect((await session.patch(eventPath(made.id), { subject: 'Tous' }, { 'if-match': '*' })).status).toBe(200);
      const gone = await session.send('DELETE', eventPath(made.id), undefined, {
        'if-match': (await session.get(eventPath(made.id))).event['@odata.etag'],
      });
      expect([gone.status, gone.text]).toEqual([204, '']);
      expect((await session.send('DELETE', eventPath(made.id))).status).toBe(404);
    });

    it('keep what a change leaves out', async () => {
      const attendees = Array.from({ length: 8 }, (_, n) => ({
        emailAddress: { address: `p${n}@example.test`, name: `P${n}` },
      }));
      const made = await create(
        eventAt('2026-03-10', '09:00', '10:00', {
          attendees,
          isOnlineMeeting: true,
          onlineMeetingProvider: 'teamsForBusiness',
          reminderMinutesBeforeStart: 42,
          categories: ['Rouge'],
          body: { contentType: 'html', content: '<p>Bloc</p>' },
        }),
      );
      const { event } = await session.patch(eventPath(made.id), { subject: 'Titre' });
      const volatile = new Set(['subject', '@odata.etag', 'changeKey', 'lastModifiedDateTime', '@odata.context']);
      const rest = (shown: typeof event) =>
        Object.fromEntries(Object.entries(shown).filter(([name]) => !volatile.has(name)));
      expect(rest(event)).toEqual(rest(made));
      expect(event['onlineMeeting']).toEqual({ joinUrl: expect.stringContaining('https://') });
    });

    it('take the objects they answered', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00', { location: { displayName: 'Salle B' } }));
      const { event } = await session.patch(eventPath(made.id), { ...made, subject: 'Rendu' });
      expect([event.subject, event.start]).toEqual(['Rendu', made.start]);
    });

    it('normalise text to HTML, and answer text when asked', async () => {
      const made = await create(
        eventAt('2026-03-10', '09:00', '10:00', { body: { contentType: 'text', content: 'Un\nDeux <b>' } }),
      );
      expect(made.body.contentType).toBe('html');
      expect(made.body.content).toMatch(/^<html>/);
      expect(made['bodyPreview']).toBe('Un\r\nDeux <b>');
      const asText = await session.get(eventPath(made.id), { prefer: 'outlook.body-content-type="text"' });
      expect(asText.event.body).toEqual({ contentType: 'text', content: 'Un\r\nDeux <b>' });
    });

    it('mirror location and locations, either way', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00', { location: { displayName: 'A' } }));
      expect(made).toMatchObject({ location: { displayName: 'A' }, locations: [{ displayName: 'A' }] });
      const two = await session.patch(eventPath(made.id), { locations: [{ displayName: 'B' }, { displayName: 'C' }] });
      expect(two.event).toMatchObject({
        location: { displayName: 'B; C' },
        locations: [{ displayName: 'B' }, { displayName: 'C' }],
      });
      const one = await session.patch(eventPath(made.id), { location: { displayName: 'D' } });
      expect(one.event['locations']).toEqual([expect.objectContaining({ displayName: 'D' })]);
    });

    it('keep an online meeting once it is on, and offer none to personal accounts', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00', { isOnlineMeeting: true }));
      const { event } = await session.patch(eventPath(made.id), { isOnlineMeeting: false });
      expect(event).toMatchObject({ isOnlineMeeting: true, onlineMeeting: made['onlineMeeting'] });
      const personal = await GraphSession.connect(sandbox, personalEmail);
      const refused = await personal.post(
        '/me/events',
        eventAt('2026-03-10', '09:00', '10:00', { isOnlineMeeting: true }),
      );
      expect(refused.status).toBe(400);
    });
  });

  describe('made twice', () => {
    const body = eventAt('2026-03-10', '09:00', '10:00', { transactionId: 'once-1' });

    it('are one event under one transactionId', async () => {
      const made = await create(body);
      const again = await session.post('/me/events', { ...body });
      expect([again.status, again.event.id, again.event['transactionId']]).toEqual([201, made.id, 'once-1']);
      expect(sandbox.control.events().filter(({ subject }) => subject === 'Formation')).toHaveLength(1);
      expect((await create(eventAt('2026-03-10', '09:00', '10:00')))['transactionId']).toBeUndefined();
    });

    it('are refused when the transactionId was for something else', async () => {
      const made = await create(body);
      const other = await session.post('/me/events', { ...body, subject: 'Autre' });
      expect([other.status, other.body.error.code]).toEqual([400, 'ErrorDuplicateTransactionId']);
      expect(other.body.error['@event.existingEventId']).toBe(made.id);
      sandbox.control.changeSettings({ duplicate_transaction_status: 409, duplicate_transaction_names_event: false });
      const later = await session.post('/me/events', { ...body, subject: 'Autre' });
      expect(later.status).toBe(409);
      expect(later.body.error).not.toHaveProperty('@event.existingEventId');
    });

    it('keep their transactionId for good', async () => {
      const made = await create(body);
      expect((await session.patch(eventPath(made.id), { transactionId: 'once-2' })).status).toBe(400);
      await session.send('DELETE', eventPath(made.id));
      expect((await create({ ...body, subject: 'Autre' })).id).not.toBe(made.id);
    });

    it('leave one event when the answer is lost and the call repeated', async () => {
      sandbox.control.failNext({ method: 'POST', path_prefix: '/me/events', mode: 'lose-answer' });
      await expect(session.post('/me/events', body)).rejects.toThrow('fetch failed');
      await create(body);
      expect(sandbox.control.events().filter(({ subject }) => subject === 'Formation')).toHaveLength(1);
    });
  });

  describe('with properties of ours', () => {
    const search = (value: string, id = marker) =>
      `/me/events?$filter=${encodeURIComponent(`singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${value}')`)}`;

    it('are found by them, in any calendar, by the case of the name but not of the value', async () => {
      const calendar = encodeURIComponent(String(sandbox.control.calendars()[1]?.['id']));
      const { event } = await session.post(
        `/me/calendars/${calendar}/events`,
        eventAt('2026-03-10', '09:00', '10:00', marked('sess-42')),
      );
      expect((await session.get(search('SESS-42'))).body.value.map(({ id }) => id)).toEqual([event.id]);
      expect((await session.get(search('sess-43'))).body.value).toEqual([]);
      expect((await session.get(search('sess-42', marker.replace('Passerelle', 'passerelle')))).body.value).toEqual([]);
    });

    it('show them only when expanded', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00', marked('sess-42')));
      expect(made).not.toHaveProperty('singleValueExtendedProperties');
      const expand = `?$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${marker}')`)}`;
      expect((await session.get(eventPath(made.id, expand))).event['singleValueExtendedProperties']).toEqual([
        { id: marker, value: 'sess-42' },
      ]);
      await session.patch(eventPath(made.id), marked('sess-43'));
      expect((await session.get(search('sess-43'))).body.value).toHaveLength(1);
    });
  });

  describe('with attendees', () => {
    const attendee = (address: string) => ({ emailAddress: { address } });
    const told = () => sandbox.control.mails().map(({ kind, to }) => `${kind} ${to}`);

    it('write to them at once, and again for every change they see', async () => {
      const made = await create(
        eventAt('2026-03-10', '09:00', '10:00', { attendees: [attendee('a@x.test'), attendee('b@x.test')] }),
      );
      expect(told()).toEqual(['invitation a@x.test', 'invitation b@x.test']);
      sandbox.control.clearMails();
      await session.patch(eventPath(made.id), { subject: 'Neuf' });
      expect(told()).toEqual(['update a@x.test', 'update b@x.test']);
      sandbox.control.clearMails();
      await session.patch(eventPath(made.id), {
        ...marked('1'),
        categories: ['Rouge'],
        showAs: 'free',
        reminderMinutesBeforeStart: 5,
      });
      expect(told()).toEqual([]);
      await session.patch(eventPath(made.id), { attendees: [attendee('B@x.test'), attendee('c@x.test')] });
      expect(told()).toEqual(['invitation c@x.test', 'cancellation a@x.test']);
      sandbox.control.clearMails();
      await session.send('DELETE', eventPath(made.id));
      expect(told()).toEqual(['cancellation B@x.test', 'cancellation c@x.test']);
    });

    it('write to nobody when there is nobody', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00'));
      await session.patch(eventPath(made.id), { subject: 'Neuf' });
      await session.send('DELETE', eventPath(made.id));
      sandbox.control.addEvent({
        event: eventAt('2026-03-10', '09:00', '10:00', { attendees: [attendee('a@x.test')] }),
      });
      expect(told()).toEqual([]);
    });

    it('are cancelled with a word', async () => {
      const made = await create(eventAt('2026-03-10', '09:00', '10:00', { attendees: [attendee('a@x.test')] }));
      expect((await session.post(eventPath(made.id, '/cancel'), { comment: 'Grève' })).status).toBe(202);
      expect(sandbox.control.mails().at(-1)).toMatchObject({ kind: 'cancellation', to: 'a@x.test', comment: 'Grève' });
      expect((await session.get(eventPath(made.id))).status).toBe(404);
    });

    it('are answered by those who were invited, and only by them', async () => {
      const organizer = { name: 'Claude', address: 'claude@x.test' };
      const shown = sandbox.control.addEvent({ event: eventAt('2026-03-10', '09:00', '10:00'), organizer });
      expect((await session.post(eventPath(shown.id, '/cancel'), {})).status).toBe(400);
      expect((await session.post(eventPath(shown.id, '/accept'), { sendResponse: false })).status).toBe(202);
      expect(told()).toEqual([]);
      expect((await session.get(eventPath(shown.id))).event).toMatchObject({
        isOrganizer: false,
        responseStatus: { response: 'accepted' },
        organizer: { emailAddress: organizer },
      });
      expect((await session.post(eventPath(shown.id, '/decline'), { Comment: 'Non' })).status).toBe(202);
      expect(told()).toEqual(['response claude@x.test']);
      expect((await session.get(eventPath(shown.id))).status).toBe(404);
      const own = await create(eventAt('2026-03-10', '09:00', '10:00'));
      expect((await session.post(eventPath(own.id, '/accept'), {})).status).toBe(400);
    });

    it('are five hundred at most', async () => {
      const attendees = Array.from({ length: 501 }, (_, n) => attendee(`p${n}@x.test`));
      expect((await session.post('/me/events', eventAt('2026-03-10', '09:00', '10:00', { attendees }))).status).toBe(
        400,
      );
    });
  });

  it('cannot be written with leave to read, nor read with none', async () => {
    const reader = await GraphSession.connect(sandbox, workEmail, 'User.Read Calendars.Read');
    expect((await reader.get('/me/events')).status).toBe(200);
    const refused = await reader.post('/me/events', eventAt('2026-03-10', '09:00', '10:00'));
    expect([refused.status, refused.body.error.code]).toEqual([403, 'ErrorAccessDenied']);
    const stranger = await GraphSession.connect(sandbox, workEmail, 'User.Read');
    expect((await stranger.get('/me/calendars')).status).toBe(403);
    expect((await stranger.get('/me/mailboxSettings')).status).toBe(403);
  });
});
