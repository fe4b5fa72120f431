import type { ApiCall, Handler } from './api-call.js';
import { alreadyDeleted, conditionNotMet, notFound, required } from './api-error.js';
import { openCalendar, requireWriter } from './calendar-access.js';
import { readEventBody } from './event-body.js';
import type { View } from './event-wire.js';
import type { WriteOptions } from './event-draft.js';
import type { GoogleParts } from './google-parts.js';
import { type SendUpdates, sendUpdatesChoices } from './mails.js';
import type { MethodId } from './methods.js';
import type { StoredEvent } from './model.js';
import { findEvent } from './occurrences.js';
import type { Parameters } from './parameters.js';
import { etagOf } from './store.js';

/** `events.insert`, `import`, `patch`, `update`, `delete` and `move`. */
export function eventWrites({ store, wire, writing }: GoogleParts) {
  function open(call: ApiCall, id = call.path['calendarId'] ?? ''): View {
    const view = openCalendar(store, call, id);
    requireWriter(view);
    return { ...view, maxAttendees: call.query.integer('maxAttendees', 1, null) };
  }

  /** The event the path names, if it still is in the state the caller knows. */
  function getEvent(call: ApiCall, view: View): StoredEvent {
    const event = findEvent(view.calendar, call.path['eventId'] ?? '');
    if (!event) throw notFound();
    requireWriter(view, event);
    const known = call.headers['if-match'];
    if (known !== undefined && known !== '*' && known !== etagOf(event)) throw conditionNotMet();
    return event;
  }

  function change(call: ApiCall, how: 'patch' | 'update') {
    const view = open(call);
    const options = readOptions(call.query);
    const event = getEvent(call, view);
    return wire.event(writing[how](view.calendar, event, readEventBody(call.body), options), view);
  }

  return {
    'calendar.events.insert': (call: ApiCall) => {
      const view = open(call);
      const options = readOptions(call.query);
      const body = readEventBody(call.body);
      return wire.event(writing.insert(view.calendar, call.caller.account, body, options), view);
    },
    'calendar.events.import': (call: ApiCall) => {
      const view = open(call);
      return wire.event(writing.import(view.calendar, call.caller.account, readEventBody(call.body)), view);
    },
    'calendar.events.patch': (call: ApiCall) => change(call, 'patch'),
    'calendar.events.update': (call: ApiCall) => change(call, 'update'),
    'calendar.events.delete': (call: ApiCall) => {
      const view = open(call);
      const sendUpdates = readSendUpdates(call.query);
      const id = call.path['eventId'] ?? '';
      // Long gone and still known to be gone: a second deletion never is a first one.
      if (view.calendar.events.get(id)?.isForgotten) throw alreadyDeleted();
      writing.delete(view.calendar, getEvent(call, view), sendUpdates);
    },
    'calendar.events.move': (call: ApiCall) => {
      const view = open(call);
      const destination = call.query.text('destination');
      if (!destination) throw required('Required parameter: destination');
      const target = open(call, destination);
      const sendUpdates = readSendUpdates(call.query);
      return wire.event(writing.move(view.calendar, getEvent(call, view), target.calendar, sendUpdates), target);
    },
  } satisfies Partial<Record<MethodId, Handler>>;
}

function readOptions(query: Parameters): WriteOptions {
  return {
    sendUpdates: readSendUpdates(query),
    conferenceDataVersion: query.integer('conferenceDataVersion', 0, 1) ?? 0,
    eventLabelVersion: query.integer('eventLabelVersion', 0, 1) ?? 0,
    supportsAttachments: query.flag('supportsAttachments') ?? false,
  };
}

/** Absent means that nobody is told (contract 7); `sendNotifications` is the older word for it. */
function readSendUpdates(query: Parameters): SendUpdates {
  const older = query.flag('sendNotifications') ? 'all' : 'none';
  return query.oneOf('sendUpdates', sendUpdatesChoices) ?? older;
}
