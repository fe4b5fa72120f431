import type { z } from 'zod';
import { ControlError, readOrder } from '../control-errors.js';
import { readAuthorization } from './authorization-request.js';
import { showInList } from './calendar-making.js';
import { toWireChannel } from './channels.js';
import { decide } from './consent.js';
import * as orders from './control-orders.js';
import { EventRows } from './event-rows.js';
import type { View } from './event-wire.js';
import type { Fault } from './faults.js';
import type { GoogleParts } from './google-parts.js';
import type { Mail } from './mails.js';
import type { Account, Calendar } from './model.js';
import { findEvent } from './occurrences.js';
import { PersonEdits } from './person-edits.js';
import { addAccount, seed, seedEvents } from './seed.js';
import { type Settings, settingsSchema } from './settings.js';

type Given<S extends z.ZodType> = z.input<S>;

/**
 * The hands behind the curtain: what a test does in Google's place, or in that of the person who owns the calendar.
 *
 * Every method takes the JSON of its route (sandbox/README.md) and checks it, so that a test in process and one over HTTP
 * are refused for the same reasons. Events come back as the API would show them to their owner.
 */
export class GoogleControl {
  readonly #initialSettings: Settings;
  readonly #edits: PersonEdits;

  constructor(private readonly parts: GoogleParts) {
    this.#initialSettings = { ...parts.settings };
    this.#edits = new PersonEdits(parts.writing);
  }

  // Events

  addEvent(given: Given<typeof orders.addEventOrder>) {
    const order = readOrder(orders.addEventOrder, given);
    const view = this.#open(order);
    const account = this.#getAccount(order.account);
    return this.parts.wire.event(this.#edits.add(view.calendar, account, order.event, order.send_updates), view);
  }

  changeEvent(given: Given<typeof orders.changeEventOrder>) {
    const order = readOrder(orders.changeEventOrder, given);
    const view = this.#open(order);
    const account = this.#getAccount(order.account);
    const { event, scope, changes, send_updates: sendUpdates } = order;
    const changed = this.#edits.change(view.calendar, account, event, scope, changes, sendUpdates);
    return this.parts.wire.event(changed, view);
  }

  deleteEvent(given: Given<typeof orders.deleteEventOrder>): void {
    const order = readOrder(orders.deleteEventOrder, given);
    this.#edits.delete(this.#open(order).calendar, order.event, order.scope, order.send_updates);
  }

  /** One, whatever became of it, deleted ones in full. */
  event(given: Given<typeof orders.eventOrder>) {
    const order = readOrder(orders.eventOrder, given);
    const view = this.#open(order);
    const event = findEvent(view.calendar, order.event);
    if (!event) throw new ControlError('event', `no event is named ${order.event}`, 404);
    return this.parts.wire.event(event, view);
  }

  /** What truly is in a calendar: every occurrence that takes place, in order. A year either way unless told. */
  events(given: Given<typeof orders.eventsOrder> = {}) {
    const order = readOrder(orders.eventsOrder, given);
    const view = this.#open(order);
    const { clock, wire, writing } = this.parts;
    writing.finishConferences(view.calendar);
    const timeMax = (order.to ?? clock.in(366 * 86_400)).getTime();
    const rows = new EventRows(view, {
      singleEvents: true,
      showDeleted: false,
      orderBy: 'startTime',
      timeMin: (order.from ?? clock.in(-366 * 86_400)).getTime(),
      timeMax,
      updatedMin: null,
      horizon: timeMax,
      eventTypes: [],
      matches: () => true,
    });
    return rows.full().flatMap(({ event }) => (event ? [wire.event(event, view)] : []));
  }

  /** Nobody is notified. */
  seed(given: Given<typeof orders.seedOrder>): { events: number } {
    const order = readOrder(orders.seedOrder, given);
    const { channels, clock } = this.parts;
    const { calendar } = this.#open(order);
    const from = order.from ?? clock.in(-20 * 86_400);
    const to = order.to ?? clock.in(20 * 86_400);
    if (to <= from) throw new ControlError('to', 'must be after from');
    const account = this.#getAccount(order.account);
    channels.mute(() => seedEvents(this.parts, calendar, account, { events: order.events, from, to }));
    return { events: calendar.events.size };
  }

  /** Deletions grow old: they are listed no more, and sync tokens from before them are of no use. */
  forgetDeletions(given: Given<typeof orders.calendarsOrder> = {}): { forgotten: number } {
    let forgotten = 0;
    for (const calendar of this.#calendars(given)) {
      for (const event of calendar.events.values()) {
        // One occurrence that is off is known for the life of its series (contract 8).
        const isKept = event.status !== 'cancelled' || event.isForgotten || (event.place !== null && !event.isOrphaned);
        if (isKept) continue;
        forgotten += 1;
        calendar.oldestUsableRevision = Math.max(calendar.oldestUsableRevision, event.revision);
        if (event.isOrphaned) calendar.events.delete(event.id);
        else event.isForgotten = true;
      }
      for (const { revision } of calendar.vanished.values()) {
        calendar.oldestUsableRevision = Math.max(calendar.oldestUsableRevision, revision);
      }
      calendar.vanished.clear();
    }
    return { forgotten };
  }

  invalidateSyncTokens(given: Given<typeof orders.calendarsOrder> = {}): { invalidated: number } {
    const { account, calendar } = readOrder(orders.calendarsOrder, given);
    const list = calendar === 'primary' ? this.#getAccount(account ?? '').email : calendar;
    return { invalidated: this.parts.cursors.invalidate({ email: account, list }) };
  }

  nextPageEmpty(given: Given<typeof orders.timesOrder> = {}): void {
    this.parts.eventList.emptyNext(readOrder(orders.timesOrder, given).times);
  }

  // Accounts, calendars and consent

  accounts() {
    return [...this.parts.store.accounts.values()].map((account) => ({
      id: account.id,
      email: account.email,
      name: account.name,
      granted: this.parts.grants.consentedBy(account.email),
      calendars: [...this.parts.store.listOf(account.email).entries.values()]
        .filter(({ isDeleted }) => !isDeleted)
        .map(({ calendarId }) => calendarId),
    }));
  }

  addAccount(given: Given<typeof orders.addAccountOrder>) {
    const order = readOrder(orders.addAccountOrder, given);
    if (this.parts.store.accounts.has(order.email)) throw new ControlError('email', 'is already taken', 409);
    const { id, email, name } = addAccount(this.parts, order);
    return { id, email, name };
  }

  /** A role of `none` takes the calendar away again, and with it the tokens of whoever read it. */
  shareCalendar(given: Given<typeof orders.shareOrder>): void {
    const order = readOrder(orders.shareOrder, given);
    const { clock, cursors, store } = this.parts;
    const { calendar } = this.#open(order);
    const guest = this.#getAccount(order.with, 'with');
    const entry = store.listOf(guest.email).entries.get(calendar.id);
    cursors.invalidate({ email: guest.email, list: calendar.id });
    if (order.role !== 'none') {
      calendar.access.set(guest.email, order.role);
      if (!entry || entry.isDeleted) showInList(store, guest, calendar, clock.now());
      return;
    }
    calendar.access.delete(guest.email);
    if (!entry) return;
    entry.isDeleted = true;
    entry.revision = store.listOf(guest.email).revision += 1;
  }

  /** What the consent page does: answers where the browser would be sent. */
  consent(given: Given<typeof orders.consentOrder>): { location: string } {
    const order = readOrder(orders.consentOrder, given);
    const query = Object.fromEntries(new URL(order.authorize_url).searchParams);
    const read = readAuthorization(query, this.parts.app);
    if (read.kind === 'refused') throw new ControlError('authorize_url', `${read.problem}: ${read.detail}`);
    const answer = {
      decision: order.decision,
      ticked: order.scopes ?? null,
      accessSeconds: order.access_seconds ?? null,
      error: order.error ?? null,
    };
    return { location: decide(this.parts.grants, read.request, this.#getAccount(order.account), answer) };
  }

  expireAccessTokens(given: Given<typeof orders.accountsOrder> = {}): { expired: number } {
    const { account } = readOrder(orders.accountsOrder, given);
    const email = account === undefined ? null : this.#getAccount(account).email;
    return { expired: this.parts.grants.expireAccessTokens(email) };
  }

  /** What "remove access" in the account's settings does. Answers how many refresh tokens it ended. */
  revokeGrants(given: Given<typeof orders.accountsOrder> = {}): { revoked: number } {
    const { account } = readOrder(orders.accountsOrder, given);
    const emails = account === undefined ? [...this.parts.store.accounts.keys()] : [this.#getAccount(account).email];
    return { revoked: emails.reduce((sum, email) => sum + this.parts.grants.revoke(email), 0) };
  }

  redirectUris(): { redirect_uris: string[] } {
    return { redirect_uris: this.parts.app.redirectUris };
  }

  setRedirectUris(given: Given<typeof orders.redirectUrisOrder>): { redirect_uris: string[] } {
    this.parts.app.register(readOrder(orders.redirectUrisOrder, given).redirect_uris);
    return this.redirectUris();
  }

  // Time, faults, settings

  now(): { now: string } {
    return { now: this.parts.clock.now().toISOString() };
  }

  /** Lets attempts under way end, then walks through all that falls due. */
  async advance(given: Given<typeof orders.advanceOrder>): Promise<{ now: string }> {
    const { seconds } = readOrder(orders.advanceOrder, given);
    await this.parts.pushes.settled();
    await this.parts.clock.advance(seconds);
    return this.now();
  }

  faults(): Fault[] {
    return this.parts.faults.list();
  }

  failNext(given: Given<typeof orders.faultOrder>): Fault[] {
    this.parts.faults.add(readOrder(orders.faultOrder, given));
    return this.faults();
  }

  clearFaults(): void {
    this.parts.faults.clear();
    this.parts.eventList.clear();
  }

  settings(): Settings {
    return { ...this.parts.settings };
  }

  changeSettings(given: Partial<Settings>): Settings {
    const merged: unknown = { ...this.parts.settings, ...given };
    Object.assign(this.parts.settings, readOrder(settingsSchema, merged));
    return this.settings();
  }

  // Channels and pushes

  channels() {
    const { channels } = this.parts;
    return channels.list().map((channel) => ({
      ...toWireChannel(channel),
      calendar: channel.calendarId,
      account: channel.email,
      address: channel.address,
      is_live: channels.isLive(channel),
    }));
  }

  expireChannels(given: Given<typeof orders.expireChannelsOrder> = {}): { expired: number } {
    return { expired: this.parts.channels.expire(readOrder(orders.expireChannelsOrder, given).channel ?? null) };
  }

  pushes() {
    return this.parts.pushes.list();
  }

  dropPushes(given: Given<typeof orders.timesOrder> = {}): void {
    this.parts.pushes.dropNext(readOrder(orders.timesOrder, given).times);
  }

  forgePushes(given: Given<typeof orders.timesOrder> = {}): void {
    this.parts.pushes.forgeNext(readOrder(orders.timesOrder, given).times);
  }

  holdPushes(): void {
    this.parts.pushes.hold();
  }

  async releasePushes(given: Given<typeof orders.releaseOrder> = {}): Promise<{ released: number }> {
    return { released: await this.parts.pushes.release(readOrder(orders.releaseOrder, given).order) };
  }

  async repeatPush(given: Given<typeof orders.repeatOrder>): Promise<void> {
    const order = readOrder(orders.repeatOrder, given);
    await this.parts.pushes.repeat(order.push, order.times);
  }

  /** Resolves when no attempt is under way; retries due later are not waited for. */
  async pushesSettled(): Promise<void> {
    await this.parts.pushes.settled();
  }

  // What was seen, and starting over

  mails(): Mail[] {
    return this.parts.mails.list();
  }

  clearMails(): void {
    this.parts.mails.clear();
  }

  calls() {
    return this.parts.calls.list();
  }

  clearCalls(): void {
    this.parts.calls.clear();
    this.parts.concurrency.clear();
  }

  /** By account: the most calls of the API that ever were under way at once, since calls were last cleared. */
  peakConcurrency(): Record<string, number> {
    return this.parts.concurrency.peaks();
  }

  /** As freshly started: tokens, channels, faults, settings and time too. The application stays registered. */
  async reset(): Promise<void> {
    const { calls, channels, clock, concurrency, cursors, eventList, faults, grants, mails, pushes, quota, store } =
      this.parts;
    await pushes.clear();
    for (const part of [calls, channels, concurrency, cursors, eventList, faults, grants, mails, quota, store])
      part.clear();
    Object.assign(this.parts.settings, this.#initialSettings);
    clock.reset();
    seed(this.parts);
  }

  #open(order: { account: string; calendar: string }): View {
    const { email } = this.#getAccount(order.account);
    const calendar = this.parts.store.findCalendar(order.calendar, email);
    if (!calendar) throw new ControlError('calendar', `no calendar is named ${order.calendar}`, 404);
    return { calendar, role: 'owner', email, zone: calendar.timeZone, maxAttendees: null };
  }

  #calendars(given: Given<typeof orders.calendarsOrder>): Calendar[] {
    const { account, calendar } = readOrder(orders.calendarsOrder, given);
    const all = [...this.parts.store.calendars.values()];
    if (calendar !== undefined) return [this.#open({ account: account ?? '', calendar }).calendar];
    return account === undefined ? all : all.filter(({ ownerEmail }) => ownerEmail === account);
  }

  #getAccount(email: string, field = 'account'): Account {
    const account = this.parts.store.accounts.get(email);
    if (!account) throw new ControlError(field, `no account has the address ${email}`, 404);
    return account;
  }
}
