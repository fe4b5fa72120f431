import { z } from 'zod';
import type { ApiCall, Handler } from './api-call.js';
import { ApiError, invalid, required, timeRangeEmpty } from './api-error.js';
import { openCalendar } from './calendar-access.js';
import { findInstant, isZone, toMillis, toWireInstant } from './event-time.js';
import { EventRows } from './event-rows.js';
import type { View } from './event-wire.js';
import type { GoogleParts } from './google-parts.js';
import type { MethodId } from './methods.js';
import type { StoredEvent } from './model.js';

const mostCalendars = 50;

const body = z.object({
  timeMin: z.string().optional(),
  timeMax: z.string().optional(),
  timeZone: z.string().optional(),
  groupExpansionMax: z.number().int().optional(),
  calendarExpansionMax: z.number().int().optional(),
  items: z.array(z.object({ id: z.string() })).optional(),
});

interface Span {
  start: number;
  end: number;
}

/** `freebusy.query` (contract 10): a calendar that cannot be told of has errors of its own; the answer is 200 all the same. */
export function freeBusy({ store }: GoogleParts) {
  function query(call: ApiCall) {
    const read = body.safeParse(call.body ?? {});
    if (!read.success) throw invalid(`Invalid value for: ${read.error.issues[0]?.path.map(String).join('.') ?? ''}`);
    const { timeZone = 'UTC', items = [], calendarExpansionMax = mostCalendars } = read.data;
    const timeMin = instant('timeMin', read.data.timeMin);
    const timeMax = instant('timeMax', read.data.timeMax);
    if (!isZone(timeZone)) throw invalid('Invalid time zone.');
    if (calendarExpansionMax > mostCalendars) throw invalid('Invalid value for: calendarExpansionMax');
    if (timeMin >= timeMax) throw timeRangeEmpty();
    const calendars = items.map(({ id }, position) => {
      const errors = (reason: string) => ({ errors: [{ domain: 'global', reason }], busy: [] });
      if (position >= calendarExpansionMax) return [id, errors('tooManyCalendarsRequested')] as const;
      const view = findView(call, id);
      if (!view) return [id, errors('notFound')] as const;
      const busy = busySpans(view, timeMin, timeMax).map(({ start, end }) => ({
        start: toWireInstant(start, timeZone),
        end: toWireInstant(end, timeZone),
      }));
      return [id, { busy }] as const;
    });
    return {
      kind: 'calendar#freeBusy',
      timeMin: new Date(timeMin).toISOString(),
      timeMax: new Date(timeMax).toISOString(),
      groups: {},
      calendars: Object.fromEntries(calendars),
    };
  }

  function findView(call: ApiCall, id: string): View | null {
    try {
      return openCalendar(store, call, id);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  }

  return { 'calendar.freebusy.query': query } satisfies Partial<Record<MethodId, Handler>>;
}

/** What takes time, run together where it touches. Bounds are cut to what was asked for. */
function busySpans(view: View, timeMin: number, timeMax: number): Span[] {
  const rows = new EventRows(view, {
    singleEvents: true,
    showDeleted: false,
    orderBy: 'startTime',
    timeMin,
    timeMax,
    updatedMin: null,
    horizon: timeMax,
    eventTypes: [],
    matches: (event) => isBusy(event, view.calendar.id),
  }).full();
  const spans: Span[] = [];
  for (const { event } of rows) {
    if (!event) continue;
    const start = Math.max(timeMin, toMillis(event.fields.start, view.zone));
    const end = Math.min(timeMax, toMillis(event.fields.end, view.zone));
    const last = spans.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (start < end) spans.push({ start, end });
  }
  return spans;
}

function isBusy({ fields }: StoredEvent, calendarId: string): boolean {
  const own = fields.attendees?.find(({ email }) => email === calendarId);
  return fields.transparency !== 'transparent' && own?.responseStatus !== 'declined';
}

function instant(name: string, given: string | undefined): number {
  if (given === undefined) throw required(`Missing ${name === 'timeMin' ? 'timeMin' : 'timeMax'} parameter.`);
  const millis = findInstant(given);
  if (millis === null) throw invalid(`Invalid value for: ${name}`);
  return millis;
}
