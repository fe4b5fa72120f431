import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ReadWindow } from '../bookings/index.js';
import {
  type CodeExchange,
  ProviderError,
  readTokenGrant,
  type TokenGrant,
  toOAuthRefusal,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { CalComApi, type CalComRequest } from './cal-com.api.js';
import { CalComConfig } from './cal-com.config.js';
import { CAL_COM } from './cal-com.profile.js';
import { bookingListWire, bookingWire, eventTypesWire, userWire, webhookWire } from './cal-com.wire.js';

/** The addresses and forms of Cal.com's API v2, as far as they act in a person's name. */
@Injectable()
export class CalComClient {
  constructor(
    private readonly config: CalComConfig,
    private readonly api: CalComApi,
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

  getMe(accessToken: string) {
    return this.api.asUser(accessToken, { method: 'GET', path: '/me' }, userWire);
  }

  /**
   * In the order of their making: whatever is booked while somebody turns the pages comes at the end, and nothing that
   * was there already can move to a page that was passed.
   */
  listBookings(accessToken: string, { from, to, changedSince }: ReadWindow, skip: number) {
    const request: CalComRequest = {
      ...bookings(''),
      query: {
        afterStart: from.toISOString(),
        beforeEnd: to.toISOString(),
        afterUpdatedAt: changedSince?.toISOString(),
        sortCreated: 'asc',
        take: CAL_COM.pageSize,
        skip,
      },
    };
    return this.api.asUserWhole(accessToken, request, bookingListWire);
  }

  /** Null for what is no single appointment: the uid of a series answers with all of them. */
  async findBooking(accessToken: string, uid: string) {
    const found = await this.api.asUser(
      accessToken,
      bookings(`/${uid}`),
      z.union([bookingWire, z.array(z.unknown()).transform(() => null)]),
    );
    if (found !== null && found.uid !== uid) throw new ProviderError({ kind: 'contract' });
    return found;
  }

  listEventTypes(accessToken: string) {
    const request: CalComRequest = { method: 'GET', path: '/event-types', version: CAL_COM.versions.eventTypes };
    return this.api.asUser(accessToken, request, eventTypesWire);
  }

  createWebhook(accessToken: string, { url, secret }: { url: string; secret: string }) {
    const json = { subscriberUrl: url, triggers: CAL_COM.webhookEvents, active: true, secret };
    return this.api.asUser(accessToken, { method: 'POST', path: '/webhooks', body: { json } }, webhookWire);
  }

  getWebhook(accessToken: string, id: string) {
    return this.api.asUser(accessToken, { method: 'GET', path: webhookPath(id) }, webhookWire);
  }

  async deleteWebhook(accessToken: string, id: string): Promise<void> {
    await this.api.asUser(accessToken, { method: 'DELETE', path: webhookPath(id) }, z.unknown());
  }

  /** The credentials stand in the form; a Basic header is not looked at. */
  private async token(form: Record<string, string>): Promise<TokenGrant> {
    const { clientId = '', clientSecret } = this.config;
    const response = await this.api.callPlain({
      method: 'POST',
      path: '/auth/oauth2/token',
      body: { form: { ...form, client_id: clientId, ...(clientSecret && { client_secret: clientSecret }) } },
    });
    if (response.status === 200) return readTokenGrant(response.body);
    const variables = { client: 'CAL_CLIENT_ID, CAL_CLIENT_SECRET', redirect: 'PUBLIC_URL' };
    throw toOAuthRefusal(response, variables, this.clock.now());
  }
}

function bookings(path: string): CalComRequest {
  return { method: 'GET', path: `/bookings${path}`, version: CAL_COM.versions.bookings };
}

function webhookPath(id: string): string {
  return `/webhooks/${encodeURIComponent(id)}`;
}
