import { DateTime } from 'luxon';
import { z } from 'zod';
import { ControlError, readOrder } from '../control-errors.js';
import { readAuthorization } from './authorization-request.js';
import type { CalendlyParts } from './calendly-parts.js';
import { decide } from './consent.js';
import * as orders from './control-orders.js';
import type { Fault } from './faults.js';
import { randomIds } from './ids.js';
import type { Collection } from './links.js';
import type { Account, BookingForm, EventType, Invitee, ScheduledEvent } from './model.js';
import { addAccount, seed, seedBookings } from './seed.js';
import { type Settings, settingsSchema } from './settings.js';
import { toWireTime } from './wire-time.js';

type Given<S extends z.ZodType> = z.input<S>;

/**
 * The hands behind the curtain: what a test does in Calendly's place, or in an invitee's.
 *
 * Every method takes the JSON of its route (sandbox/README.md) and checks it, so that a test in process and one over HTTP
 * are refused for the same reasons. Bookings come back as the API would show them.
 */
export class CalendlyControl {
  readonly #initialSettings: Settings;

  constructor(private readonly parts: CalendlyParts) {
    this.#initialSettings = { ...parts.settings };
  }

  // Bookings

  book(given: Given<typeof orders.bookOrder> = {}) {
    const order = readOrder(orders.bookOrder, given);
    const account = this.#getAccount(order.account);
    const eventType = this.#getEventType(account, order.event_type);
    const event = this.parts.scheduling.book({
      eventType,
      startsAt: order.start_time ?? this.#tomorrowAtTwo(account),
      forms: order.invitees.map((invitee) => this.#toForm(invitee)),
      guests: order.event_guests,
      location: order.location,
    });
    const booked = event.invitees.slice(-order.invitees.length);
    return {
      scheduled_event: this.parts.wire.scheduledEvent(event),
      invitees: booked.map((invitee) => this.parts.wire.invitee(invitee)),
    };
  }

  move(given: Given<typeof orders.moveOrder>) {
    const order = readOrder(orders.moveOrder, given);
    const old = this.#getInvitee(order.invitee);
    const successor = this.parts.scheduling.move(old, order.start_time, order.by, order.reason, order.order);
    return { old: this.#show(old), new: this.#show(successor) };
  }

  cancel(given: Given<typeof orders.cancelOrder>) {
    const order = readOrder(orders.cancelOrder, given);
    if (order.invitee === undefined) {
      const event = this.#getEvent(order.event ?? '');
      this.parts.scheduling.cancelEvent(event, order.by, order.reason);
      return { scheduled_event: this.parts.wire.scheduledEvent(event) };
    }
    const invitee = this.#getInvitee(order.invitee);
    this.parts.scheduling.cancelInvitee(invitee, order.by, order.reason);
    return this.#show(invitee);
  }

  markNoShow(given: Given<typeof orders.inviteeOrder>) {
    const invitee = this.#getInvitee(readOrder(orders.inviteeOrder, given).invitee);
    this.parts.scheduling.markNoShow(invitee);
    return this.#show(invitee);
  }

  unmarkNoShow(given: Given<typeof orders.inviteeOrder>) {
    const invitee = this.#getInvitee(readOrder(orders.inviteeOrder, given).invitee);
    this.parts.scheduling.unmarkNoShow(invitee);
    return this.#show(invitee);
  }

  pushLocation(given: Given<typeof orders.pushLocationOrder>) {
    const order = readOrder(orders.pushLocationOrder, given);
    const event = this.#getEvent(order.event);
    this.parts.scheduling.pushLocation(event, order.join_url ?? `https://meet.sandbox.invalid/${event.id}`);
    return { scheduled_event: this.parts.wire.scheduledEvent(event) };
  }

  /** Fires though no booking need follow (contract 5.3). Book with its URI to tie the two together. */
  submitRoutingForm(given: Given<typeof orders.submitRoutingFormOrder> = {}) {
    const order = readOrder(orders.submitRoutingFormOrder, given);
    const account = this.#getAccount(order.account);
    const { clock, deliveries, store, wire } = this.parts;
    const submission = {
      id: randomIds.uuid(),
      routingFormId: randomIds.uuid(),
      organizationId: account.organizationId,
      questionsAndAnswers: order.questions_and_answers.map((line) => ({ question_uuid: randomIds.uuid(), ...line })),
      tracking: order.tracking,
      eventTypeId: this.#getEventType(account, order.event_type).id,
      submitter: null,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    };
    store.submissions.set(submission.id, submission);
    const payload = wire.routingFormSubmission(submission);
    const { organizationId } = account;
    const event = 'routing_form_submission.created';
    deliveries.publish({ event, organizationId, hostId: null, payload, bookedEvent: null });
    return payload;
  }

  /** As the API shows them to nobody in particular: all hosts, past and future, in order of start. */
  bookings() {
    const events = [...this.parts.store.events.values()];
    return events
      .toSorted((left, right) => left.startsAt.getTime() - right.startsAt.getTime())
      .map((event) => ({
        scheduled_event: this.parts.wire.scheduledEvent(event),
        invitees: event.invitees.map((invitee) => this.parts.wire.invitee(invitee)),
      }));
  }

  // Accounts and consent

  accounts() {
    return [...this.parts.store.accounts.values()].map((account) => ({
      user: this.parts.wire.user(account),
      plan: this.parts.store.organizationOf(account).plan,
      role: account.role,
    }));
  }

  addAccount(given: Given<typeof orders.addAccountOrder>) {
    const { colleague_of: colleagueOf, ...order } = readOrder(orders.addAccountOrder, given);
    const { clock, store, wire } = this.parts;
    if (store.findAccountByEmail(order.email)) throw new ControlError('email', 'is already taken', 409);
    const colleague = colleagueOf === undefined ? null : this.#getAccount(colleagueOf, 'colleague_of');
    return wire.user(addAccount(store, { ...order, colleague }, clock.now()));
  }

  /** A plan belongs to the organization: changing it changes it for colleagues too. */
  changeAccount(given: Given<typeof orders.changeAccountOrder>) {
    const order = readOrder(orders.changeAccountOrder, given);
    const account = this.#getAccount(order.account);
    const organization = this.parts.store.organizationOf(account);
    organization.plan = order.plan ?? organization.plan;
    account.role = order.role ?? account.role;
    return { email: account.email, plan: organization.plan, role: account.role };
  }

  /** What the consent page does: answers where the browser would be sent. */
  consent(given: Given<typeof orders.consentOrder>): { location: string } {
    const order = readOrder(orders.consentOrder, given);
    const query = Object.fromEntries(new URL(order.authorize_url).searchParams);
    const read = readAuthorization(query, this.parts.app, this.parts.settings);
    if (read.kind === 'refused') throw new ControlError('authorize_url', read.problem);
    if (read.kind === 'returned') return { location: read.location };
    const account = this.#getAccount(order.account);
    return { location: decide(this.parts.grants, read.request, account, order.decision) };
  }

  issuePersonalToken(given: Given<typeof orders.personalTokenOrder> = {}): { token: string } {
    const order = readOrder(orders.personalTokenOrder, given);
    return { token: this.parts.grants.issuePersonalToken(this.#getAccount(order.account).id, order.scopes) };
  }

  expireAccessTokens(given: Given<typeof orders.accountsOrder> = {}): { expired: number } {
    return { expired: this.parts.grants.expireAccessTokens(this.#accountIdOrAll(given)) };
  }

  revokeGrants(given: Given<typeof orders.accountsOrder> = {}): { revoked: number } {
    return { revoked: this.parts.grants.revokeGrants(this.#accountIdOrAll(given)) };
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
    return { now: toWireTime(this.parts.clock.now()) };
  }

  /** Lets attempts under way end, then walks through all that falls due. */
  async advance(given: Given<typeof orders.advanceOrder>): Promise<{ now: string }> {
    const { seconds } = readOrder(orders.advanceOrder, given);
    await this.parts.deliveries.settled();
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
    this.parts.deliveries.faults.clear();
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

  deliveries() {
    return this.parts.deliveries.list();
  }

  subscriptions() {
    return [...this.parts.store.subscriptions.values()].map((row) => this.parts.wire.subscription(row));
  }

  holdDeliveries(): void {
    this.parts.deliveries.hold();
  }

  async releaseDeliveries(given: Given<typeof orders.releaseOrder> = {}): Promise<{ released: number }> {
    const { order, concurrency } = readOrder(orders.releaseOrder, given);
    return { released: await this.parts.deliveries.release(order, concurrency) };
  }

  dropDeliveries(given: Given<typeof orders.dropOrder> = {}): void {
    this.parts.deliveries.faults.dropNext(readOrder(orders.dropOrder, given).times);
  }

  /** Dates the signatures of the next attempts back; a retry is signed afresh. */
  staleDeliveries(given: Given<typeof orders.staleOrder> = {}): void {
    const order = readOrder(orders.staleOrder, given);
    this.parts.deliveries.faults.staleNext(order.times, order.age_seconds);
  }

  forgeDeliveries(given: Given<typeof orders.dropOrder> = {}): void {
    this.parts.deliveries.faults.forgeNext(readOrder(orders.dropOrder, given).times);
  }

  async repeatDelivery(given: Given<typeof orders.repeatOrder>): Promise<void> {
    const order = readOrder(orders.repeatOrder, given);
    await this.parts.deliveries.repeat(order.delivery, order.times);
  }

  /** Resolves when no attempt is under way; retries due later are not waited for. */
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

  seed(given: Given<typeof orders.seedOrder>): { bookings: number } {
    const order = readOrder(orders.seedOrder, given);
    const { clock, scheduling, store } = this.parts;
    const from = order.from ?? clock.in(-20 * 86_400);
    const to = order.to ?? clock.in(20 * 86_400);
    if (to <= from) throw new ControlError('to', 'must be after from');
    seedBookings(store, scheduling, this.#getAccount(order.account), { bookings: order.bookings, from, to });
    return { bookings: store.events.size };
  }

  /** As freshly started: tokens, subscriptions, faults, settings and time too. The application stays registered. */
  async reset(): Promise<void> {
    const { calls, clock, deliveries, faults, grants, rateLimit, scheduling, store, tokens } = this.parts;
    await deliveries.clear();
    for (const part of [calls, faults, grants, rateLimit, store, tokens]) part.clear();
    Object.assign(this.parts.settings, this.#initialSettings);
    clock.reset();
    seed(store, scheduling, clock);
  }

  #show(invitee: Invitee) {
    const { store, wire } = this.parts;
    return { scheduled_event: wire.scheduledEvent(store.eventOf(invitee)), invitee: wire.invitee(invitee) };
  }

  #toForm(given: z.output<typeof orders.bookOrder>['invitees'][number]): BookingForm {
    return {
      name: given.name,
      email: given.email,
      firstName: given.first_name,
      lastName: given.last_name,
      timezone: given.timezone,
      textReminderNumber: given.text_reminder_number,
      questionsAndAnswers: given.questions_and_answers.map((line, position) => ({ position, ...line })),
      tracking: given.tracking,
      payment: given.payment,
      routingFormSubmissionId:
        given.routing_form_submission && this.#idIn('routing_form_submissions', given.routing_form_submission),
    };
  }

  #tomorrowAtTwo(account: Account): Date {
    const now = DateTime.fromJSDate(this.parts.clock.now()).setZone(account.timezone);
    return now.plus({ days: 1 }).startOf('day').set({ hour: 14 }).toJSDate();
  }

  #accountIdOrAll(given: Given<typeof orders.accountsOrder>): string | null {
    const { account } = readOrder(orders.accountsOrder, given);
    return account === undefined ? null : this.#getAccount(account).id;
  }

  #getAccount(email: string, field = 'account'): Account {
    const account = this.parts.store.findAccountByEmail(email);
    if (!account) throw new ControlError(field, `no account has the address ${email}`, 404);
    return account;
  }

  #getEventType(account: Account, wanted: string): EventType {
    const id = this.#idIn('event_types', wanted);
    const found = this.parts.store
      .eventTypesOf(account)
      .find((eventType) => [eventType.name, eventType.slug, eventType.id].includes(id));
    if (!found) throw new ControlError('event_type', `${account.email} has no event type ${wanted}`, 404);
    return found;
  }

  #getEvent(given: string): ScheduledEvent {
    const event = this.parts.store.events.get(this.#idIn('scheduled_events', given));
    if (!event) throw new ControlError('event', `no event is named ${given}`, 404);
    return event;
  }

  #getInvitee(given: string): Invitee {
    const { links, store } = this.parts;
    const invitee = store.invitees.get(links.findInviteeId(given) ?? given);
    if (!invitee) throw new ControlError('invitee', `no invitee is named ${given}`, 404);
    return invitee;
  }

  #idIn(collection: Collection, given: string): string {
    return this.parts.links.findId(collection, given) ?? given;
  }
}
