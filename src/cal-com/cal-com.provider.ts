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
} from '../bookings/index.js';
import {
  type CodeExchange,
  type GrantOwner,
  type OAuthProfile,
  type ProviderAccess,
  type ProviderAccount,
  ProviderError,
  type TokenGrant,
} from '../integrations/index.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { CalComClient } from './cal-com.client.js';
import { CalComConfig } from './cal-com.config.js';
import { identifyDelivery, readDelivery, SIGNATURE_HEADER, verifyDelivery } from './cal-com.delivery.js';
import { CalComGrants, modeOf } from './cal-com.grants.js';
import { toBookingFacts, toMark, uidOf, withoutMark } from './cal-com.mapper.js';
import { CAL_COM } from './cal-com.profile.js';
import type { BookingWire } from './cal-com.wire.js';
import { EventTypeMemory } from './event-type-memory.js';

/** Cal.com as a booking provider. Every method reads like its promise in `BookingProvider`. */
@Injectable()
export class CalComProvider implements BookingProvider {
  readonly id = CAL_COM.id;
  readonly displayName = CAL_COM.displayName;
  readonly oauth: OAuthProfile;
  readonly profile: BookingProfile;

  constructor(
    private readonly config: CalComConfig,
    platform: PlatformConfig,
    private readonly client: CalComClient,
    private readonly grants: CalComGrants,
    private readonly eventTypes: EventTypeMemory,
  ) {
    this.oauth = {
      authorizeUrl: `${config.appUrl}/auth/oauth2/authorize`,
      authorizeParams: { client_id: config.clientId ?? '' },
      scopes: CAL_COM.scopes,
      redirectUri: `${platform.publicUrl}/api/cal/oauth-callback`,
      missingVariables: config.missingVariables,
      servesOrganization: config.mode === 'apikey',
    };
    this.profile = {
      source: CAL_COM.source,
      applicationKey: config.webhookSecret,
      keptHeaders: ['content-type', 'x-cal-webhook-version'],
      signatureHeader: SIGNATURE_HEADER,
      concurrency: CAL_COM.concurrency,
      webhookPath: CAL_COM.webhookPath,
      listsChanges: true,
    };
  }

  exchangeCode(input: CodeExchange): Promise<TokenGrant> {
    return this.grants.exchange(input);
  }

  refreshGrant(refreshToken: string, owner?: GrantOwner): Promise<TokenGrant> {
    return this.grants.refresh(refreshToken, owner);
  }

  /** Cal.com documents no way to end a grant; a managed user is not deleted, because with it everything would go. */
  async revokeGrant(): Promise<void> {}

  async readAccount({ accessToken }: ProviderAccess, { options }: TokenGrant): Promise<ProviderAccount> {
    const known = options['cal_user_id'];
    const isManaged = modeOf(options) === 'platform' && typeof known === 'number';
    const user = isManaged
      ? { id: known, email: String(options['email']), name: String(options['name']) }
      : await this.client.getMe(accessToken);
    return {
      accountId: String(user.id),
      email: withoutMark(user.email, this.config.clientId),
      name: user.name ?? null,
      options: { cal_user_id: user.id },
    };
  }

  async listEvents(access: ProviderAccess, window: ReadWindow, pageToken: string | null): Promise<EventPage> {
    const skip = readPageToken(pageToken);
    const { data, pagination } = await this.client.listBookings(access.accessToken, window, skip);
    return {
      events: data.map((booking) => ({ externalEventId: booking.uid, mark: toMark(booking), source: booking })),
      nextPageToken: pagination.hasNextPage ? String(skip + pagination.itemsPerPage) : null,
      calls: 1,
    };
  }

  async readEvent(access: ProviderAccess, { source }: ListedEvent): Promise<BookingFacts[]> {
    // `listEvents` put it there.
    return this.toFacts(access, source as BookingWire);
  }

  async findBooking(access: ProviderAccess, externalId: string): Promise<BookingFacts | null> {
    try {
      const booking = await this.client.findBooking(access.accessToken, uidOf(externalId));
      // Whoever knows a uid is shown its booking, be it somebody else's.
      if (booking === null || !isHostedBy(access, booking)) return null;
      const facts = await this.toFacts(access, booking);
      return facts.find((one) => one.externalId === externalId) ?? null;
    } catch (error) {
      if (isHidden(error)) return null;
      throw error;
    }
  }

  async openChannel(
    access: ProviderAccess,
    { url, secret }: { url: string; secret: string },
  ): Promise<{ externalId: string }> {
    const { id } = await this.client.createWebhook(access.accessToken, { url, secret });
    return { externalId: id };
  }

  async checkChannel(access: ProviderAccess, externalId: string): Promise<'open' | 'failing' | 'lost'> {
    try {
      const { active } = await this.client.getWebhook(access.accessToken, externalId);
      return active ? 'open' : 'lost';
    } catch (error) {
      if (isHidden(error)) return 'lost';
      throw error;
    }
  }

  async closeChannel(access: ProviderAccess, externalId: string): Promise<void> {
    try {
      await this.client.deleteWebhook(access.accessToken, externalId);
    } catch (error) {
      if (!isHidden(error)) throw error;
    }
  }

  verifyDelivery(delivery: RawDelivery, keys: readonly string[]): DeliverySeal {
    return verifyDelivery(delivery, keys);
  }

  identifyDelivery(body: Buffer): DeliveryIdentity {
    return identifyDelivery(body);
  }

  readDelivery(body: Buffer): DeliveryContent {
    return readDelivery(this.config.clientId, body);
  }

  private async toFacts(access: ProviderAccess, booking: BookingWire): Promise<BookingFacts[]> {
    const words = await this.eventTypes.find(access, booking.eventType?.id ?? booking.eventTypeId ?? null);
    return toBookingFacts(booking, words, this.config.clientId);
  }
}

/** How many bookings lie before the page. */
function readPageToken(pageToken: string | null): number {
  if (pageToken === null) return 0;
  if (!/^\d{1,9}$/.test(pageToken)) throw new ProviderError({ kind: 'cursor-expired' });
  return Number(pageToken);
}

function isHostedBy({ options }: ProviderAccess, { hosts }: BookingWire): boolean {
  return hosts.some(({ id }) => id === options['cal_user_id']);
}

/** Not there, or not to be seen by this account: to us the same. */
function isHidden(error: unknown): boolean {
  return error instanceof ProviderError && (error.failure.kind === 'gone' || error.failure.kind === 'forbidden');
}
