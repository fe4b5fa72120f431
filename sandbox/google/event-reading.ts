import { type ApiCall, type Handler, notModified } from './api-call.js';
import { badRequest, invalidParameter, notFound } from './api-error.js';
import { openCalendar } from './calendar-access.js';
import type { Listing } from './cursors.js';
import { findInstant, isDay, toMillis, toWireTime } from './event-time.js';
import type { View } from './event-wire.js';
import type { GoogleParts } from './google-parts.js';
import type { MethodId } from './methods.js';
import type { StoredEvent } from './model.js';
import { exceptionsOf, findEvent, horizonOf, occurrencesOf } from './occurrences.js';
import { etagOf } from './store.js';

const keptInPages = ['maxAttendees', 'originalStart', 'showDeleted', 'timeMax', 'timeMin', 'timeZone', 'maxResults'];

/** `events.get`, `list` and `instances`. */
export function eventReading(google: GoogleParts) {
  const { clock, cursors, eventList, settings, store, wire, writing } = google;

  function open(call: ApiCall): View {
    const view = openCalendar(store, call, call.path['calendarId'] ?? '');
    writing.finishConferences(view.calendar);
    const zone = call.query.zone('timeZone') ?? view.zone;
    return { ...view, zone, maxAttendees: call.query.integer('maxAttendees', 1, null) };
  }

  function get(call: ApiCall) {
    const view = open(call);
    const event = findEvent(view.calendar, call.path['eventId'] ?? '');
    if (!event) throw notFound();
    if (call.headers['if-none-match'] === etagOf(event)) return notModified;
    return wire.event(event, view);
  }

  function instances(call: ApiCall) {
    const view = open(call);
    const { query } = call;
    const master = findEvent(view.calendar, call.path['eventId'] ?? '');
    if (!master) throw notFound();
    if (master.fields.recurrence === undefined) throw badRequest('The event is not a recurring event.');
    const timeMin = query.instant('timeMin');
    const timeMax = query.instant('timeMax');
    const originalStart = query.text('originalStart');
    if (originalStart !== null && !isDay(originalStart) && findInstant(originalStart) === null) {
      throw invalidParameter('originalStart', `Invalid value for: Invalid format: "${originalStart}"`, 'invalid');
    }
    const untilMs = timeMax ?? Math.max(horizonOf(clock.now(), settings.expansion_days), timeMin ?? 0);
    // By id, so that an exception moved here from beyond is there once.
    const all = new Map(
      [...exceptionsOf(view.calendar, master), ...occurrencesOf(view.calendar, master, untilMs)].map((event) => [
        event.id,
        event,
      ]),
    );
    const showDeleted = query.flag('showDeleted') ?? false;
    const rows = [...all.values()]
      .filter((event) => showDeleted || event.status !== 'cancelled')
      .filter((event) => timeMin === null || toMillis(event.fields.end, view.zone) >= timeMin)
      .filter((event) => timeMax === null || toMillis(event.fields.start, view.zone) < timeMax)
      .filter((event) => originalStart === null || startsOriginallyAt(event, originalStart, view))
      .map((event) => ({
        event,
        key: `${new Date(toMillis(event.fields.start, view.zone)).toISOString()} ${event.id}`,
      }))
      .sort((left, right) => (left.key < right.key ? -1 : 1));

    const listing: Listing = {
      email: view.email,
      list: `${view.calendar.id} ${master.id}`,
      fingerprint: query.fingerprint(keptInPages),
    };
    const token = query.text('pageToken');
    const after = token === null ? null : cursors.readPage(token, listing).after;
    const remaining = rows.filter(({ key }) => after === null || key > after);
    const shown = remaining.slice(0, query.pageSize(250, 2500));
    const isLast = shown.length === remaining.length;
    const position = { ...listing, after: shown.at(-1)?.key ?? null, startedAtRevision: view.calendar.revision };
    return {
      ...eventList.envelope(view),
      items: shown.map(({ event }) =>
        event.status === 'cancelled' ? wire.deleted(event, view) : wire.event(event, view),
      ),
      ...(!isLast && { nextPageToken: cursors.issuePage(position) }),
    };
  }

  return {
    'calendar.events.get': get,
    'calendar.events.list': (call: ApiCall) => eventList.answer(open(call), call.query),
    'calendar.events.instances': instances,
  } satisfies Partial<Record<MethodId, Handler>>;
}

function startsOriginallyAt({ place }: StoredEvent, wanted: string, view: View): boolean {
  if (!place) return false;
  const original = toWireTime(place.originalStart, view.zone, view.calendar.timeZone);
  return original.date === undefined
    ? findInstant(wanted) === toMillis(place.originalStart, view.zone)
    : original.date === wanted;
}
