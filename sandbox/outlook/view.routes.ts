import { getCalendar } from './calendar.routes.js';
import { type Entry, entriesIn } from './entries.js';
import { getEntry } from './event.routes.js';
import { checkQueryNames, pageOf, readShape } from './event-list.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { badRequest } from './graph-error.js';
import type { GraphRouter } from './graph-router.js';
import type { OutlookParts } from './outlook-parts.js';
import { calendarsRead } from './scopes.js';
import { readWindow } from './window.js';

/** A calendar as it looks between two moments: occurrences instead of series (contract 7), and its changes (contract 8). */
export function registerViewRoutes(router: GraphRouter, parts: OutlookParts): void {
  const { delta, links, pageFaults, settings, shapes, wire } = parts;

  for (const base of ['/me', '/me/calendar', '/me/calendars/{calendar}']) {
    router.add('GET', `${base}/calendarView`, calendarsRead, (call) => {
      const window = readWindow(call.query);
      const items = call.mailbox.items(getCalendar(call).id);
      return page(
        call,
        items.flatMap((item) => entriesIn(item, window)),
      );
    });
    router.add('GET', `${base}/calendarView/delta`, calendarsRead, (call) => delta.answer(call, getCalendar(call).id));
  }
  for (const base of ['/me/events', '/me/calendar/events', '/me/calendars/{calendar}/events']) {
    router.add('GET', `${base}/{event}/instances`, calendarsRead, (call) => {
      const { item, type } = getEntry(call);
      if (type !== 'seriesMaster') throw badRequest('Only a series has instances.');
      return page(call, entriesIn(item, readWindow(call.query)));
    });
  }

  function page(call: GraphCall, entries: Entry[]): GraphAnswer {
    checkQueryNames(call.query);
    const shape = readShape(call.query, true);
    const inOrder = entries.sort((one, other) => one.content.start.at - other.content.start.at);
    const found = pageOf(inOrder, call.query, call.preferences, settings, wire);
    const empty = pageFaults.take();
    const skip = Number(call.query.get('$skip') ?? 0);
    const nextSkip = empty === 'end' ? null : empty === 'continue' ? skip : found.nextSkip;
    const shown = empty === null ? found.page : [];
    const next = new URLSearchParams(call.query);
    next.set('$skip', String(nextSkip));
    return {
      body: {
        '@odata.context': links.context(`users('${call.account.id}')/calendarView`),
        ...(call.query.get('$count') === 'true' ? { '@odata.count': found.total } : {}),
        value: shown.map((entry) => shapes.one(entry, call.preferences, shape)),
        ...(nextSkip === null ? {} : { '@odata.nextLink': `${links.graph}${call.path}?${next.toString()}` }),
      },
    };
  }
}
