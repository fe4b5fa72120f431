import { DateTime } from 'luxon';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { ControlError, readOrder } from '../control-errors.js';
import { decide, readAuthorization } from './authorization-request.js';
import type { CalComParts } from './cal-com-parts.js';
import * as orders from './control-orders.js';
import { type Fault, faultSchema } from './faults.js';
import type { Booking, Change, Credential, EventType, User } from './model.js';
import { type Form, SchedulingRefusal } from './scheduling.js';
import { addPerson, seed, seedBookings } from './seed.js';
import { type Settings, settingsSchema } from './settings.js';
import { toWireUser } from './user-wire.js';
import { toWireWebhook } from './webhooks.routes.js';

type Given<S extends z.ZodType> = z.input<S>;

/**
 * The hands behind the curtain: what a test does in Cal.com's place, or in a host's or an attendee's.
 *
 * Every method takes the JSON of its route (sandbox/README.md) and checks it, so that a test in process and one over HTTP
 * are refused for the same reasons. Bookings come back as the API would show them.
 */
export class CalComControl {
  readonly #initialSettings: Settings;

  constructor(private readonly parts: CalComParts) {
    this.#initialSettings = { ...parts.settings };
  }

  // Bookings

  /** At any time, free or not: the rules of the public page are for those who call the API. */
  book(given: Given<typeof orders.bookOrder> = {}) {
    const order = readOrder(orders.bookOrder, given);
    const { eventType, startsAt, form } = this.#readBooking(order, (type) => !type.requiresConfirmation);
    const { bookingWire, scheduling } = this.parts;
    return this.#attempt('start', () => {
      if (order.occurrences !== undefined) {
        const [first] = scheduling.bookSeries(eventType, startsAt, form, order.occurrences);
        if (!first) throw new Error('a series of nothing');
        return bookingWire.withSeat(first, null);
      }
      const booking = scheduling.book(eventType, startsAt, form);
      return bookingWire.withSeat(booking, booking.attendees.at(-1)?.seatUid ?? null);
    });
  }

  /** At an event type that needs the host's word. */
  request(given: Given<typeof orders.requestOrder> = {}) {
    const order = readOrder(orders.requestOrder, given);
    const { eventType, startsAt, form } = this.#readBooking(order, (type) => type.requiresConfirmation);
    if (!eventType.requiresConfirmation) throw new ControlError('event_type', 'needs no confirmation', 409);
    return this.#show(this.parts.scheduling.book(eventType, startsAt, form));
  }

  confirm(given: Given<typeof orders.bookingOrder>) {
    const booking = this.#getBooking(readOrder(orders.bookingOrder, given).booking);
    return this.#change(booking, () => this.parts.scheduling.confirm(booking));
  }

  reject(given: Given<typeof orders.rejectOrder>) {
    const order = readOrder(orders.rejectOrder, given);
    const booking = this.#getBooking(order.booking);
    return this.#change(booking, () => this.parts.scheduling.reject(booking, order.reason));
  }

  move(given: Given<typeof orders.moveOrder>) {
    const order = readOrder(orders.moveOrder, given);
    const old = this.#getBooking(order.booking);
    const change = this.#toChange(old, order);
    const successor = this.#attempt('booking', () => this.parts.scheduling.move(old, order.start, change));
    return { old: this.#show(old), new: this.#show(successor) };
  }

  requestReschedule(given: Given<typeof orders.requestRescheduleOrder>) {
    const order = readOrder(orders.requestRescheduleOrder, given);
    const booking = this.#getBooking(order.booking);
    const change = this.#toChange(booking, { by: 'host', reason: order.reason });
    return this.#change(booking, () => this.parts.scheduling.requestReschedule(booking, change));
  }

  cancel(given: Given<typeof orders.cancelOrder>) {
    const order = readOrder(orders.cancelOrder, given);
    const booking = this.#getBooking(order.booking);
    const change = this.#toChange(booking, order);
    return this.#change(booking, () => this.parts.scheduling.cancel(booking, change));
  }

  markNoShow(given: Given<typeof orders.absenceOrder>) {
    return this.#markAbsent(given, true);
  }

  unmarkNoShow(given: Given<typeof orders.absenceOrder>) {
    return this.#markAbsent(given, false);
  }

  /** Those of all hosts, in order of start. */
  bookings() {
    return [...this.parts.store.bookings.values()]
      .toSorted((left, right) => left.startsAt.getTime() - right.startsAt.getTime())
      .map((booking) => this.#show(booking));
  }

  seed(given: Given<typeof orders.seedOrder>): { bookings: number } {
    const order = readOrder(orders.seedOrder, given);
    const { clock, store } = this.parts;
    const from = order.from ?? clock.in(-20 * 86_400);
    const to = order.to ?? clock.in(20 * 86_400);
    if (to <= from) throw new ControlError('to', 'must be after from');
    seedBookings(this.parts, this.#getUser(order.account), { bookings: order.bookings, from, to });
    return { bookings: store.bookings.size };
  }

  // Accounts

  /** People with an account of their own, and what can be booked with each. */
  accounts() {
    return this.#describe((user) => user.clientId === null);
  }

  managedUsers() {
    return this.#describe((user) => user.clientId !== null);
  }

  addAccount(given: Given<typeof orders.addAccountOrder>) {
    const { email, name, organization } = readOrder(orders.addAccountOrder, given);
    const { managedUsers, store } = this.parts;
    if (store.findUser(email)) throw new ControlError('email', 'is already taken', 409);
    const seeded = [...store.clients.values()][0]?.organizationId;
    const organizationId = organization === 'own' || seeded === undefined ? store.numbers.next('organization') : seeded;
    return toWireUser(addPerson(managedUsers, organizationId, email, name));
  }

  addEventType(given: Given<typeof orders.addEventTypeOrder>): { id: number } {
    const order = readOrder(orders.addEventTypeOrder, given);
    const { id } = this.parts.managedUsers.addEventType(this.#getUser(order.account), {
      title: order.title,
      slug: order.slug,
      description: '',
      lengthInMinutes: order.length,
      location: order.location,
      requiresConfirmation: order.requires_confirmation,
      seatsPerTimeSlot: order.seats,
      fields: order.fields,
    });
    return { id };
  }

  // Consent, keys and tokens

  /** What Cal.com's consent page does: answers where the browser would be sent. */
  consent(given: Given<typeof orders.consentOrder>): { location: string } {
    const order = readOrder(orders.consentOrder, given);
    const query = Object.fromEntries(new URL(order.authorize_url).searchParams);
    const read = readAuthorization(query, this.parts.app, this.parts.settings);
    if (read.kind === 'refused') throw new ControlError('authorize_url', read.problem);
    if (read.kind === 'returned') return { location: read.location };
    const user = this.#getUser(order.account);
    if (user.clientId !== null) throw new ControlError('account', 'a managed user cannot sign in', 409);
    return { location: decide(this.parts.oauthGrants, read.request, user, order.decision) };
  }

  /** What Google's or Microsoft's page does with the `authUrl` of `/connect`. The browser then meets Cal.com's `save`. */
  consentToCalendar(given: Given<typeof orders.calendarConsentOrder>): { location: string } {
    const order = readOrder(orders.calendarConsentOrder, given);
    const url = new URL(order.auth_url);
    const { calendarConsents } = this.parts;
    const kind = calendarConsents.findKind(url);
    const asked = kind && calendarConsents.read(kind, Object.fromEntries(url.searchParams));
    if (!asked) throw new ControlError('auth_url', 'is not what /connect answers');
    return { location: calendarConsents.decide(asked, order.email, order.decision) };
  }

  issueApiKey(given: Given<typeof orders.apiKeyOrder> = {}): { api_key: string } {
    const order = readOrder(orders.apiKeyOrder, given);
    const key = `cal_live_${randomBytes(16).toString('hex')}`;
    this.parts.store.apiKeys.set(key, { key, userId: this.#getUser(order.account).id, limit: order.limit });
    return { api_key: key };
  }

  /** Those of managed users and of the OAuth 2.0 client. What is expired stays known: access tokens answer 498. */
  expireTokens(given: Given<typeof orders.tokensOrder> = {}): { expired: number } {
    const order = readOrder(orders.tokensOrder, given);
    const userId = this.#userIdOrAll(order.account);
    let expired = 0;
    for (const tokens of [this.parts.platformTokens, this.parts.oauthGrants]) {
      if (order.tokens !== 'refresh') expired += tokens.expireAccess(userId);
      if (order.tokens !== 'access') expired += tokens.expireRefresh(userId);
    }
    return { expired };
  }

  /** Forgets tokens, consents and API keys: from now on they are unknown. */
  revoke(given: Given<typeof orders.accountOrder> = {}): { revoked: number } {
    const userId = this.#userIdOrAll(readOrder(orders.accountOrder, given).account);
    const { oauthGrants, platformTokens, store } = this.parts;
    const keys = [...store.apiKeys.values()].filter((key) => userId === null || key.userId === userId);
    for (const { key } of keys) store.apiKeys.delete(key);
    return { revoked: platformTokens.forget(userId) + oauthGrants.revoke(userId) + keys.length };
  }

  /** What the platform client may do in its users' names. */
  setPermissions(given: Given<typeof orders.permissionsOrder>): void {
    const wanted = readOrder(orders.permissionsOrder, given).permissions;
    const client = this.parts.store.clients.get(this.parts.app.clientId);
    if (!client) throw new ControlError('permissions', 'the client was deleted', 409);
    client.permissions = wanted.filter((permission) => permission !== 'WEBHOOK_READ' && permission !== 'WEBHOOK_WRITE');
  }

  /** Managed users are withdrawn: 404 or 410 from now on. `null` brings them back. */
  platformGone(given: Given<typeof orders.platformOrder> = {}): Settings {
    const { status } = readOrder(orders.platformOrder, given);
    const platform = status === null ? 'open' : status === 404 ? 'not-found' : 'gone';
    return this.changeSettings({ platform });
  }

  redirectUris(): { redirect_uris: string[] } {
    return { redirect_uris: this.parts.app.redirectUris };
  }

  setRedirectUris(given: Given<typeof orders.redirectUrisOrder>): { redirect_uris: string[] } {
    this.parts.app.register(readOrder(orders.redirectUrisOrder, given).redirect_uris);
    return this.redirectUris();
  }

  // Calendars

  credentials() {
    return [...this.parts.store.credentials.values()].map((credential) => ({ ...credential }));
  }

  /** The consent that Cal.com holds goes bad at Google or Microsoft, in one of the ways `/check` tells apart. */
  killCredential(given: Given<typeof orders.killCredentialOrder>): Credential {
    const order = readOrder(orders.killCredentialOrder, given);
    const credential = this.#getCredential(order.account, order.calendar);
    credential.health = order.how;
    return { ...credential };
  }

  addBusyTime(given: Given<typeof orders.busyOrder>): void {
    const order = readOrder(orders.busyOrder, given);
    const { id, email } = this.#getCredential(order.account, order.calendar);
    const { start, end } = order;
    if (end <= start) throw new ControlError('end', 'must be after start');
    this.parts.store.busyTimes.push({ credentialId: id, externalId: email, startsAt: start, endsAt: end });
  }

  // Time, faults, settings

  now(): { now: string } {
    return { now: this.parts.clock.now().toISOString() };
  }

  /** Lets deliveries under way end, then walks through all that falls due. */
  async advance(given: Given<typeof orders.advanceOrder>): Promise<{ now: string }> {
    const { seconds } = readOrder(orders.advanceOrder, given);
    await this.parts.deliveries.settled();
    await this.parts.clock.advance(seconds);
    await this.parts.deliveries.settled();
    return this.now();
  }

  faults(): Fault[] {
    return this.parts.faults.list();
  }

  failNext(given: Given<typeof faultSchema>): Fault[] {
    this.parts.faults.add(readOrder(faultSchema, given));
    return this.faults();
  }

  clearFaults(): void {
    this.parts.faults.clear();
    this.parts.deliveries.clearFaults();
  }

  settings(): Settings {
    return { ...this.parts.settings };
  }

  changeSettings(given: Partial<Settings>): Settings {
    const merged: unknown = { ...this.parts.settings, ...given };
    Object.assign(this.parts.settings, readOrder(settingsSchema, merged));
    return this.settings();
  }

  // Deliveries

  webhooks() {
    return [...this.parts.store.webhooks.values()].map(toWireWebhook);
  }

  deliveries() {
    return this.parts.deliveries.list();
  }

  holdDeliveries(): void {
    this.parts.deliveries.hold();
  }

  async releaseDeliveries(given: Given<typeof orders.releaseOrder> = {}): Promise<{ released: number }> {
    const { order, concurrency } = readOrder(orders.releaseOrder, given);
    return { released: await this.parts.deliveries.release(order, concurrency) };
  }

  dropDeliveries(given: Given<typeof orders.dropOrder> = {}): void {
    this.parts.deliveries.drop(readOrder(orders.dropOrder, given).times);
  }

  forgeDeliveries(given: Given<typeof orders.forgeOrder> = {}): void {
    const { times, how } = readOrder(orders.forgeOrder, given);
    this.parts.deliveries.forge(times, how);
  }

  async repeatDelivery(given: Given<typeof orders.repeatOrder>): Promise<void> {
    const order = readOrder(orders.repeatOrder, given);
    await this.parts.deliveries.repeat(order.delivery, order.times);
  }

  async deliveriesSettled(): Promise<void> {
    await this.parts.deliveries.settled();
  }

  // Calls, and starting over

  calls() {
    return this.parts.calls.list();
  }

  clearCalls(): void {
    this.parts.calls.clear();
  }

  /** As freshly started: users, tokens, webhooks, faults, settings and time too. The application stays registered. */
  async reset(): Promise<void> {
    const { calendarConsents, calendars, calls, clock, deliveries, faults } = this.parts;
    const { oauthGrants, platformTokens, rateLimit, store } = this.parts;
    await deliveries.clear();
    for (const part of [calendarConsents, calendars, calls, faults, oauthGrants, platformTokens]) part.clear();
    for (const part of [rateLimit, store]) part.clear();
    Object.assign(this.parts.settings, this.#initialSettings);
    clock.reset();
    seed(this.parts);
  }

  #readBooking(
    order: z.output<typeof orders.bookOrder>,
    isUsual: (eventType: EventType) => boolean,
  ): { eventType: EventType; startsAt: Date; form: Form } {
    const host = this.#getUser(order.account);
    const eventType = this.#getEventType(host, order.event_type, isUsual);
    const { attendee, guests, metadata } = order;
    const { name, email, language, time_zone: timeZone, phone_number: phoneNumber } = attendee;
    const responses = {
      ...attendee.responses,
      name,
      email,
      ...(phoneNumber !== null && { attendeePhoneNumber: phoneNumber }),
      ...(guests.length > 0 && { guests }),
    };
    const person = { name, email, timeZone, language, phoneNumber, responses, metadata };
    return {
      eventType,
      startsAt: order.start ?? this.#tomorrowAtTwo(host),
      form: { attendee: person, guests, metadata, location: order.location },
    };
  }

  #markAbsent(given: Given<typeof orders.absenceOrder>, absent: boolean) {
    const order = readOrder(orders.absenceOrder, given);
    const booking = this.#getBooking(order.booking);
    const all = order.host ? [] : booking.attendees.map(({ email }) => email);
    const attendees = (order.attendees ?? all).map((email) => ({ email, absent }));
    const marks = { attendees, ...(order.host && { host: absent }) };
    return this.#change(booking, () => this.parts.scheduling.markAbsent(booking, marks));
  }

  #toChange(booking: Booking, given: { by: 'host' | 'attendee'; reason: string | null; seat?: string }): Change {
    const seat = booking.attendees.find(({ seatUid }) => seatUid !== null && seatUid === given.seat);
    const attendee = seat ?? booking.attendees[0];
    const byEmail = given.by === 'host' ? this.parts.store.hostOf(booking).email : (attendee?.email ?? null);
    return { byEmail, reason: given.reason, seatUid: given.seat };
  }

  #change(booking: Booking, action: () => void) {
    this.#attempt('booking', action);
    return this.#show(booking);
  }

  #attempt<T>(field: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw error instanceof SchedulingRefusal ? new ControlError(field, error.message, 409) : error;
    }
  }

  #show(booking: Booking) {
    return this.parts.bookingWire.booking(booking);
  }

  #describe(isWanted: (user: User) => boolean) {
    const { store } = this.parts;
    return [...store.users.values()].filter(isWanted).map((user) => ({
      user: toWireUser(user),
      event_types: store.eventTypesOf(user).map(({ id, slug, title }) => ({ id, slug, title })),
    }));
  }

  #tomorrowAtTwo(host: User): Date {
    const now = DateTime.fromJSDate(this.parts.clock.now()).setZone(host.timeZone);
    return now.plus({ days: 1 }).startOf('day').set({ hour: 14 }).toJSDate();
  }

  #userIdOrAll(account: string | number | undefined): number | null {
    return account === undefined ? null : this.#getUser(account).id;
  }

  #getUser(account: string | number): User {
    const user = this.parts.store.findUser(account);
    if (!user) throw new ControlError('account', `nobody is called ${account}`, 404);
    return user;
  }

  #getEventType(
    host: User,
    wanted: string | number | undefined,
    isUsual: (eventType: EventType) => boolean,
  ): EventType {
    const own = this.parts.store.eventTypesOf(host);
    const isNamed = ({ id, slug, title }: EventType) => [String(id), slug, title].includes(String(wanted));
    const found = own.find(wanted === undefined ? isUsual : isNamed);
    if (!found)
      throw new ControlError('event_type', `${host.email} has no event type ${wanted ?? 'of this kind'}`, 404);
    return found;
  }

  #getBooking(uid: string): Booking {
    const booking = this.parts.store.bookings.get(uid);
    if (!booking) throw new ControlError('booking', `no booking has the uid ${uid}`, 404);
    return booking;
  }

  #getCredential(account: string | number, kind: Credential['kind']): Credential {
    const user = this.#getUser(account);
    const credential = this.parts.store.credentialsOf(user).find((candidate) => candidate.kind === kind);
    if (!credential) throw new ControlError('calendar', `${user.email} has linked no such calendar`, 404);
    return credential;
  }
}
