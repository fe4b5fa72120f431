import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { z } from 'zod';
import {
  type CodeExchange,
  type ProviderAccess,
  ProviderError,
  type TokenGrant,
  toProviderError,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { newId } from '../platform/database/identifiers.js';
import { samePlace } from '../platform/egress/egress-address.js';
import { EgressClient, type EgressRequest, type EgressResponse } from '../platform/egress/egress.client.js';
import { EgressFailure } from '../platform/egress/egress-failure.js';
import { EventLog } from '../platform/logging/event-log.js';
import { OutlookConfig } from './outlook.config.js';
import { codesOf, diagnosticsOf, findDuplicate, toApiError, toTokenError } from './outlook.errors.js';
import { readGrant } from './outlook.grant.js';
import { OUTLOOK } from './outlook.profile.js';
import {
  calendarPageWire,
  type CalendarWire,
  changePageWire,
  type ChangePageWire,
  eventPageWire,
  type EventWire,
  eventWire,
  subscriptionPageWire,
  subscriptionWire,
  userWire,
} from './outlook.wire.js';

export interface Window {
  readonly from: Date;
  readonly to: Date;
}

type Call = Omit<EgressRequest, 'provider' | 'baseUrl'> & {
  /** Scopes without which Graph refuses it. */
  readonly needs: readonly string[];
  readonly pageSize?: number;
};

const { read: READING, write: WRITING } = OUTLOOK.calendarScopes;
const PROFILE = ['User.Read'];

/** The addresses and forms of the identity platform and of Graph. Answers are checked wire types, refusals `ProviderError`. */
@Injectable()
export class OutlookClient {
  private readonly mailboxes = new Map<string, { limit: LimitFunction; calls: number }>();

  constructor(
    private readonly config: OutlookConfig,
    private readonly egress: EgressClient,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  exchangeCode({ code, redirectUri, verifier }: CodeExchange): Promise<TokenGrant> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(verifier !== null && { code_verifier: verifier }),
    });
  }

  /** For the scopes that were granted: naming any other would be refused. */
  refresh(refreshToken: string): Promise<TokenGrant> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  getMe(access: ProviderAccess) {
    return this.get(access, { path: '/me', needs: PROFILE }, userWire);
  }

  async listCalendars(access: ProviderAccess): Promise<CalendarWire[]> {
    const first = { path: '/me/calendars', query: { $top: OUTLOOK.listSize }, needs: READING };
    return (await this.list(access, first, calendarPageWire)).items;
  }

  /** The first page of everything in a window, which the links that come of it will keep to. */
  beginRound(access: ProviderAccess, calendarId: string, window: Window) {
    const path = `/me/calendars/${segment(calendarId)}/calendarView/delta`;
    return this.readRound(access, { path, query: toQuery(window) });
  }

  /** The page that a link leads to, which is taken as it is: all that was asked stands in it. */
  async followRound(access: ProviderAccess, link: string) {
    // Kept from a time when Graph was configured to be elsewhere, or not from Graph: either way nobody there knows it.
    if (!this.isOurs(link)) throw new ProviderError({ kind: 'cursor-expired' });
    return await this.readRound(access, { link });
  }

  /** All occurrences of a series in the window, with everything that a round leaves out of them. */
  async listInstances(access: ProviderAccess, seriesId: string, window: Window) {
    const path = `/me/events/${segment(seriesId)}/instances`;
    return await this.shrinking((pageSize) =>
      this.list(
        access,
        { path, route: '/me/events/:id/instances', query: toQuery(window), needs: READING, pageSize },
        eventPageWire,
      ),
    );
  }

  /** With our marker, which is shown only to those who ask for it by name. */
  getEvent(access: ProviderAccess, calendarId: string | null, eventId: string): Promise<EventWire> {
    const query = { $expand: `singleValueExtendedProperties($filter=id eq '${OUTLOOK.markerProperty}')` };
    return this.get(access, { ...eventPlace(calendarId, eventId), query, needs: READING }, eventWire);
  }

  /** The event of a calendar that carries this marker. */
  async findMarked(access: ProviderAccess, calendarId: string, copyId: string): Promise<string | null> {
    const property = `ep/id eq '${OUTLOOK.markerProperty}' and ep/value eq '${copyId.replaceAll("'", "''")}'`;
    const query = { $filter: `singleValueExtendedProperties/Any(ep: ${property})`, $top: 1 };
    const path = `/me/calendars/${segment(calendarId)}/events`;
    const { value } = await this.get(access, { path, query, needs: READING }, eventPageWire);
    return value[0]?.id ?? null;
  }

  /** Instead of the event the id of the one that was made under the same transaction id, where Graph names it. */
  async createEvent(
    access: ProviderAccess,
    calendarId: string,
    event: object,
  ): Promise<EventWire | { duplicateOf: string | null }> {
    const call: Call = {
      method: 'POST',
      path: `/me/calendars/${segment(calendarId)}/events`,
      body: { json: event },
      needs: WRITING,
    };
    const response = await this.send(access, call);
    const duplicate = findDuplicate(response);
    if (duplicate !== null) return duplicate;
    // Two writes at once, says Exchange. There is no event yet that could have changed.
    if (response.status === 409) throw new ProviderError({ kind: 'temporary' });
    return this.read(response, eventWire, access, call);
  }

  async patchEvent(
    access: ProviderAccess,
    calendarId: string | null,
    eventId: string,
    patch: object,
    etag: string | null,
  ): Promise<EventWire> {
    const headers: Record<string, string> = etag === null ? {} : { 'if-match': etag };
    const call: Call = {
      method: 'PATCH',
      ...eventPlace(calendarId, eventId),
      headers,
      body: { json: patch },
      needs: WRITING,
    };
    return this.read(await this.send(access, call), eventWire, access, call);
  }

  async deleteEvent(access: ProviderAccess, calendarId: string, eventId: string): Promise<void> {
    const call: Call = { method: 'DELETE', ...eventPlace(calendarId, eventId), needs: WRITING };
    this.check(await this.send(access, call), access, call);
  }

  async createSubscription(access: ProviderAccess, subscription: object) {
    const call: Call = {
      method: 'POST',
      path: '/subscriptions',
      body: { json: subscription },
      // Graph first asks both of our addresses whether they want it, and gives each ten seconds to answer.
      timeoutMs: OUTLOOK.handshakeMs,
      needs: READING,
    };
    return this.read(await this.send(access, call), subscriptionWire, access, call);
  }

  async renewSubscription(access: ProviderAccess, id: string, expirationDateTime: string) {
    const body = { json: { expirationDateTime } };
    const call: Call = { method: 'PATCH', path: `/subscriptions/${segment(id)}`, body, needs: READING };
    return this.read(await this.send(access, call), subscriptionWire, access, call);
  }

  async listSubscriptions(access: ProviderAccess) {
    return (await this.list(access, { path: '/subscriptions', needs: READING }, subscriptionPageWire)).items;
  }

  async deleteSubscription(access: ProviderAccess, id: string): Promise<void> {
    const call: Call = { method: 'DELETE', path: `/subscriptions/${segment(id)}`, needs: READING };
    this.check(await this.send(access, call), access, call);
  }

  private async readRound(access: ProviderAccess, place: Pick<Call, 'path' | 'query' | 'link'>) {
    const route = '/me/calendars/:id/calendarView/delta';
    return await this.shrinking(async (pageSize) => {
      const page = await this.get(access, { ...place, route, pageSize, needs: READING }, changePageWire);
      return { page: this.checkLinks(page, place.link), calls: 1 };
    });
  }

  /** Either there is more, or this was all and the next round begins there: both or none would be no answer. */
  private checkLinks(page: ChangePageWire, asked: string | undefined): ChangePageWire {
    const { '@odata.nextLink': next, '@odata.deltaLink': delta } = page;
    const link = next ?? delta;
    // The page that was asked for cannot be its own successor.
    const isCircle = next != null && next === asked;
    const isSound = link != null && !(next && delta) && !isCircle && this.isOurs(link);
    if (!isSound) throw new ProviderError({ kind: 'contract' });
    return page;
  }

  /** The same list page by page, to its end. */
  private async list<Item>(
    access: ProviderAccess,
    first: Omit<Call, 'method'>,
    wire: z.ZodType<{ value: Item[]; '@odata.nextLink'?: string | null | undefined }>,
  ): Promise<{ items: Item[]; calls: number }> {
    const items: Item[] = [];
    const followed = new Set<string>();
    let call = first;
    for (;;) {
      const page = await this.get(access, call, wire);
      items.push(...page.value);
      const link = page['@odata.nextLink'] ?? null;
      if (link === null) return { items, calls: followed.size + 1 };
      // A link for the second time would go on for ever, and one that leads elsewhere is not followed at all.
      if (followed.has(link) || !this.isOurs(link)) throw new ProviderError({ kind: 'contract' });
      followed.add(link);
      const { path, query: _, ...rest } = first;
      call = { route: path, ...rest, link };
    }
  }

  /** Five megabytes of texts and guests: fewer of them at once. */
  private async shrinking<T extends { calls: number }>(ask: (pageSize: number) => Promise<T>): Promise<T> {
    const [usual, ...smaller] = OUTLOOK.pageSizes;
    for (const [before, size] of [usual, ...smaller].entries()) {
      try {
        const answer = await ask(size);
        return { ...answer, calls: before + answer.calls };
      } catch (error) {
        if (!isTooLarge(error) || before === smaller.length) throw error;
      }
    }
    throw new Error('A listing has at least one page size');
  }

  private async token(form: Record<string, string>): Promise<TokenGrant> {
    const { clientId = '', clientSecret = '', loginUrl: baseUrl, tenant } = this.config;
    const credentials = { client_id: clientId, client_secret: clientSecret };
    const response = await this.request({
      method: 'POST',
      baseUrl,
      path: `/${tenant}/oauth2/v2.0/token`,
      route: '/:tenant/oauth2/v2.0/token',
      body: { form: { ...form, ...credentials } },
    });
    if (response.status === 200) return readGrant(response.body, clientId);
    this.log.warning('outlook.token_refused', { status: response.status, ...diagnosticsOf(response.body) });
    throw toTokenError(response, this.clock.now());
  }

  private async get<Wire extends z.ZodType>(
    access: ProviderAccess,
    call: Omit<Call, 'method'>,
    wire: Wire,
  ): Promise<z.output<Wire>> {
    const whole: Call = { ...call, method: 'GET' };
    return this.read(await this.send(access, whole), wire, access, whole);
  }

  /** An answer that is not what the document promises is refused as a whole; half a page would pass for all of it. */
  private read<Wire extends z.ZodType>(
    response: EgressResponse,
    wire: Wire,
    access: ProviderAccess,
    call: Call,
  ): z.output<Wire> {
    this.check(response, access, call);
    const parsed = wire.safeParse(response.body);
    if (!parsed.success) throw new ProviderError({ kind: 'contract' });
    return parsed.data;
  }

  private check(response: EgressResponse, { options }: ProviderAccess, { needs }: Call): void {
    if (response.status < 300) return;
    const missing = options['missing_scopes'];
    const lacking = Array.isArray(missing) ? needs.filter((scope) => missing.includes(scope)) : [];
    throw toApiError(response, lacking, this.clock.now());
  }

  /**
   * In turn: a mailbox that is asked for much at once refuses some of it. Those with nothing under way are forgotten.
   * What is preferred is said with every request, or ids and times would come in two forms.
   */
  private async send({ integrationId, accessToken }: ProviderAccess, call: Call): Promise<EgressResponse> {
    const { needs: _, pageSize, ...request } = call;
    const mailbox = this.mailboxes.get(integrationId) ?? { limit: pLimit(OUTLOOK.concurrency), calls: 0 };
    this.mailboxes.set(integrationId, mailbox);
    mailbox.calls += 1;
    const traceId = newId();
    const headers = {
      ...request.headers,
      authorization: `Bearer ${accessToken}`,
      prefer: preferences(pageSize),
      'client-request-id': traceId,
    };
    try {
      const response = await mailbox.limit(() => this.request({ ...request, baseUrl: this.config.graphUrl, headers }));
      this.noteRefusal(response, request, traceId);
      return response;
    } finally {
      mailbox.calls -= 1;
      if (mailbox.calls === 0) this.mailboxes.delete(integrationId);
    }
  }

  /** What Microsoft asks for when one complains: the code, and the name under which the request can be found there. */
  private noteRefusal({ status, body }: EgressResponse, { method }: Pick<Call, 'method'>, traceId: string): void {
    if (status < 400) return;
    const codes = codesOf(body).filter((code) => /^\w{1,60}$/.test(code));
    this.log.detail('outlook.refused', { method, status, codes, client_request_id: traceId });
  }

  private isOurs(link: string): boolean {
    return samePlace(link, this.config.graphUrl);
  }

  private async request(request: Omit<EgressRequest, 'provider'>): Promise<EgressResponse> {
    try {
      return await this.egress.request({ provider: OUTLOOK.id, ...request });
    } catch (error) {
      throw toProviderError(error);
    }
  }
}

/** Immutable ids outlive a move to another folder, UTC needs no table of zones, and a text is no page of HTML. */
function preferences(pageSize: number | undefined): string {
  const always = ['outlook.timezone="UTC"', 'IdType="ImmutableId"', 'outlook.body-content-type="text"'];
  return [...(pageSize === undefined ? [] : [`odata.maxpagesize=${pageSize}`]), ...always].join(', ');
}

function toQuery({ from, to }: Window) {
  return { startDateTime: from.toISOString(), endDateTime: to.toISOString() };
}

/** An event that was moved to another calendar is no longer in the one that is named; without one, any will do. */
function eventPlace(calendarId: string | null, eventId: string) {
  if (calendarId === null) return { path: `/me/events/${segment(eventId)}`, route: '/me/events/:id' };
  return {
    path: `/me/calendars/${segment(calendarId)}/events/${segment(eventId)}`,
    route: '/me/calendars/:id/events/:id',
  };
}

/** Ids hold slashes and plus signs. One that is only dots would be a way up, and is no id. */
function segment(id: string): string {
  if (/^\.*$/.test(id)) throw new ProviderError({ kind: 'gone' });
  return encodeURIComponent(id);
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ProviderError && error.cause instanceof EgressFailure && error.cause.kind === 'too-large';
}
