import type { SandboxClock } from '../clock.js';
import { badRequest, invalidParameter, timeRangeEmpty, updatedMinTooLongAgo } from './api-error.js';
import { type Cursors, invalidSyncToken, type Listing } from './cursors.js';
import { matchesQuery } from './event-filter.js';
import { eventTypes } from './event-body.js';
import { type EventRow, EventRows } from './event-rows.js';
import type { EventWire, View } from './event-wire.js';
import { horizonOf } from './occurrences.js';
import type { Parameters } from './parameters.js';
import type { Settings } from './settings.js';
import { etagOf } from './store.js';

/** Not allowed beside a sync token. */
const forbiddenInSync = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'timeMin',
  'timeMax',
  'updatedMin',
];
/** Full lists asked for with one of these end without a sync token. A window is no hindrance. */
const hindersSync = forbiddenInSync.filter((name) => name !== 'timeMin' && name !== 'timeMax');
/** Must be the same from the full list on. */
const keptInSync = [
  'eventTypes',
  'maxAttendees',
  'showDeleted',
  'showHiddenInvitations',
  'singleEvents',
  'timeZone',
  'alwaysIncludeEmail',
];
const keptInPages = [...keptInSync, ...forbiddenInSync, 'maxResults', 'syncToken'];

/** `events.list`: the full list, the changes since a sync token, and the pages of either (contract 8). */
export class EventList {
  #emptyPages = 0;

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
    private readonly cursors: Cursors,
    private readonly wire: EventWire,
  ) {}

  /** Answers the next pages without any item, which does not mean that they are the last (contract 8). */
  emptyNext(times: number): void {
    this.#emptyPages += times;
  }

  clear(): void {
    this.#emptyPages = 0;
  }

  answer(view: View, parameters: Parameters) {
    const asked = this.#read(parameters, view);
    const { calendar, email } = view;
    const since = this.#readSince(view, parameters);
    const pages: Listing = { email, list: calendar.id, fingerprint: parameters.fingerprint(keptInPages) };
    const token = parameters.text('pageToken');
    const position = token === null ? null : this.cursors.readPage(token, pages);
    const startedAtRevision = position?.startedAtRevision ?? calendar.revision;

    const rows = (since === null ? asked.rows.full() : asked.rows.changedSince(since)).filter(
      (row) => position?.after == null || row.key > position.after,
    );
    const isEmptied = this.#emptyPages > 0;
    if (isEmptied) this.#emptyPages -= 1;
    const shown = isEmptied ? [] : rows.slice(0, asked.pageSize);
    const isLast = !isEmptied && shown.length === rows.length;
    const after = shown.at(-1)?.key ?? position?.after ?? null;
    return {
      ...this.envelope(view),
      items: shown.map((row) => this.#toItem(row, view, since !== null && !asked.showDeleted)),
      ...(isLast
        ? this.#syncToken(view, parameters, startedAtRevision)
        : { nextPageToken: this.cursors.issuePage({ ...pages, after, startedAtRevision }) }),
    };
  }

  envelope({ calendar, role }: View) {
    return {
      kind: 'calendar#events',
      etag: etagOf(calendar),
      summary: calendar.summary,
      description: calendar.description ?? '',
      updated: calendar.updatedAt.toISOString(),
      timeZone: calendar.timeZone,
      accessRole: role,
      defaultReminders: calendar.kind === 'primary' ? [{ method: 'popup', minutes: 10 }] : [],
    };
  }

  #read(parameters: Parameters, view: View) {
    const singleEvents = parameters.flag('singleEvents') ?? false;
    const showDeleted = parameters.flag('showDeleted') ?? false;
    const orderBy = parameters.oneOf('orderBy', ['startTime', 'updated'] as const);
    const timeMin = parameters.instant('timeMin');
    const timeMax = parameters.instant('timeMax');
    const updatedMin = parameters.instant('updatedMin');
    parameters.flag('showHiddenInvitations');
    const pageSize = parameters.pageSize(250, 2500);
    if (orderBy === 'startTime' && !singleEvents) {
      throw badRequest('The requested ordering is not available for the particular query.');
    }
    if (timeMin !== null && timeMax !== null && timeMin >= timeMax) {
      throw timeRangeEmpty('The specified time range is empty.', 'timeMax');
    }
    const oldest = this.clock.now().getTime() - this.settings.updated_min_days * 86_400_000;
    if (updatedMin !== null && updatedMin < oldest) throw updatedMinTooLongAgo();
    const rows = new EventRows(view, {
      singleEvents,
      showDeleted,
      orderBy,
      timeMin,
      timeMax,
      updatedMin,
      horizon: horizonOf(this.clock.now(), this.settings.expansion_days),
      eventTypes: parameters.someOf('eventTypes', eventTypes),
      matches: matchesQuery(parameters),
    });
    return { rows, showDeleted, pageSize };
  }

  /** The revision the caller knows; null for a full list. */
  #readSince({ calendar, email }: View, parameters: Parameters): number | null {
    const token = parameters.text('syncToken');
    if (token === null) return null;
    if (forbiddenInSync.some((name) => parameters.has(name))) {
      throw invalidSyncToken('Sync token cannot be used with other request restrictions.');
    }
    if (parameters.flag('showDeleted') === false) {
      throw invalidParameter('showDeleted', 'Deleted events cannot be left out with a sync token.', 'invalid');
    }
    const listing = { email, list: calendar.id, fingerprint: parameters.fingerprint(keptInSync) };
    const limits = { days: this.settings.sync_token_days, oldestRevision: calendar.oldestUsableRevision };
    return this.cursors.readSync(token, listing, limits).revision;
  }

  #syncToken({ calendar, email }: View, parameters: Parameters, revision: number) {
    if (hindersSync.some((name) => parameters.has(name))) return {};
    const listing = { email, list: calendar.id, fingerprint: parameters.fingerprint(keptInSync) };
    return { nextSyncToken: this.cursors.issueSync(listing, revision) };
  }

  #toItem(row: EventRow, view: View, isGuaranteedOnly: boolean) {
    if (row.event === null) return this.wire.deleted(row, view);
    const isCancelled = row.event.status === 'cancelled';
    // An occurrence that is off is never more than its three fields; what is deleted shows its details to those who ask.
    if (isCancelled && (isGuaranteedOnly || row.place !== null)) return this.wire.deleted(row, view);
    return this.wire.event(row.event, view);
  }
}
