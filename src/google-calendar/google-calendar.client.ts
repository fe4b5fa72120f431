import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { z } from 'zod';
import type { ChannelRequest, KnownChannelAtProvider, ReadChanges } from '../calendars/index.js';
import {
  type CodeExchange,
  type ProviderAccess,
  ProviderError,
  readTokenGrant,
  type TokenGrant,
  toProviderError,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { EgressClient, type EgressRequest, type EgressResponse } from '../platform/egress/egress.client.js';
import { EgressFailure } from '../platform/egress/egress-failure.js';
import { GoogleCalendarConfig } from './google-calendar.config.js';
import { toApiError, toTokenError } from './google-calendar.errors.js';
import { GOOGLE_CALENDAR } from './google-calendar.profile.js';
import {
  calendarPageWire,
  channelWire,
  eventPageWire,
  type EventWire,
  eventWire,
  userinfoWire,
} from './google-calendar.wire.js';

const [EVENTS, CALENDAR_LIST] = GOOGLE_CALENDAR.scopes.calendar;

/** The addresses and forms of the Calendar API v3. Answers are checked wire types, refusals `ProviderError`. */
@Injectable()
export class GoogleCalendarClient {
  private readonly mailboxes = new Map<string, { limit: LimitFunction; calls: number }>();

  constructor(
    private readonly config: GoogleCalendarConfig,
    private readonly egress: EgressClient,
    private readonly clock: Clock,
  ) {}

  exchangeCode({ code, redirectUri, verifier }: CodeExchange): Promise<TokenGrant> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(verifier !== null && { code_verifier: verifier }),
    });
  }

  refresh(refreshToken: string): Promise<TokenGrant> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async revoke(token: string): Promise<void> {
    const response = await this.send({
      method: 'POST',
      baseUrl: this.config.revokeUrl,
      body: { form: { token } },
      answer: 'ignored',
    });
    // 400 is said of tokens that are no longer valid, which is all that was wanted.
    if (response.status >= 500 || response.status === 429) throw toTokenError(response, this.clock.now());
  }

  async getUserinfo(accessToken: string) {
    const response = await this.send({
      method: 'GET',
      baseUrl: this.config.userinfoUrl,
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return this.read(response, userinfoWire, 'email');
  }

  async listCalendars(access: ProviderAccess, pageToken: string | null) {
    const response = await this.call(access, {
      method: 'GET',
      path: '/users/me/calendarList',
      query: { maxResults: GOOGLE_CALENDAR.calendarPageSize, pageToken: pageToken ?? undefined },
    });
    return this.read(response, calendarPageWire, CALENDAR_LIST);
  }

  /**
   * The same filters with every page and with every cursor that comes of them, or Google refuses. Cancelled events come
   * with a cursor by themselves; asking for them would bring long forgotten ones into a first reading.
   * https://developers.google.com/workspace/calendar/api/guides/sync
   */
  async listEvents(access: ProviderAccess, { calendarId, window, cursor, pageToken }: ReadChanges) {
    const query = {
      singleEvents: true,
      eventTypes: GOOGLE_CALENDAR.eventTypes,
      pageToken: pageToken ?? undefined,
      ...(cursor === null
        ? { timeMin: window.from.toISOString(), timeMax: window.to.toISOString() }
        : { syncToken: cursor }),
    };
    const [usual, ...smaller] = GOOGLE_CALENDAR.pageSizes;
    const ask = async (maxResults: number) =>
      this.read(
        await this.call(access, {
          method: 'GET',
          path: `/calendars/${encodeURIComponent(calendarId)}/events`,
          query: { ...query, maxResults },
          route: '/calendars/:id/events',
        }),
        eventPageWire,
        EVENTS,
      );
    for (const [before, size] of [usual, ...smaller].entries()) {
      try {
        return { page: await ask(size), calls: before + 1 };
      } catch (error) {
        // Five megabytes of texts and guests: fewer of them at once.
        if (!isTooLarge(error) || before === smaller.length) throw error;
      }
    }
    throw new Error('A listing has at least one page size');
  }

  async getEvent(access: ProviderAccess, calendarId: string, eventId: string): Promise<EventWire> {
    const response = await this.call(access, { method: 'GET', ...eventPlace(calendarId, eventId) });
    return this.read(response, eventWire, EVENTS);
  }

  /** Null when the id is taken, be it by an event that was deleted. */
  async insertEvent(
    access: ProviderAccess,
    calendarId: string,
    event: object,
    { notify }: { notify: boolean },
  ): Promise<EventWire | null> {
    const response = await this.call(access, {
      method: 'POST',
      path: `/calendars/${encodeURIComponent(calendarId)}/events`,
      route: '/calendars/:id/events',
      query: { ...KEEPING_ALL, ...mailing(notify) },
      body: { json: event },
    });
    return response.status === 409 ? null : this.read(response, eventWire, EVENTS);
  }

  async patchEvent(
    access: ProviderAccess,
    calendarId: string,
    eventId: string,
    patch: object,
    { etag, notify }: { etag: string | null; notify: boolean },
  ): Promise<EventWire> {
    const response = await this.call(access, {
      method: 'PATCH',
      ...eventPlace(calendarId, eventId),
      query: { ...KEEPING_ALL, ...mailing(notify) },
      headers: etag === null ? {} : { 'if-match': etag },
      body: { json: patch },
    });
    return this.read(response, eventWire, EVENTS);
  }

  async deleteEvent(
    access: ProviderAccess,
    calendarId: string,
    eventId: string,
    { notify }: { notify: boolean },
  ): Promise<void> {
    const response = await this.call(access, {
      method: 'DELETE',
      ...eventPlace(calendarId, eventId),
      query: mailing(notify),
    });
    if (response.status >= 300) throw toApiError(response, this.clock.now(), EVENTS);
  }

  async watchEvents(access: ProviderAccess, { calendarId, id, url, secret }: ChannelRequest) {
    const response = await this.call(access, {
      method: 'POST',
      path: `/calendars/${encodeURIComponent(calendarId)}/events/watch`,
      route: '/calendars/:id/events/watch',
      query: { eventTypes: GOOGLE_CALENDAR.eventTypes },
      body: {
        json: {
          id,
          type: 'web_hook',
          address: url,
          token: secret,
          params: { ttl: String(GOOGLE_CALENDAR.channelSeconds) },
        },
      },
    });
    return this.read(response, channelWire, EVENTS);
  }

  async stopChannel(access: ProviderAccess, { externalId, resourceId }: KnownChannelAtProvider): Promise<void> {
    const response = await this.call(access, {
      method: 'POST',
      path: '/channels/stop',
      body: { json: { id: externalId, resourceId } },
    });
    if (response.status >= 300) throw toApiError(response, this.clock.now(), EVENTS);
  }

  private async token(form: Record<string, string>): Promise<TokenGrant> {
    const { clientId = '', clientSecret = '', tokenUrl: baseUrl } = this.config;
    const credentials = { client_id: clientId, client_secret: clientSecret };
    const response = await this.send({ method: 'POST', baseUrl, body: { form: { ...form, ...credentials } } });
    if (response.status !== 200) throw toTokenError(response, this.clock.now());
    return readTokenGrant(response.body);
  }

  /** In turn: a mailbox that is asked for much at once refuses all of it. Those with nothing under way are forgotten. */
  private async call(access: ProviderAccess, request: Omit<EgressRequest, 'provider' | 'baseUrl'>) {
    const { integrationId, accessToken } = access;
    const mailbox = this.mailboxes.get(integrationId) ?? { limit: pLimit(GOOGLE_CALENDAR.concurrency), calls: 0 };
    this.mailboxes.set(integrationId, mailbox);
    mailbox.calls += 1;
    const headers = { ...request.headers, authorization: `Bearer ${accessToken}` };
    try {
      return await mailbox.limit(() => this.send({ ...request, baseUrl: this.config.apiUrl, headers }));
    } finally {
      mailbox.calls -= 1;
      if (mailbox.calls === 0) this.mailboxes.delete(integrationId);
    }
  }

  /** An answer that is not what the document promises is refused as a whole; half a page would pass for all of it. */
  private read<Wire extends z.ZodType>(response: EgressResponse, wire: Wire, scope: string): z.output<Wire> {
    if (response.status >= 300) throw toApiError(response, this.clock.now(), scope);
    const parsed = wire.safeParse(response.body);
    if (!parsed.success) throw new ProviderError({ kind: 'contract' });
    return parsed.data;
  }

  private async send(request: Omit<EgressRequest, 'provider'>): Promise<EgressResponse> {
    try {
      return await this.egress.request({ provider: GOOGLE_CALENDAR.id, ...request });
    } catch (error) {
      throw toProviderError(error);
    }
  }
}

/** Without these a write drops the online meeting and the attachments of the event it touches. */
const KEEPING_ALL = { conferenceDataVersion: 1, supportsAttachments: true };

/** Always said: what Google does when it is not told has changed before. */
function mailing(notify: boolean) {
  return { sendUpdates: notify ? 'all' : 'none' };
}

function eventPlace(calendarId: string, eventId: string) {
  return {
    path: `/calendars/${encodeURIComponent(calendarId)}/events/${encodeURIComponent(eventId)}`,
    route: '/calendars/:id/events/:id',
  };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ProviderError && error.cause instanceof EgressFailure && error.cause.kind === 'too-large';
}
