import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { ReadWindow } from '../bookings/index.js';
import {
  type CodeExchange,
  ProviderError,
  readTokenGrant,
  type TokenGrant,
  toOAuthRefusal,
  toProviderError,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { EgressClient, type EgressRequest, type EgressResponse } from '../platform/egress/egress.client.js';
import { CalendlyConfig } from './calendly.config.js';
import { toApiError } from './calendly.errors.js';
import { CALENDLY } from './calendly.profile.js';
import { inviteePath } from './calendly.uris.js';
import {
  eventListWire,
  eventResourceWire,
  inviteeListWire,
  inviteeResourceWire,
  subscriptionListWire,
  subscriptionResourceWire,
  userResourceWire,
} from './calendly.wire.js';

/** The addresses and forms of Calendly's API v2. Answers are checked wire types, refusals `ProviderError`. */
@Injectable()
export class CalendlyClient {
  constructor(
    private readonly config: CalendlyConfig,
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
    const { clientId = '', clientSecret = '' } = this.config;
    const form = { client_id: clientId, client_secret: clientSecret, token };
    const response = await this.send({
      method: 'POST',
      baseUrl: this.config.authUrl,
      path: '/oauth/revoke',
      body: { form },
      answer: 'ignored',
    });
    // 400 and 403 are said of tokens that are no longer valid, which is all that was wanted.
    if (response.status >= 500 || response.status === 429) throw this.toRefusal(response);
  }

  async getMe(accessToken: string) {
    return (await this.get(accessToken, '/users/me', userResourceWire)).resource;
  }

  listEvents(accessToken: string, userUri: string, { from, to }: ReadWindow, pageToken: string | null) {
    return this.get(accessToken, '/scheduled_events', eventListWire, {
      user: userUri,
      min_start_time: from.toISOString(),
      max_start_time: to.toISOString(),
      sort: 'start_time:asc',
      count: CALENDLY.pageSize,
      page_token: pageToken ?? undefined,
    });
  }

  async getEvent(accessToken: string, eventId: string) {
    return (await this.get(accessToken, `/scheduled_events/${eventId}`, eventResourceWire)).resource;
  }

  listInvitees(accessToken: string, eventId: string, pageToken: string | null) {
    return this.get(accessToken, `/scheduled_events/${eventId}/invitees`, inviteeListWire, {
      count: CALENDLY.pageSize,
      page_token: pageToken ?? undefined,
    });
  }

  async getInvitee(accessToken: string, externalId: string) {
    return (await this.get(accessToken, inviteePath(externalId), inviteeResourceWire)).resource;
  }

  async createSubscription(accessToken: string, subscription: Subscription) {
    const response = await this.send({
      method: 'POST',
      baseUrl: this.config.apiUrl,
      path: '/webhook_subscriptions',
      headers: bearer(accessToken),
      body: { json: { ...subscription, events: CALENDLY.webhookEvents, scope: 'user' } },
    });
    return this.read(response, subscriptionResourceWire).resource;
  }

  async getSubscription(accessToken: string, id: string) {
    return (await this.get(accessToken, `/webhook_subscriptions/${id}`, subscriptionResourceWire)).resource;
  }

  listSubscriptions(
    accessToken: string,
    { organization, user }: { organization: string; user: string },
    pageToken: string | null,
  ) {
    return this.get(accessToken, '/webhook_subscriptions', subscriptionListWire, {
      organization,
      user,
      scope: 'user',
      count: CALENDLY.pageSize,
      page_token: pageToken ?? undefined,
    });
  }

  async deleteSubscription(accessToken: string, id: string): Promise<void> {
    const response = await this.send({
      method: 'DELETE',
      baseUrl: this.config.apiUrl,
      path: `/webhook_subscriptions/${id}`,
      headers: bearer(accessToken),
      answer: 'ignored',
    });
    if (response.status >= 400) throw toApiError(response, this.clock.now());
  }

  /** A web application proves itself by HTTP Basic; its parts are form-encoded first (RFC 6749 section 2.3.1). */
  private async token(form: Record<string, string>): Promise<TokenGrant> {
    const { clientId = '', clientSecret = '' } = this.config;
    const credentials = [clientId, clientSecret].map(encodeURIComponent).join(':');
    const response = await this.send({
      method: 'POST',
      baseUrl: this.config.authUrl,
      path: '/oauth/token',
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      body: { form },
    });
    if (response.status !== 200) throw this.toRefusal(response);
    const { options, ...grant } = readTokenGrant(response.body, ['organization']);
    // Older answers lack the organization; what is known of it then stays.
    return { ...grant, options: options['organization'] ? { organization_uri: options['organization'] } : {} };
  }

  private toRefusal(response: EgressResponse): ProviderError {
    const variables = { client: 'CALENDLY_CLIENT_ID, CALENDLY_CLIENT_SECRET', redirect: 'CALENDLY_REDIRECT_URI' };
    return toOAuthRefusal(response, variables, this.clock.now());
  }

  private async get<Wire extends z.ZodType>(
    accessToken: string,
    path: string,
    wire: Wire,
    query?: EgressRequest['query'],
  ): Promise<z.output<Wire>> {
    const { apiUrl: baseUrl } = this.config;
    return this.read(await this.send({ method: 'GET', baseUrl, path, query, headers: bearer(accessToken) }), wire);
  }

  private read<Wire extends z.ZodType>(response: EgressResponse, wire: Wire): z.output<Wire> {
    if (response.status >= 300) throw toApiError(response, this.clock.now());
    return this.check(response, wire);
  }

  /** A page that is not what the document promises is refused as a whole; half of it would pass for all of it. */
  private check<Wire extends z.ZodType>({ body }: EgressResponse, wire: Wire): z.output<Wire> {
    const parsed = wire.safeParse(body);
    if (!parsed.success) throw new ProviderError({ kind: 'contract' });
    return parsed.data;
  }

  private async send(request: Omit<EgressRequest, 'provider'>): Promise<EgressResponse> {
    try {
      return await this.egress.request({ provider: CALENDLY.id, ...request });
    } catch (error) {
      throw toProviderError(error);
    }
  }
}

interface Subscription {
  url: string;
  organization: string;
  user: string;
  signing_key: string;
}

function bearer(accessToken: string): Record<string, string> {
  return { authorization: `Bearer ${accessToken}` };
}
