import { randomBytes } from 'node:crypto';
import { calendlyDelivery, type DeliveryKind, newSubject, type SignedDelivery } from '../calendly-deliveries.js';
import { eventually } from '../eventually.js';
import { ask, NotAnswered, readAll } from './client.js';
import { IN_TIME, type Owner, type World } from './world.js';

const DAY_MS = 86_400_000;

/** A booking as its deliveries told it; all of them were acknowledged before the history is judged. */
interface ToldBooking {
  email: string;
  kinds: DeliveryKind[];
}

interface ShownBooking {
  id: string;
  invitee_uri: string;
  event_status: string;
}

interface ShownProspect {
  id: string;
  email: string | null;
  notes: string;
}

interface ShownNotification {
  type: string;
  meta: { booking_id?: string };
}

interface ShownMail {
  id: string;
  state: string;
  message_id: string;
}

/** What the history and the final state differ in. All zero, or something is broken. */
export interface Verdict {
  lost: string[];
  doubled: string[];
  wrong: string[];
}

/**
 * What one organization was promised: every 2xx to a delivery, every 2xx to a change by the API. Afterwards the public
 * API, the mailbox and the host application show what became of it.
 */
export class History {
  readonly bookings = new Map<string, ToldBooking>();
  /** Acknowledged prospects by their id, with the e-mail address they were made with. */
  readonly made = new Map<string, string>();
  /** Not answered, or with an error: may have come about once, and no more. */
  readonly unsure = new Set<string>();
  answers = new Map<number | 'none', number>();
  private serial = 0;

  private constructor(
    private readonly world: World,
    readonly owner: Owner,
    private readonly path: string,
    private readonly apiUrl: string,
    private readonly key: string,
  ) {}

  /** A new organization with Calendly connected and pushing, a webhook of its own, and nothing else. */
  static async begin(world: World): Promise<History> {
    const owner = await world.register();
    const name = randomBytes(4).toString('hex');
    const account = `hote-${name}@example.test`;
    world.calendly.control.addAccount({ name: 'Nora', email: account, plan: 'paid' });
    const connected = await world.connect(owner, 'calendly', account);
    if (connected.status !== 200) throw new Error(`The callback was answered ${connected.status}`);
    const { token } = owner;
    await eventually(
      async () => (await world.insist('GET', '/api/calendly/status', { token })).body,
      ({ delivery_mode: mode, last_synced_at: at }) => mode === 'webhook' && at !== null,
      IN_TIME,
    );
    const webhook = { url: world.host.url, events: ['booking.created', 'booking.canceled', 'prospect.created'] };
    const { status } = await world.insist('POST', '/api/webhooks', { token, body: webhook });
    if (status !== 201) throw new Error(`The webhook was answered ${status}`);
    const { links, app, store } = world.calendly.parts;
    const { pathname } = new URL([...store.subscriptions.values()].at(-1)?.callbackUrl ?? '');
    return new History(world, owner, pathname, links.api, app.signingKey);
  }

  /** A booking that nobody has been told of yet. */
  book(kinds: DeliveryKind[] = ['invitee.created']): SignedDelivery[] {
    this.serial += 1;
    const email = `personne.${this.serial}.${this.owner.organizationId.slice(0, 4)}@example.test`;
    const subject = newSubject(this.apiUrl, email, new Date(Date.now() + DAY_MS + this.serial * 3_600_000));
    const uri = `${this.apiUrl}/scheduled_events/${subject.eventId}/invitees/${subject.inviteeId}`;
    this.bookings.set(uri, { email, kinds });
    return kinds.map((kind) => calendlyDelivery(subject, kind));
  }

  /** As a provider does: until it is acknowledged. Every answer that was not, was counted. */
  async deliver(delivery: SignedDelivery): Promise<void> {
    await eventually(
      async () => await this.send(delivery),
      (status) => status !== 'none' && status < 300,
      IN_TIME,
    );
  }

  /** One attempt. Anything but 2xx and 503 is a fault of its own. */
  async send(delivery: SignedDelivery, url = this.world.fleet.url): Promise<number | 'none'> {
    const asked = { headers: delivery.headers(this.key), body: delivery.body };
    const status = await this.attempt(() => ask(url, 'POST', this.path, asked));
    if (status !== 'none' && status >= 300 && status !== 503) throw new Error(`A delivery was answered ${status}`);
    return status;
  }

  /** One prospect by the API, said once: without an answer nobody knows. */
  async makeProspect(): Promise<number | 'none'> {
    this.serial += 1;
    const email = `saisie.${this.serial}.${this.owner.organizationId.slice(0, 4)}@example.test`;
    const body = { firstname: 'Zoé', lastname: `Numéro ${this.serial}`, email };
    this.unsure.add(email);
    return await this.attempt(async () => {
      const answer = await this.world.ask('POST', '/api/prospects', { token: this.owner.token, body });
      if (answer.status === 201) {
        this.unsure.delete(email);
        this.made.set(String(answer.body.id), email);
      }
      return answer;
    });
  }

  /** Compares what was promised with what there is, as a client, a mailbox and a host application see it. */
  async judge(): Promise<Verdict> {
    const { token } = this.owner;
    const { url } = this.world.fleet;
    const [bookings, prospects, notifications, mails] = await Promise.all([
      readAll<ShownBooking>(url, '/api/calendly/events', token),
      readAll<ShownProspect>(url, '/api/prospects', token),
      readAll<ShownNotification>(url, '/api/notifications', token),
      readAll<ShownMail>(url, '/api/mails', token),
    ]);
    const verdict: Verdict = { lost: [], doubled: [], wrong: [] };
    this.judgeBookings(bookings, verdict);
    this.judgeProspects(prospects, verdict);
    this.judgeNotifications(bookings, notifications, verdict);
    this.judgeMails(mails, verdict);
    this.judgeWebhooks(bookings, prospects, verdict);
    return verdict;
  }

  private judgeBookings(shown: ShownBooking[], verdict: Verdict): void {
    for (const [uri, { kinds }] of this.bookings) {
      const found = shown.filter(({ invitee_uri }) => invitee_uri === uri);
      if (found.length === 0) verdict.lost.push(`booking ${uri}`);
      if (found.length > 1) verdict.doubled.push(`booking ${uri}`);
      const wanted = kinds.includes('invitee.canceled') ? 'canceled' : 'active';
      if (found[0] && found[0].event_status !== wanted) verdict.wrong.push(`${uri} is ${found[0].event_status}`);
    }
    const foreign = shown.filter(({ invitee_uri }) => !this.bookings.has(invitee_uri));
    if (foreign.length > 0) verdict.wrong.push(`${foreign.length} bookings that nobody made`);
  }

  private judgeProspects(shown: ShownProspect[], verdict: Verdict): void {
    const byEmail = groupBy(shown, ({ email }) => email ?? '');
    for (const { email } of this.bookings.values()) {
      const found = byEmail.get(email) ?? [];
      if (found.length === 0) verdict.lost.push(`prospect ${email}`);
      if (found.length > 1) verdict.doubled.push(`prospect ${email}`);
      const notes = (found[0]?.notes ?? '').split('\n\n').filter((note) => note !== '').length;
      if (found[0] && notes === 0) verdict.lost.push(`note of ${email}`);
      if (notes > 1) verdict.doubled.push(`note of ${email}`);
    }
    for (const [id, email] of this.made) {
      if (!shown.some((prospect) => prospect.id === id)) verdict.lost.push(`prospect ${email}, made by the API`);
    }
    for (const email of [...this.made.values(), ...this.unsure]) {
      if ((byEmail.get(email)?.length ?? 0) > 1) verdict.doubled.push(`prospect ${email}, made by the API`);
    }
  }

  private judgeNotifications(bookings: ShownBooking[], shown: ShownNotification[], verdict: Verdict): void {
    const byBooking = groupBy(shown, ({ type, meta }) => `${type} ${meta.booking_id}`);
    for (const [what, found] of byBooking) {
      if (found.length > 1 && !what.endsWith('undefined')) verdict.doubled.push(`notification ${what}`);
    }
    for (const { id, invitee_uri: uri } of bookings) {
      const isCanceled = this.bookings.get(uri)?.kinds.includes('invitee.canceled') === true;
      const type = isCanceled ? 'calendly_booking_canceled' : 'calendly_prospect_created';
      if (!byBooking.has(`${type} ${id}`)) verdict.lost.push(`notification ${type} of ${uri}`);
    }
  }

  /** One mail has one Message-ID, whatever happened on its way. */
  private judgeMails(shown: ShownMail[], verdict: Verdict): void {
    const received = new Set(this.world.mail.control.mails({ to: this.owner.email }).map(({ message_id: id }) => id));
    for (const { state, message_id: id } of shown) {
      if (state !== 'sent') verdict.wrong.push(`mail ${id} is ${state}`);
      if (!received.delete(id)) verdict.lost.push(`mail ${id}`);
    }
    for (const id of received) verdict.doubled.push(`mail ${id}, which nobody promised`);
    if (shown.length < this.bookings.size)
      verdict.lost.push(`${this.bookings.size - shown.length} mails never written`);
  }

  /** A message may arrive again, under its id; another id for the same thing would be another message. */
  private judgeWebhooks(bookings: ShownBooking[], prospects: ShownProspect[], verdict: Verdict): void {
    const ids = new Set([...bookings, ...prospects].map(({ id }) => id));
    const mine = this.world.host.accepted.filter(({ data }) => ids.has(String(data.id)));
    const byFact = groupBy(mine, ({ type, data }) => `${type} ${data.id}`);
    for (const [fact, heard] of byFact) {
      if (new Set(heard.map(({ id }) => id)).size > 1) verdict.doubled.push(`webhook ${fact}`);
    }
    for (const { id } of prospects) {
      if (!byFact.has(`prospect.created ${id}`)) verdict.lost.push(`webhook prospect.created ${id}`);
    }
  }

  private async attempt(say: () => Promise<{ status: number }>): Promise<number | 'none'> {
    let status: number | 'none' = 'none';
    try {
      ({ status } = await say());
    } catch (error) {
      if (!(error instanceof NotAnswered)) throw error;
    }
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    return status;
  }
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
