import { z } from 'zod';
import { getCalendar } from './calendar.routes.js';
import { type Entry, wholeEntry } from './entries.js';
import { eventBody, readGraphBody } from './event-body.js';
import { namesIn } from './event-content.js';
import { checkQueryNames, pageOf, readShape } from './event-list.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { badRequest, GraphError, itemNotFound } from './graph-error.js';
import type { GraphRouter } from './graph-router.js';
import type { IdFormat } from './ids.js';
import { etagOf, idOf } from './mailbox.js';
import type { EventContent, Response } from './model.js';
import type { OutlookParts } from './outlook-parts.js';
import { calendarsRead, calendarsWrite } from './scopes.js';
import { digestOf, findReplay } from './transactions.js';

/** Actions take their parameters with either letter in front, as OData does. */
const note = z.string().nullable().optional();
const cancelBody = z.strictObject({ comment: note, Comment: note });
const responseBody = z.strictObject({
  comment: note,
  Comment: note,
  sendResponse: z.boolean().nullable().optional(),
  SendResponse: z.boolean().nullable().optional(),
  proposedNewTime: z.unknown().optional(),
  ProposedNewTime: z.unknown().optional(),
});
const idFormats = z.enum(['entryId', 'ewsId', 'immutableEntryId', 'restId', 'restImmutableEntryId']);
const translateBody = z.strictObject({
  inputIds: z.array(z.string()).max(1000),
  sourceIdType: idFormats,
  targetIdType: idFormats,
});

const responses: Record<string, Response> = {
  accept: 'accepted',
  decline: 'declined',
  tentativelyAccept: 'tentativelyAccepted',
};

/** Events one by one (contract 6), and the list without expansion (contract 7). */
export function registerEventRoutes(router: GraphRouter, parts: OutlookParts): void {
  const { clock, links, mails, settings, shapes, wire, writing } = parts;

  for (const base of ['/me/events', '/me/calendar/events', '/me/calendars/{calendar}/events']) {
    router.add('GET', base, calendarsRead, (call) => list(call));
    router.add('POST', base, calendarsWrite, (call) => create(call));
    const one = `${base}/{event}`;
    router.add('GET', one, calendarsRead, (call) => {
      checkQueryNames(call.query, ['$select', '$expand']);
      return { body: show(call, getEntry(call)) };
    });
    router.add('PATCH', one, calendarsWrite, (call) => change(call));
    router.add('DELETE', one, calendarsWrite, (call) => remove(call));
    router.add('POST', `${one}/permanentDelete`, calendarsWrite, (call) => remove(call));
    router.add('POST', `${one}/cancel`, calendarsWrite, (call) => cancel(call));
    for (const [action, response] of Object.entries(responses)) {
      router.add('POST', `${one}/${action}`, calendarsWrite, (call) => respond(call, response));
    }
  }
  router.add('POST', '/me/translateExchangeIds', calendarsRead, (call) => translate(call));

  function list(call: GraphCall): GraphAnswer {
    checkQueryNames(call.query);
    const shape = readShape(call.query);
    const named = call.params['calendar'] === undefined && !call.path.startsWith('/me/calendar/');
    // `/me/events` is the default calendar's list, except that a search by property looks everywhere.
    const isSearch = /singleValueExtendedProperties\/any/i.test(call.query.get('$filter') ?? '');
    const calendarId = named && isSearch ? null : getCalendar(call).id;
    const entries = call.mailbox.items(calendarId).map(wholeEntry);
    const { page, total, nextSkip } = pageOf(entries, call.query, call.preferences, settings, wire);
    const next = new URLSearchParams(call.query);
    next.set('$skip', String(nextSkip));
    return {
      body: {
        '@odata.context': links.context(`users('${call.account.id}')/events`),
        ...(call.query.get('$count') === 'true' ? { '@odata.count': total } : {}),
        value: page.map((entry) => shapes.one(entry, call.preferences, shape)),
        ...(nextSkip === null ? {} : { '@odata.nextLink': `${links.graph}${call.path}?${next.toString()}` }),
      },
    };
  }

  function create(call: GraphCall): GraphAnswer {
    const { account, mailbox } = call;
    const calendar = getCalendar(call);
    if (!calendar.canEdit) throw new GraphError(403, 'ErrorAccessDenied', 'The calendar is read-only.');
    const body = readGraphBody(eventBody, call.body);
    const creationDigest = digestOf(calendar.id, body);
    const replayed = findReplay(mailbox, body, creationDigest, call.preferences.idFormat, settings);
    if (replayed) return { status: 201, body: show(call, wholeEntry(replayed)) };
    const item = writing.create(mailbox, body, authorOf(call), {
      calendarId: calendar.id,
      seed: null,
      transactionId: body.transactionId || null,
      creationDigest,
    });
    const entry = wholeEntry(item);
    mails.created(aboutOf(entry));
    const location = `${links.graph}/users/${account.id}/events/${encodeURIComponent(idOf(entry, call.preferences.idFormat))}`;
    return { status: 201, headers: { location }, body: show(call, entry) };
  }

  function change(call: GraphCall): GraphAnswer {
    const entry = getEntry(call);
    checkMatch(call, entry);
    const body = readGraphBody(eventBody, call.body);
    if (body.transactionId != null && body.transactionId !== entry.item.transactionId) {
      throw badRequest('The transactionId of an event cannot be changed.', 'ErrorInvalidPropertySet');
    }
    const before = entry.content;
    const changed = writing.change(call.mailbox, entry, body, authorOf(call));
    const names = body.recurrence === undefined ? namesIn(body) : [...namesIn(body), 'recurrence'];
    mails.changed(aboutOf(changed), before, names);
    return { body: show(call, changed) };
  }

  function remove(call: GraphCall): GraphAnswer {
    const entry = getEntry(call);
    checkMatch(call, entry);
    mails.cancelled(aboutOf(entry));
    writing.remove(call.mailbox, entry);
    return { status: 204 };
  }

  function cancel(call: GraphCall): GraphAnswer {
    const entry = getEntry(call);
    const { comment, Comment } = readGraphBody(cancelBody, call.body ?? {});
    if (!entry.content.isOrganizer) throw badRequest('Only the organizer can cancel a meeting.');
    mails.cancelled(aboutOf(entry), comment ?? Comment ?? null);
    writing.remove(call.mailbox, entry);
    return { status: 202 };
  }

  /** The attendee's side. A declined meeting leaves the calendar, as it does in Outlook. */
  function respond(call: GraphCall, response: Response): GraphAnswer {
    const entry = getEntry(call);
    const body = readGraphBody(responseBody, call.body ?? {});
    if (entry.content.isOrganizer) {
      throw badRequest(
        "Your request can't be completed. You can't respond to this meeting because you're the organizer.",
      );
    }
    const isSent = body.sendResponse ?? body.SendResponse ?? true;
    if (isSent) mails.responded(aboutOf(entry), call.account.email, body.comment ?? body.Comment ?? null);
    if (response === 'declined') writing.remove(call.mailbox, entry);
    else writing.amend(call.mailbox, entry, { responseStatus: { response, at: clock.now() } });
    return { status: 202 };
  }

  /** Between the two formats REST knows; the others are Outlook's own. */
  function translate(call: GraphCall): GraphAnswer {
    const { inputIds, targetIdType } = readGraphBody(translateBody, call.body);
    const target: IdFormat | null =
      targetIdType === 'restImmutableEntryId' ? 'immutable' : targetIdType === 'restId' ? 'mutable' : null;
    const value = inputIds.map((sourceId) => {
      const named = call.mailbox.named(sourceId);
      if (target !== null && named.kind === 'entry') return { sourceId, targetId: idOf(named.entry, target) };
      const errorDetails = { code: 'ErrorInvalidIdMalformed', message: 'The ID is invalid.' };
      return { sourceId, errorDetails };
    });
    return { body: { '@odata.context': links.context('Collection(microsoft.graph.convertIdResult)'), value } };
  }

  function show(call: GraphCall, entry: Entry) {
    const shaped = shapes.one(entry, call.preferences, readShape(call.query));
    return { '@odata.context': links.context(`users('${call.account.id}')/events/$entity`), ...shaped };
  }

  function authorOf({ account }: GraphCall) {
    return { account, takesAnyZone: false };
  }
}

/** Any path reaches any event of the mailbox, save that one which names a calendar means events of that calendar. */
export function getEntry({ mailbox, params, path }: GraphCall): Entry {
  const named = mailbox.named(params['event'] ?? '');
  if (named.kind === 'malformed') throw new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
  if (named.kind === 'absent') throw itemNotFound();
  const calendarId = path.startsWith('/me/calendar/') ? mailbox.defaultCalendar.id : params['calendar'];
  if (calendarId !== undefined && named.entry.item.calendarId !== calendarId) throw itemNotFound();
  return named.entry;
}

/** `If-Match` with an etag that is no longer the event's (contract 6). */
function checkMatch({ request }: GraphCall, entry: Entry): void {
  const given = request.headers['if-match'];
  if (given === undefined || given === '*') return;
  const etags = given.split(/,\s*(?=W\/|")/).map((etag) => etag.trim());
  if (etags.includes(etagOf(entry))) return;
  throw new GraphError(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  );
}

function aboutOf(entry: Entry): { event: string; content: EventContent } {
  return { event: idOf(entry, 'immutable'), content: entry.content };
}
