import { z } from 'zod';
import { type ApiCall, type Handler, notModified } from './api-call.js';
import { ApiError, invalid, notFound, required } from './api-error.js';
import { openCalendar } from './calendar-access.js';
import { invalidSyncToken, type Listing } from './cursors.js';
import { calendarColors, eventColors } from './colors.js';
import { isZone } from './event-time.js';
import { conferenceTypesOf } from './event-draft.js';
import type { GoogleParts } from './google-parts.js';
import { randomIds } from './ids.js';
import type { MethodId } from './methods.js';
import { accessRoles, type Calendar, type ListEntry } from './model.js';
import { allows, dateAfter, etagOf } from './store.js';
import { addCalendar } from './calendar-making.js';

const text = z.string().nullable().optional();
const calendarBody = z.object({ summary: text, description: text, location: text, timeZone: text });
const entryBody = z.object({
  id: z.string().optional(),
  selected: z.boolean().nullable().optional(),
  hidden: z.boolean().nullable().optional(),
  summaryOverride: text,
  colorId: text,
  defaultReminders: z
    .array(z.object({ method: z.enum(['email', 'popup']), minutes: z.number().int().min(0).max(40_320) }))
    .nullable()
    .optional(),
});

const forbiddenInSync = ['minAccessRole', 'showOwnOrganizationOnly'];
const keptInPages = [
  'maxResults',
  'minAccessRole',
  'showDeleted',
  'showHidden',
  'showOwnOrganizationOnly',
  'syncToken',
];

/** `calendars`, `calendarList` and `colors` (contract 5). */
export function calendarMethods(google: GoogleParts) {
  const { channels, clock, cursors, settings, store } = google;

  function list(call: ApiCall) {
    const { email } = call.caller.account;
    const { query } = call;
    const entries = store.listOf(email);
    const minAccessRole = query.oneOf('minAccessRole', accessRoles.slice(1));
    const showDeleted = query.flag('showDeleted');
    const showHidden = query.flag('showHidden');
    const sync: Listing = { email, list: 'calendarList', fingerprint: '' };
    const token = query.text('syncToken');
    if (
      token !== null &&
      (forbiddenInSync.some((name) => query.has(name)) || showDeleted === false || showHidden === false)
    ) {
      throw invalidSyncToken('Sync token cannot be used with other request restrictions.');
    }
    const limits = { days: settings.sync_token_days, oldestRevision: entries.oldestUsableRevision };
    const since = token === null ? null : cursors.readSync(token, sync, limits).revision;
    const rows = [...entries.entries.values()]
      .filter((entry) => {
        if (since !== null) return entry.revision > since;
        const calendar = store.calendars.get(entry.calendarId);
        const role = calendar ? store.roleOf(calendar, email) : 'none';
        return (
          (!entry.isDeleted || (showDeleted ?? false)) &&
          (!entry.isHidden || (showHidden ?? false)) &&
          (minAccessRole === null || allows(role, minAccessRole))
        );
      })
      .sort((left, right) => (left.calendarId < right.calendarId ? -1 : 1));

    const pages: Listing = { email, list: 'calendarList', fingerprint: query.fingerprint(keptInPages) };
    const pageToken = query.text('pageToken');
    const position = pageToken === null ? null : cursors.readPage(pageToken, pages);
    const startedAtRevision = position?.startedAtRevision ?? entries.revision;
    const remaining = rows.filter(({ calendarId }) => position?.after == null || calendarId > position.after);
    const shown = remaining.slice(0, query.pageSize(100, 250));
    const isLast = shown.length === remaining.length;
    const after = shown.at(-1)?.calendarId ?? null;
    return {
      kind: 'calendar#calendarList',
      etag: `"p${entries.revision}"`,
      items: shown.map((entry) => toWireEntry(entry, email)),
      ...(isLast
        ? { nextSyncToken: cursors.issueSync(sync, startedAtRevision) }
        : { nextPageToken: cursors.issuePage({ ...pages, after, startedAtRevision }) }),
    };
  }

  function toWireEntry(entry: ListEntry, email: string) {
    const calendar = store.calendars.get(entry.calendarId);
    const outline = { kind: 'calendar#calendarListEntry', etag: etagOf(entry), id: entry.calendarId };
    if (!calendar || entry.isDeleted) return { ...outline, deleted: true };
    const color = calendarColors[entry.colorId];
    return {
      ...outline,
      summary: calendar.summary,
      ...(calendar.description !== null && { description: calendar.description }),
      ...(calendar.location !== null && { location: calendar.location }),
      timeZone: calendar.timeZone,
      ...(entry.summaryOverride !== null && { summaryOverride: entry.summaryOverride }),
      colorId: entry.colorId,
      ...(color && { backgroundColor: color.background, foregroundColor: color.foreground }),
      ...(entry.isHidden && { hidden: true }),
      ...(entry.isSelected && { selected: true }),
      accessRole: store.roleOf(calendar, email),
      defaultReminders: entry.defaultReminders.map((reminder) => ({ ...reminder })),
      ...(calendar.id === email && { primary: true }),
      ...(calendar.kind === 'secondary' && calendar.ownerEmail !== null && { dataOwner: calendar.ownerEmail }),
      conferenceProperties: { allowedConferenceSolutionTypes: conferenceTypesOf(calendar) },
    };
  }

  function toWireCalendar(calendar: Calendar) {
    return {
      kind: 'calendar#calendar',
      etag: etagOf(calendar),
      id: calendar.id,
      summary: calendar.summary,
      ...(calendar.description !== null && { description: calendar.description }),
      ...(calendar.location !== null && { location: calendar.location }),
      timeZone: calendar.timeZone,
      ...(calendar.kind === 'secondary' && calendar.ownerEmail !== null && { dataOwner: calendar.ownerEmail }),
      conferenceProperties: { allowedConferenceSolutionTypes: conferenceTypesOf(calendar) },
    };
  }

  function getEntry(call: ApiCall): ListEntry {
    const { calendar, email } = openCalendar(store, call, call.path['calendarId'] ?? '');
    const entry = store.listOf(email).entries.get(calendar.id);
    if (!entry || entry.isDeleted) throw notFound();
    return entry;
  }

  function changeEntry(call: ApiCall, entry: ListEntry, isWhole: boolean) {
    const { email } = call.caller.account;
    const body = read(entryBody, call.body);
    if (body.colorId && !(body.colorId in calendarColors)) throw invalid('Invalid color ID.');
    const given = <T>(value: T | null | undefined, kept: T, cleared: T): T => {
      if (value === undefined) return isWhole ? cleared : kept;
      return value ?? cleared;
    };
    entry.isSelected = given(body.selected, entry.isSelected, false);
    entry.isHidden = given(body.hidden, entry.isHidden, false);
    entry.summaryOverride = given(body.summaryOverride, entry.summaryOverride, null);
    entry.colorId = given(body.colorId, entry.colorId, '14');
    entry.defaultReminders = given(body.defaultReminders, entry.defaultReminders, []);
    touch(email, entry);
    return toWireEntry(entry, email);
  }

  function touch(email: string, entry: ListEntry): void {
    const entries = store.listOf(email);
    entry.updatedAt = dateAfter(entry.updatedAt, clock.now());
    entry.revision = entries.revision += 1;
  }

  function insertEntry(call: ApiCall) {
    const { email } = call.caller.account;
    const { id } = read(entryBody, call.body);
    if (!id) throw required();
    const { calendar } = openCalendar(store, call, id);
    const entries = store.listOf(email).entries;
    const entry = entries.get(calendar.id) ?? newEntry(calendar.id, clock.now());
    entry.isDeleted = false;
    entries.set(calendar.id, entry);
    return changeEntry(call, entry, true);
  }

  function deleteEntry(call: ApiCall): void {
    const entry = getEntry(call);
    entry.isDeleted = true;
    touch(call.caller.account.email, entry);
  }

  function insert(call: ApiCall) {
    const body = read(calendarBody, call.body);
    if (!body.summary) throw required('Missing title.');
    if (body.timeZone && !isZone(body.timeZone)) throw invalid('Invalid time zone.');
    const calendar = addCalendar(store, call.caller.account, {
      id: randomIds.calendar(),
      kind: 'secondary',
      summary: body.summary,
      description: body.description ?? null,
      location: body.location ?? null,
      timeZone: body.timeZone ?? 'UTC',
      isMadeByClient: true,
      now: clock.now(),
    });
    return toWireCalendar(calendar);
  }

  function change(call: ApiCall, isWhole: boolean) {
    const { calendar, role } = openCalendar(store, call, call.path['calendarId'] ?? '');
    if (!allows(role, 'owner')) throw forbidden();
    const body = read(calendarBody, call.body);
    if (body.timeZone && !isZone(body.timeZone)) throw invalid('Invalid time zone.');
    if (body.summary === null || (isWhole && !body.summary)) throw required('Missing title.');
    calendar.summary = body.summary ?? calendar.summary;
    calendar.timeZone = body.timeZone ?? calendar.timeZone;
    if (body.description !== undefined || isWhole) calendar.description = body.description ?? null;
    if (body.location !== undefined || isWhole) calendar.location = body.location ?? null;
    calendar.updatedAt = dateAfter(calendar.updatedAt, clock.now());
    return toWireCalendar(calendar);
  }

  function remove(call: ApiCall): void {
    const { calendar, role } = openCalendar(store, call, call.path['calendarId'] ?? '');
    if (calendar.kind !== 'secondary' || !allows(role, 'owner')) throw forbidden();
    channels.announceEnd(calendar);
    calendar.isDeleted = true;
    for (const email of store.accounts.keys()) {
      const entry = store.listOf(email).entries.get(calendar.id);
      if (!entry) continue;
      entry.isDeleted = true;
      touch(email, entry);
    }
  }

  return {
    'calendar.calendarList.list': list,
    'calendar.calendarList.get': (call: ApiCall) => toWireEntry(getEntry(call), call.caller.account.email),
    'calendar.calendarList.insert': insertEntry,
    'calendar.calendarList.patch': (call: ApiCall) => changeEntry(call, getEntry(call), false),
    'calendar.calendarList.update': (call: ApiCall) => changeEntry(call, getEntry(call), true),
    'calendar.calendarList.delete': deleteEntry,
    'calendar.calendars.get': (call: ApiCall) => {
      const { calendar } = openCalendar(store, call, call.path['calendarId'] ?? '');
      return call.headers['if-none-match'] === etagOf(calendar) ? notModified : toWireCalendar(calendar);
    },
    'calendar.calendars.insert': insert,
    'calendar.calendars.patch': (call: ApiCall) => change(call, false),
    'calendar.calendars.update': (call: ApiCall) => change(call, true),
    'calendar.calendars.delete': remove,
    'calendar.colors.get': () => ({
      kind: 'calendar#colors',
      updated: '2012-02-14T00:00:00.000Z',
      calendar: calendarColors,
      event: eventColors,
    }),
  } satisfies Partial<Record<MethodId, Handler>>;
}

function read<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const outcome = schema.safeParse(given ?? {});
  if (outcome.success) return outcome.data;
  throw invalid(`Invalid value for: ${outcome.error.issues[0]?.path.map(String).join('.') ?? 'the body'}`);
}

function forbidden(): ApiError {
  return new ApiError({ status: 403, reason: 'forbidden', message: 'Forbidden' });
}

function newEntry(calendarId: string, now: Date): ListEntry {
  return {
    calendarId,
    isSelected: true,
    isHidden: false,
    isDeleted: false,
    summaryOverride: null,
    colorId: '14',
    defaultReminders: [],
    revision: 0,
    updatedAt: now,
  };
}
