import { z } from 'zod';
import { type Entry, entriesIn, type Window } from './entries.js';
import { dateTimeTimeZone, readGraphBody } from './event-body.js';
import { readTime } from './event-content.js';
import type { GraphCall } from './graph-call.js';
import { accessDenied, badRequest } from './graph-error.js';
import type { GraphRouter } from './graph-router.js';
import type { Account, EventContent } from './model.js';
import type { OutlookParts } from './outlook-parts.js';
import { calendarsRead } from './scopes.js';
import type { WireObject } from './wire.js';

const addresses = z.array(z.string()).min(1);
const minutes = z.int().min(5).max(1440).nullable().optional();
const scheduleBody = z.union([
  z.strictObject({
    schedules: addresses,
    startTime: dateTimeTimeZone,
    endTime: dateTimeTimeZone,
    availabilityViewInterval: minutes,
  }),
  // As the OpenAPI description writes them.
  z
    .strictObject({
      Schedules: addresses,
      StartTime: dateTimeTimeZone,
      EndTime: dateTimeTimeZone,
      AvailabilityViewInterval: minutes,
    })
    .transform((body) => ({
      schedules: body.Schedules,
      startTime: body.StartTime,
      endTime: body.EndTime,
      availabilityViewInterval: body.AvailabilityViewInterval,
    })),
]);

/** Working elsewhere counts as free, for compatibility (contract 11). */
const digits: Record<EventContent['showAs'], number> = {
  free: 0,
  workingElsewhere: 0,
  unknown: 0,
  tentative: 1,
  busy: 2,
  oof: 3,
};
const entriesAtMost = 1000;

/** Free and busy (contract 11). Work accounts only. */
export function registerScheduleRoutes(router: GraphRouter, { links, store, wire }: OutlookParts): void {
  for (const base of ['/me/calendar', '/me/calendars/{calendar}']) {
    router.add('POST', `${base}/getSchedule`, calendarsRead, (call) => {
      if (call.account.kind === 'personal') throw accessDenied();
      const body = readGraphBody(scheduleBody, call.body);
      const author = { account: call.account, takesAnyZone: false };
      const window = { from: readTime(body.startTime, author).at, to: readTime(body.endTime, author).at };
      if (window.to <= window.from)
        throw badRequest('The end of the period must be after its start.', 'ErrorInvalidTimeInterval');
      const stepMs = (body.availabilityViewInterval ?? 30) * 60_000;
      const value = body.schedules.map((address) => scheduleOf(call, address, window, stepMs));
      return { body: { '@odata.context': links.context('Collection(microsoft.graph.scheduleInformation)'), value } };
    });
  }

  function scheduleOf(call: GraphCall, address: string, window: Window, stepMs: number): WireObject {
    const account = store.findAccountByEmail(address);
    if (!account?.hasMailbox || account.tenantId !== call.account.tenantId) {
      return refused(
        address,
        'ErrorMailRecipientNotFound',
        'Unable to resolve e-mail address to an Active Directory object.',
      );
    }
    const mailbox = store.mailboxOf(account);
    const entries = mailbox
      .items(mailbox.defaultCalendar.id)
      .flatMap((item) => entriesIn(item, window))
      .filter(({ content }) => !content.isCancelled)
      .sort((one, other) => one.content.start.at - other.content.start.at);
    if (entries.length > entriesAtMost)
      return refused(address, '5006', 'The result set contains too many calendar entries.');
    return {
      scheduleId: address,
      availabilityView: viewOf(entries, window, stepMs),
      scheduleItems: entries.map((entry) => itemOf(call, account, entry)),
      workingHours: wire.workingHours(account),
    };
  }

  function itemOf(call: GraphCall, owner: Account, { content }: Entry): WireObject {
    const isPrivate = content.sensitivity === 'private' || content.sensitivity === 'confidential';
    const isShown = !isPrivate || owner.id === call.account.id;
    return {
      isPrivate,
      status: content.showAs,
      ...(isShown ? { subject: content.subject, location: content.locations[0]?.displayName ?? '' } : {}),
      start: wire.timeIn(content.start.at, call.preferences),
      end: wire.timeIn(content.end.at, call.preferences),
    };
  }
}

function refused(scheduleId: string, responseCode: string, message: string): WireObject {
  return { scheduleId, error: { message, responseCode } };
}

function viewOf(entries: Entry[], window: Window, stepMs: number): string {
  const slots = Math.ceil((window.to - window.from) / stepMs);
  return Array.from({ length: slots }, (_, slot) => {
    const from = window.from + slot * stepMs;
    const inSlot = entries.filter(({ content }) => content.start.at < from + stepMs && content.end.at > from);
    return Math.max(0, ...inSlot.map(({ content }) => digits[content.showAs]));
  }).join('');
}
