import { Injectable } from '@nestjs/common';
import { type BookingProvider, isBookingProvider, type RawDelivery, type SealFault } from '../bookings/index.js';
import { ProviderRegistry } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { equalDigests, sha256 } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import { Problem } from '../platform/errors/problem.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { ChannelDirectory, type KnownChannel } from './channel-directory.js';
import { deliveriesNotConfigured, deliveryAddressUnknown, deliveryForged } from './deliveries.problems.js';
import { bodyPlace, bodyText, dedupeKeyOf, type SignedWith } from './delivery.js';
import { DeliveryInbox, type InboxAnswer } from './delivery-inbox.js';
import { keepHeaders } from './kept-headers.js';
import { RejectedDeliveries } from './rejected-deliveries.js';

/**
 * Takes in one pushed request: whose is it, is it genuine, keep it, answer. Nothing else happens before the answer, and
 * nothing in the body decides whose it is.
 */
@Injectable()
export class DeliveryReceiver {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly directory: ChannelDirectory,
    private readonly inbox: DeliveryInbox,
    private readonly rejected: RejectedDeliveries,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly log: EventLog,
  ) {}

  /** On a connection's own address. */
  async receive(providerId: string, token: string, delivery: RawDelivery): Promise<void> {
    const channel = await this.directory.findByToken(token);
    if (channel === null || channel.provider !== providerId) throw new Problem(deliveryAddressUnknown);
    const provider = this.getProvider(providerId);
    const seal = provider.verifyDelivery(delivery, keysOf(provider, channel), this.clock.now());
    if (!seal.verified) {
      this.rejected.note(provider, channel, delivery, seal.reason);
      throw this.refuse(provider, seal.reason);
    }
    await this.keep(provider, channel, delivery, signedWith(provider, seal.key));
  }

  /**
   * On the address that all connections share. Only a key that verified may say whose delivery it is; where that is the
   * application's key, the account named in the then trustworthy body chooses among the connections.
   */
  async receiveShared(providerId: string, delivery: RawDelivery): Promise<void> {
    const provider = this.getProvider(providerId);
    const channels = await this.directory.listByProvider(providerId);
    const keys = [
      ...(provider.profile.applicationKey ? [provider.profile.applicationKey] : []),
      ...channels.map(({ secret }) => secret),
    ];
    if (keys.length === 0) throw new Problem(deliveriesNotConfigured, { retryAfterSeconds: 300 });
    const seal = provider.verifyDelivery(delivery, keys, this.clock.now());
    // Whose it would be is not known, so that there is nobody to keep it for.
    if (!seal.verified) throw this.refuse(provider, seal.reason);
    const { accountIds, outcome } = provider.readDelivery(delivery.body);
    // A body that says what happened and not on whose account can only mean the one connection that there is.
    const isSole = accountIds.length === 0 && outcome.kind !== 'unusable' && areOne(channels);
    const isApplications = seal.key === null || seal.key === provider.profile.applicationKey;
    const meant = channels.filter(
      (channel) =>
        (seal.key !== null && equalDigests(sha256(seal.key), sha256(channel.secret))) ||
        (isApplications && (isSole || accountIds.includes(channel.accountId))),
    );
    if (meant.length === 0) throw new Problem(deliveryAddressUnknown);
    const by = signedWith(provider, seal.key);
    await Promise.all(meant.map((channel) => this.keep(provider, channel, delivery, by)));
  }

  private async keep(
    provider: BookingProvider,
    channel: KnownChannel,
    { body, headers }: RawDelivery,
    by: SignedWith,
  ): Promise<void> {
    const known = provider.identifyDelivery(body);
    const bodyHash = sha256(body);
    const id = newId();
    const answer = await this.inbox.put({
      id,
      organizationId: channel.organizationId,
      integrationId: channel.integrationId,
      channelId: channel.channelId,
      provider: provider.id,
      dedupeKey: dedupeKeyOf(known, bodyHash),
      eventType: known.eventType,
      headers: keepHeaders(headers, provider.profile.keptHeaders),
      sealedBody: channel.cipher.seal(bodyPlace(id), bodyText(body)),
      bodyHash,
      signedWith: by,
    });
    this.count(provider, answer);
    if (answer === 'unknown') throw new Problem(deliveryAddressUnknown);
  }

  private getProvider(id: string): BookingProvider {
    const provider = this.registry.get(id);
    if (!isBookingProvider(provider)) throw new Error(`${id} has no deliveries`);
    return provider;
  }

  private refuse(provider: BookingProvider, reason: SealFault): Problem {
    this.metrics.deliveries.inc({ provider: provider.id, answer: 'refused' });
    this.log.warning('delivery.refused', { provider: provider.id, reason });
    return new Problem(deliveryForged);
  }

  private count(provider: BookingProvider, answer: InboxAnswer): void {
    this.metrics.deliveries.inc({ provider: provider.id, answer });
  }
}

export function signedWith({ profile }: BookingProvider, key: string | null): SignedWith {
  if (key === null) return 'none';
  return key === profile.applicationKey ? 'application' : 'connection';
}

function keysOf(provider: BookingProvider, { secret }: KnownChannel): string[] {
  const { applicationKey } = provider.profile;
  return applicationKey ? [secret, applicationKey] : [secret];
}

function areOne(channels: readonly KnownChannel[]): boolean {
  return new Set(channels.map(({ integrationId }) => integrationId)).size === 1;
}
