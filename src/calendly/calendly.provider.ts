import { Injectable } from '@nestjs/common';
import type {
  BookingFacts,
  BookingProfile,
  BookingProvider,
  DeliveryContent,
  DeliveryIdentity,
  DeliverySeal,
  EventPage,
  ListedEvent,
  RawDelivery,
  ReadWindow,
  ServedChannel,
} from '../bookings/index.js';
import {
  type CodeExchange,
  type OAuthProfile,
  type ProviderAccess,
  type ProviderAccount,
  ProviderError,
  type TokenGrant,
} from '../integrations/index.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { CalendlyClient } from './calendly.client.js';
import { CalendlyConfig } from './calendly.config.js';
import {
  identifyDelivery,
  isFlatDelivery,
  readDelivery,
  SIGNATURE_HEADER,
  verifyDelivery,
} from './calendly.delivery.js';
import { toBookingFacts, toMark } from './calendly.mapper.js';
import { CALENDLY } from './calendly.profile.js';
import { CalendlyUris } from './calendly.uris.js';
import type { ScheduledEventWire } from './calendly.wire.js';

/** Calendly as a booking provider. Every method reads like its promise in `BookingProvider`. */
@Injectable()
export class CalendlyProvider implements BookingProvider {
  readonly id = CALENDLY.id;
  readonly displayName = CALENDLY.displayName;
  readonly oauth: OAuthProfile;
  readonly profile: BookingProfile;
  readonly uris: CalendlyUris;

  constructor(
    private readonly config: CalendlyConfig,
    platform: PlatformConfig,
    private readonly client: CalendlyClient,
  ) {
    this.uris = new CalendlyUris(config.apiUrl);
    this.oauth = {
      authorizeUrl: `${config.authUrl}/oauth/authorize`,
      authorizeParams: { client_id: config.clientId ?? '' },
      scopes: CALENDLY.scopes,
      redirectUri: config.redirectUri ?? `${platform.frontendUrl}/auth/calendly/callback`,
      missingVariables: config.missingVariables,
      servesOrganization: true,
    };
    this.profile = {
      source: CALENDLY.id,
      applicationKey: config.webhookSigningKey,
      keptHeaders: ['content-type', 'user-agent'],
      signatureHeader: SIGNATURE_HEADER,
      concurrency: CALENDLY.concurrency,
      webhookPath: '/api/calendly/webhook',
    };
  }

  exchangeCode(input: CodeExchange): Promise<TokenGrant> {
    return this.client.exchangeCode(input);
  }

  refreshGrant(refreshToken: string): Promise<TokenGrant> {
    return this.client.refresh(refreshToken);
  }

  revokeGrant(token: string): Promise<void> {
    return this.client.revoke(token);
  }

  async readAccount({ accessToken }: ProviderAccess): Promise<ProviderAccount> {
    const user = await this.client.getMe(accessToken);
    const accountId = this.uris.idOf('users', user.uri);
    if (accountId === null || this.uris.idOf('organizations', user.current_organization) === null) {
      throw new ProviderError({ kind: 'contract' });
    }
    return {
      accountId,
      email: user.email,
      name: user.name ?? null,
      options: {
        user_uri: user.uri,
        organization_uri: user.current_organization,
        scheduling_url: user.scheduling_url ?? null,
      },
      settings: { oauth_user_uri: user.uri, ...(user.scheduling_url && { calendly_link: user.scheduling_url }) },
    };
  }

  async listEvents(access: ProviderAccess, window: ReadWindow, pageToken: string | null): Promise<EventPage> {
    const page = await this.client.listEvents(access.accessToken, userUri(access), window, pageToken);
    const nextPageToken = page.pagination.next_page_token ?? null;
    // The page that was asked for cannot be its own successor.
    if (nextPageToken !== null && nextPageToken === pageToken) throw new ProviderError({ kind: 'contract' });
    return {
      events: page.collection.map((event) => ({
        externalEventId: this.requireEventId(event),
        mark: toMark(event),
        source: event,
      })),
      nextPageToken,
      calls: 1,
    };
  }

  async readEvent(access: ProviderAccess, { externalEventId, source }: ListedEvent): Promise<BookingFacts[]> {
    // `listEvents` put it there.
    const event = source as ScheduledEventWire;
    const facts: BookingFacts[] = [];
    const asked = new Set<string>();
    let pageToken: string | null = null;
    do {
      const page: Awaited<ReturnType<CalendlyClient['listInvitees']>> = await this.client.listInvitees(
        access.accessToken,
        externalEventId,
        pageToken,
      );
      facts.push(...page.collection.map((invitee) => toBookingFacts(this.uris, event, invitee)));
      pageToken = page.pagination.next_page_token ?? null;
      // A token for the second time would go on for ever.
      if (pageToken !== null && asked.has(pageToken)) throw new ProviderError({ kind: 'contract' });
      if (pageToken !== null) asked.add(pageToken);
    } while (pageToken !== null);
    return facts;
  }

  async findBooking(access: ProviderAccess, externalId: string): Promise<BookingFacts | null> {
    try {
      const [eventId = ''] = externalId.split('/');
      const event = await this.client.getEvent(access.accessToken, eventId);
      const invitee = await this.client.getInvitee(access.accessToken, externalId);
      const facts = toBookingFacts(this.uris, event, invitee);
      if (facts.externalId !== externalId) throw new ProviderError({ kind: 'contract' });
      return facts;
    } catch (error) {
      if (isHidden(error)) return null;
      throw error;
    }
  }

  async openChannel(
    access: ProviderAccess,
    { url, secret }: { url: string; secret: string },
  ): Promise<{ externalId: string }> {
    const subscription = await this.client.createSubscription(access.accessToken, {
      url,
      organization: String(access.options['organization_uri']),
      user: userUri(access),
      signing_key: secret,
    });
    const externalId = this.uris.idOf('webhook_subscriptions', subscription.uri);
    if (externalId === null) throw new ProviderError({ kind: 'contract' });
    return { externalId };
  }

  async checkChannel(access: ProviderAccess, externalId: string): Promise<'open' | 'failing' | 'lost'> {
    try {
      const { state, retry_started_at } = await this.client.getSubscription(access.accessToken, externalId);
      // A disabled subscription stays so for good: there is no call to enable it again.
      if (state === 'disabled') return 'lost';
      return retry_started_at ? 'failing' : 'open';
    } catch (error) {
      if (isHidden(error)) return 'lost';
      throw error;
    }
  }

  async listChannels(access: ProviderAccess): Promise<ServedChannel[]> {
    const audience = { organization: String(access.options['organization_uri']), user: userUri(access) };
    const served: ServedChannel[] = [];
    const asked = new Set<string | null>();
    let pageToken: string | null = null;
    do {
      // A token for the second time would go on for ever.
      if (asked.has(pageToken)) throw new ProviderError({ kind: 'contract' });
      asked.add(pageToken);
      const page: Awaited<ReturnType<CalendlyClient['listSubscriptions']>> = await this.client.listSubscriptions(
        access.accessToken,
        audience,
        pageToken,
      );
      for (const { uri, callback_url: url } of page.collection) {
        const externalId = this.uris.idOf('webhook_subscriptions', uri);
        if (externalId === null) throw new ProviderError({ kind: 'contract' });
        served.push({ externalId, url });
      }
      pageToken = page.pagination.next_page_token ?? null;
    } while (pageToken !== null);
    return served;
  }

  async closeChannel(access: ProviderAccess, externalId: string): Promise<void> {
    try {
      await this.client.deleteSubscription(access.accessToken, externalId);
    } catch (error) {
      if (!isHidden(error)) throw error;
    }
  }

  verifyDelivery(delivery: RawDelivery, keys: readonly string[], now: Date, maxAgeSeconds?: number): DeliverySeal {
    const seal = verifyDelivery(delivery, keys, now, maxAgeSeconds);
    const isMissing = !seal.verified && seal.reason === 'missing';
    if (isMissing && this.config.allowsUnsigned && isFlatDelivery(delivery.body)) return { verified: true, key: null };
    return seal;
  }

  identifyDelivery(body: Buffer): DeliveryIdentity {
    return identifyDelivery(body);
  }

  readDelivery(body: Buffer, receivedAt?: Date): DeliveryContent {
    return readDelivery(this.uris, body, receivedAt);
  }

  private requireEventId({ uri }: ScheduledEventWire): string {
    const id = this.uris.idOf('scheduled_events', uri);
    if (id === null) throw new ProviderError({ kind: 'contract' });
    return id;
  }
}

function userUri({ options }: ProviderAccess): string {
  return String(options['user_uri']);
}

/** Not there, or not to be seen by this account: to us the same. */
function isHidden(error: unknown): boolean {
  return error instanceof ProviderError && (error.failure.kind === 'gone' || error.failure.kind === 'forbidden');
}
