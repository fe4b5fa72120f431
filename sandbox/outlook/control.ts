import type { z } from 'zod';
import { ControlError, readOrder } from '../control-errors.js';
import { decideForTenant, readAdminConsent } from './admin-consent.js';
import { readAuthorization } from './authorization-request.js';
import { newCalendar } from './calendars.js';
import { decide } from './consent.js';
import * as orders from './control-orders.js';
import { type Entry, entriesIn, findOccurrence, wholeEntry } from './entries.js';
import { type EventBody, eventBody, readGraphBody } from './event-body.js';
import { isSameAddress, readTime } from './event-content.js';
import type { Fault } from './faults.js';
import { GraphError } from './graph-error.js';
import type { IdFormat } from './ids.js';
import { LoginError } from './login-error.js';
import type { Mailbox } from './mailbox.js';
import type { Account, Calendar, EventContent, Response } from './model.js';
import type { OutlookParts } from './outlook-parts.js';
import { addAccount, seed, seedEvents } from './seed.js';
import { type Settings, settingsSchema } from './settings.js';
import { toWireSubscription, type Subscription } from './subscriptions.js';
import { plusWall, toTicks } from './times.js';
import { findZone } from './zones.js';

type Given<S extends z.ZodType> = z.input<S>;

/** An event in the API's words, as far as tests read it. */
export interface ShownEvent {
  [name: string]: unknown;
  id: string;
  type: string;
  subject: string;
  seriesMasterId: string | null;
  start: { dateTime: string; timeZone: string };
  end: { dateTime: string; timeZone: string };
  /** The name of the calendar it is in. */
  calendar: string;
}

const dayMs = 86_400_000;

/**
 * The hands behind the curtain: what a test does in Microsoft's place, or as the person in front of Outlook.
 *
 * Every method takes the JSON of its route (sandbox/README.md) and checks it, so that a test in process and one over HTTP
 * are refused for the same reasons. Events come back as the API would show them, under immutable ids. What a person does
 * here sends no mail: the list of mails holds what the application caused.
 */
export class OutlookControl {
  readonly #initialSettings: Settings;

  constructor(private readonly parts: OutlookParts) {
    this.#initialSettings = { ...parts.settings };
  }

  // Events

  /** The truth: all that the calendars show in a span, expanded. Without a calendar named, those of all calendars. */
  events(given: Given<typeof orders.eventsOrder> = {}): ShownEvent[] {
    const order = readOrder(orders.eventsOrder, given);
    const mailbox = this.#mailboxOf(order.account);
    const iana = findZone(order.time_zone);
    if (iana === null) throw new ControlError('time_zone', `no zone is named ${order.time_zone}`);
    const now = this.parts.clock.now().getTime();
    const window = {
      from: order.from?.getTime() ?? now - 400 * dayMs,
      to: order.to?.getTime() ?? now + 400 * dayMs,
    };
    const calendarId = order.calendar === undefined ? null : this.#getCalendar(mailbox, order.calendar).id;
    return mailbox
      .items(calendarId)
      .flatMap((item) => entriesIn(item, window))
      .sort((one, other) => one.content.start.at - other.content.start.at)
      .map((entry) => this.#show(mailbox, entry, { zone: order.time_zone, iana, idFormat: order.id_format }));
  }

  addEvent(given: Given<typeof orders.addEventOrder>): ShownEvent {
    const order = readOrder(orders.addEventOrder, given);
    const mailbox = this.#mailboxOf(order.account);
    const calendar =
      order.calendar === undefined ? mailbox.defaultCalendar : this.#getCalendar(mailbox, order.calendar);
    const content: Partial<EventContent> = {
      isCancelled: order.is_cancelled,
      ...(order.organizer ? { organizer: order.organizer, isOrganizer: false, ...answered('notResponded', null) } : {}),
      ...(order.response ? answered(order.response, this.parts.clock.now()) : {}),
    };
    return this.#asked(() => {
      const body = readGraphBody(eventBody, order.event);
      const origins = { calendarId: calendar.id, seed: null, transactionId: null, creationDigest: null, content };
      const item = this.parts.writing.create(mailbox, body, authorOf(mailbox), origins);
      return this.#show(mailbox, wholeEntry(item));
    });
  }

  /** `following` answers the series that begins there. */
  changeEvent(given: Given<typeof orders.changeEventOrder>): ShownEvent {
    const order = readOrder(orders.changeEventOrder, given);
    const mailbox = this.#mailboxOf(order.account);
    const entry = this.#getEntry(mailbox, order.event);
    return this.#asked(() => {
      const body = readGraphBody(eventBody, order.changes);
      const changed = this.#change(mailbox, entry, body, order.scope);
      const amendments: Partial<EventContent> = {
        ...(order.is_cancelled === undefined ? {} : { isCancelled: order.is_cancelled }),
        ...(order.response ? answered(order.response, this.parts.clock.now()) : {}),
      };
      const isAmended = Object.keys(amendments).length > 0;
      return this.#show(mailbox, isAmended ? this.parts.writing.amend(mailbox, changed, amendments) : changed);
    });
  }

  moveEvent(given: Given<typeof orders.moveEventOrder>): ShownEvent {
    const order = readOrder(orders.moveEventOrder, given);
    const mailbox = this.#mailboxOf(order.account);
    const { item } = this.#getEntry(mailbox, order.event);
    const calendar = this.#getCalendar(mailbox, order.calendar);
    return this.#show(mailbox, wholeEntry(this.parts.writing.moveTo(mailbox, item, calendar.id)));
  }

  deleteEvent(given: Given<typeof orders.deleteEventOrder>): void {
    const order = readOrder(orders.deleteEventOrder, given);
    const mailbox = this.#mailboxOf(order.account);
    const entry = this.#getEntry(mailbox, order.event);
    if (order.scope === 'following') this.parts.writing.truncate(mailbox, entry);
    else this.parts.writing.remove(mailbox, order.scope === 'series' ? wholeEntry(entry.item) : entry);
  }

  calendars(given: Given<typeof orders.accountsOrder> = {}) {
    const mailbox = this.#mailboxOf(readOrder(orders.accountsOrder, given).account);
    return [...mailbox.calendars.values()].map((calendar) => this.parts.wire.calendar(calendar, mailbox.account));
  }

  addCalendar(given: Given<typeof orders.addCalendarOrder>) {
    const order = readOrder(orders.addCalendarOrder, given);
    const mailbox = this.#mailboxOf(order.account);
    const calendar = newCalendar({ name: order.name });
    mailbox.calendars.set(calendar.id, calendar);
    return this.parts.wire.calendar(calendar, mailbox.account);
  }

  seed(given: Given<typeof orders.seedOrder>): { events: number } {
    const order = readOrder(orders.seedOrder, given);
    const { clock, writing } = this.parts;
    const mailbox = this.#mailboxOf(order.account);
    const calendar =
      order.calendar === undefined ? mailbox.defaultCalendar : this.#getCalendar(mailbox, order.calendar);
    const from = order.from ?? clock.in(-30 * 86_400);
    const to = order.to ?? clock.in(30 * 86_400);
    if (to <= from) throw new ControlError('to', 'must be after from');
    seedEvents(mailbox, writing, { calendar, events: order.events, from, to });
    return { events: mailbox.items().length };
  }

  // Accounts and consent

  accounts() {
    return [...this.parts.store.accounts.values()].map((account) => ({
      id: account.id,
      email: account.email,
      name: account.displayName,
      kind: account.kind,
      tenant: account.tenantId,
      time_zone: account.timeZone,
      has_mailbox: account.hasMailbox,
    }));
  }

  addAccount(given: Given<typeof orders.addAccountOrder>) {
    const order = readOrder(orders.addAccountOrder, given);
    const { store, wire } = this.parts;
    if (store.findAccountByEmail(order.email)) throw new ControlError('email', 'is already taken', 409);
    const { time_zone: timeZone, has_mailbox: hasMailbox, tenant = null, ...rest } = order;
    return wire.user(addAccount(store, { ...rest, timeZone, hasMailbox, tenant }));
  }

  tenants() {
    return [...this.parts.store.tenants.values()].map((tenant) => ({
      id: tenant.id,
      domain: tenant.domain,
      kind: tenant.kind,
      allows_user_consent: tenant.allowsUserConsent,
      has_admin_consent: tenant.hasAdminConsent,
    }));
  }

  changeTenant(given: Given<typeof orders.changeTenantOrder>): void {
    const order = readOrder(orders.changeTenantOrder, given);
    const tenant = this.parts.store.findTenant(order.tenant);
    if (!tenant) throw new ControlError('tenant', `no tenant is named ${order.tenant}`, 404);
    tenant.allowsUserConsent = order.allows_user_consent ?? tenant.allowsUserConsent;
    tenant.hasAdminConsent = order.has_admin_consent ?? tenant.hasAdminConsent;
  }

  /** What the consent page does: answers where the browser would be sent. */
  consent(given: Given<typeof orders.consentOrder>): { location: string } {
    const order = readOrder(orders.consentOrder, given);
    const { tenant, query } = this.#pageOf(order.authorize_url, '/oauth2/v2.0/authorize', 'authorize_url');
    const read = readAuthorization(tenant, query, this.parts);
    if (read.kind === 'refused') throw refusedSignIn('authorize_url', read.problem);
    if (read.kind === 'returned') return { location: read.location };
    const account = this.#getAccount(order.account);
    return this.#signedIn(() => decide(this.parts, read.request, account, order.decision));
  }

  adminConsent(given: Given<typeof orders.adminConsentOrder>): { location: string } {
    const order = readOrder(orders.adminConsentOrder, given);
    const { tenant, query } = this.#pageOf(order.admin_consent_url, '/v2.0/adminconsent', 'admin_consent_url');
    const account = this.#getAccount(order.account);
    return this.#signedIn(() => {
      const asked = readAdminConsent(tenant, query, this.parts);
      return decideForTenant(this.parts, asked, account, order.decision);
    });
  }

  expireAccessTokens(given: Given<typeof orders.accountsOrder> = {}): { expired: number } {
    const { account } = readOrder(orders.accountsOrder, given);
    return { expired: this.parts.grants.expireAccessTokens(this.#idOrAll(account)) };
  }

  revokeGrants(given: Given<typeof orders.revokeOrder> = {}): { revoked: number } {
    const order = readOrder(orders.revokeOrder, given);
    return { revoked: this.parts.grants.revoke(this.#idOrAll(order.account), order.access_tokens) };
  }

  failTokens(given: Given<typeof orders.tokenFaultOrder>): void {
    this.parts.tokenFaults.add(readOrder(orders.tokenFaultOrder, given));
  }

  tokenFaults() {
    return this.parts.tokenFaults.list();
  }

  clearTokenFaults(): void {
    this.parts.tokenFaults.clear();
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
    await this.parts.notifications.settled();
    await this.parts.clock.advance(seconds);
    await this.parts.notifications.settled();
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
    this.parts.pageFaults.clear();
    this.parts.tokenFaults.clear();
  }

  /** Every delta link handed out so far is refused from now on. */
  invalidateDeltaTokens(given: Given<typeof orders.endTokensOrder> = {}): void {
    const { account, status } = readOrder(orders.endTokensOrder, given);
    const accounts = account === undefined ? [...this.parts.store.accounts.values()] : [this.#getAccount(account)];
    this.parts.delta.endTokens(accounts, status);
  }

  /** Of delta, calendarView or instances, whichever comes next. */
  nextPageEmpty(given: Given<typeof orders.emptyPageOrder> = {}): void {
    const { times, mode } = readOrder(orders.emptyPageOrder, given);
    this.parts.pageFaults.emptyNext(times, mode);
  }

  settings(): Settings {
    return { ...this.parts.settings };
  }

  changeSettings(given: Partial<Settings>): Settings {
    const merged: unknown = { ...this.parts.settings, ...given };
    Object.assign(this.parts.settings, readOrder(settingsSchema, merged));
    return this.settings();
  }

  /** How hard each mailbox is leant on: requests at once, refusals, and those that came before Retry-After was over. */
  throttle() {
    return this.parts.throttle.loads(this.parts.store.accounts.values());
  }

  forgetThrottle(): void {
    this.parts.throttle.forget();
  }

  // Subscriptions and notifications

  subscriptions(given: Given<typeof orders.accountsOrder> = {}) {
    const { account } = readOrder(orders.accountsOrder, given);
    const of = account === undefined ? null : this.#getAccount(account);
    return this.parts.subscriptions.list(of).map((subscription) => ({
      ...toWireSubscription(subscription, this.parts.app.clientId),
      is_paused: subscription.isPaused,
      id_format: subscription.idFormat,
    }));
  }

  /** As if its time were over; nobody is told. */
  expireSubscription(given: Given<typeof orders.subscriptionOrder>): void {
    this.#getSubscription(readOrder(orders.subscriptionOrder, given).subscription).expiresAt = this.parts.clock.now();
  }

  removeSubscription(given: Given<typeof orders.subscriptionOrder>): void {
    this.parts.subscriptions.remove(this.#getSubscription(readOrder(orders.subscriptionOrder, given).subscription));
  }

  sendLifecycle(given: Given<typeof orders.lifecycleOrder>): Promise<{ sent: boolean }> {
    const order = readOrder(orders.lifecycleOrder, given);
    return this.parts.notifications.sendLifecycle(this.#getSubscription(order.subscription), order.event);
  }

  notifications() {
    return this.parts.notifications.list();
  }

  holdNotifications(): void {
    this.parts.notifications.hold();
  }

  async releaseNotifications(given: Given<typeof orders.releaseOrder> = {}): Promise<{ released: number }> {
    const { order, concurrency } = readOrder(orders.releaseOrder, given);
    return { released: await this.parts.notifications.release(order, concurrency) };
  }

  dropNotifications(given: Given<typeof orders.dropOrder> = {}): void {
    this.parts.notifications.dropNext(readOrder(orders.dropOrder, given).times);
  }

  forgeNotifications(given: Given<typeof orders.dropOrder> = {}): void {
    this.parts.notifications.forgeNext(readOrder(orders.dropOrder, given).times);
  }

  async repeatNotification(given: Given<typeof orders.repeatOrder>): Promise<void> {
    const order = readOrder(orders.repeatOrder, given);
    await this.parts.notifications.repeat(order.notification, order.times);
  }

  /** Resolves when no attempt is under way; retries due later are not waited for. */
  async notificationsSettled(): Promise<void> {
    await this.parts.notifications.settled();
  }

  // Mails, calls, and starting over

  mails() {
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
  }

  /** As freshly started: tokens, subscriptions, faults, settings and time too. The application stays registered. */
  async reset(): Promise<void> {
    const { parts } = this;
    await parts.notifications.clear();
    this.clearFaults();
    for (const part of [parts.calls, parts.delta, parts.grants, parts.mails, parts.store, parts.subscriptions])
      part.clear();
    parts.throttle.forget();
    Object.assign(parts.settings, this.#initialSettings);
    parts.clock.reset();
    seed(parts.store, parts.writing, parts.clock);
  }

  #change(mailbox: Mailbox, entry: Entry, body: EventBody, scope: 'this' | 'following' | 'series'): Entry {
    const { writing } = this.parts;
    const author = authorOf(mailbox);
    if (scope === 'following') return wholeEntry(writing.split(mailbox, entry, body, author));
    if (scope === 'this' || entry.date === null) return writing.change(mailbox, entry, body, author);
    return writing.change(mailbox, wholeEntry(entry.item), forSeries(entry, body, mailbox), author);
  }

  #show(
    { calendars }: Mailbox,
    entry: Entry,
    view: { zone: string; iana: string; idFormat: IdFormat } = { zone: 'UTC', iana: 'Etc/UTC', idFormat: 'immutable' },
  ): ShownEvent {
    const shown = this.parts.wire.event(entry, { ...view, bodyType: 'html' });
    return { ...shown, calendar: calendars.get(entry.item.calendarId)?.name ?? '' } as ShownEvent;
  }

  /** The API's refusals, in the words of controls. */
  #asked<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (error instanceof GraphError) throw new ControlError('event', `${error.code}: ${error.message}`);
      throw error;
    }
  }

  #signedIn(act: () => string): { location: string } {
    try {
      return { location: act() };
    } catch (error) {
      if (error instanceof LoginError) throw refusedSignIn('account', error);
      throw error;
    }
  }

  #pageOf(text: string, ending: string, field: string): { tenant: string; query: Record<string, string> } {
    const url = new URL(text);
    const prefix = new URL(this.parts.links.login).pathname;
    if (!url.pathname.startsWith(`${prefix}/`) || !url.pathname.endsWith(ending)) {
      throw new ControlError(field, `is no address below ${this.parts.links.login}`);
    }
    const tenant = url.pathname.slice(prefix.length + 1, -ending.length);
    return { tenant: decodeURIComponent(tenant), query: Object.fromEntries(url.searchParams) };
  }

  #idOrAll(email: string | undefined): string | null {
    return email === undefined ? null : this.#getAccount(email).id;
  }

  #getAccount(email: string): Account {
    const account = this.parts.store.findAccountByEmail(email);
    if (!account) throw new ControlError('account', `no account has the address ${email}`, 404);
    return account;
  }

  #mailboxOf(email: string | undefined): Mailbox {
    const { store } = this.parts;
    const account = email === undefined ? [...store.accounts.values()][0] : this.#getAccount(email);
    if (!account) throw new ControlError('account', 'there is no account', 404);
    return store.mailboxOf(account);
  }

  #getCalendar(mailbox: Mailbox, named: string): Calendar {
    const found = [...mailbox.calendars.values()].find(({ id, name }) => id === named || isSameAddress(name, named));
    if (!found) throw new ControlError('calendar', `${mailbox.account.email} has no calendar ${named}`, 404);
    return found;
  }

  #getEntry(mailbox: Mailbox, id: string): Entry {
    const named = mailbox.named(id);
    if (named.kind !== 'entry') throw new ControlError('event', `no event is named ${id}`, 404);
    return named.entry;
  }

  #getSubscription(id: string): Subscription {
    const found = this.parts.subscriptions.find(id);
    if (!found) throw new ControlError('subscription', `no subscription has the id ${id}`, 404);
    return found;
  }
}

function authorOf({ account }: Mailbox) {
  return { account, takesAnyZone: true };
}

function answered(response: Response, at: Date | null): Pick<EventContent, 'responseStatus'> {
  return { responseStatus: { response, at } };
}

function refusedSignIn(field: string, { aadsts, message }: LoginError): ControlError {
  return new ControlError(field, `AADSTS${aadsts}: ${message}`);
}

/** Times given for one occurrence, applied to the whole series: it moves as far as the occurrence would. */
function forSeries(entry: Entry, body: EventBody, mailbox: Mailbox): EventBody {
  const first =
    findOccurrence(entry.item, entry.item.series?.recurrence.range.startDate ?? '') ?? wholeEntry(entry.item);
  const shifted = (name: 'start' | 'end') => {
    const given = body[name];
    if (given === undefined) return {};
    const shift = readTime(given, authorOf(mailbox)).at - entry.content[name].at;
    const local = plusWall(first.content[name].local, shift);
    return { [name]: { dateTime: toTicks(local), timeZone: first.content[name].zone } };
  };
  return { ...body, ...shifted('start'), ...shifted('end') };
}
