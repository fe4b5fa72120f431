import { type CalendarProvider, calendarSettingsOf, isCalendarProvider, lacking } from '../calendars/index.js';
import type { ChannelFacts } from '../deliveries/index.js';
import { type AccessHealth, type Integration, isPushed, type OAuthProvider, pauseOf } from '../integrations/index.js';
import type { CurrentReadings } from '../sync/index.js';
import type { AccountFacts, ConnectionFacts, ConnectionVerdict } from './connection-state.js';

/** What several rooms know of one account. */
export interface ConnectedAccount {
  readonly integration: Integration;
  readonly health: AccessHealth | null;
  readonly channel: ChannelFacts | null;
  readonly readings: CurrentReadings;
  readonly counts: { readonly events: number; readonly prospects: number };
  /** Who paused it, by name. */
  readonly pausedBy: string | null;
}

/** One card: a provider, the account connected there or none, and the verdict on both. */
export interface Connection {
  readonly provider: OAuthProvider;
  readonly account: ConnectedAccount | null;
  readonly verdict: ConnectionVerdict;
  /** Days of the past that an import takes over, where that can be chosen. */
  readonly importDays: number | null;
}

export function kindOf(provider: OAuthProvider): 'booking' | 'calendar' {
  return isCalendarProvider(provider) ? 'calendar' : 'booking';
}

/** Whether changes are pushed at this moment: a channel whose time is over pushes nothing, whoever has noticed. */
export function isRealTime(
  { integration, channel }: Pick<ConnectedAccount, 'integration' | 'channel'>,
  now: Date,
): boolean {
  const isOpen = channel?.state === 'open' && (channel.expires_at === null || channel.expires_at > now);
  return isOpen && isPushed(integration);
}

export function toFacts(
  provider: OAuthProvider,
  account: ConnectedAccount | null,
  { now, isAddressLocal }: { now: Date; isAddressLocal: boolean },
): ConnectionFacts {
  const { missingVariables } = provider.oauth;
  return { missingVariables, account: account && toAccountFacts(provider, account, now, isAddressLocal) };
}

function toAccountFacts(
  provider: OAuthProvider,
  account: ConnectedAccount,
  now: Date,
  isAddressLocal: boolean,
): AccountFacts {
  const { integration, channel, readings, health } = account;
  const { underWay, awaiting } = readings;
  const refusal = integration.options['channel_refusal'];
  return {
    status: integration.status,
    statusReason: integration.status_reason,
    statusChangedAt: integration.status_changed_at,
    connectedAt: integration.connected_at,
    lacksScopes: isCalendarProvider(provider) && lacking(integration, neededScopes(provider)).length > 0,
    callsNotBefore: health?.calls_not_before ?? null,
    isPaused: isPaused(provider, account, now),
    pausedAt: pauseOf(integration).since,
    reading: underWay && {
      isTakeover: underWay.trigger === 'initial' || underWay.trigger === 'backfill',
      since: underWay.started_at ?? underWay.created_at,
    },
    awaitsApproval: awaiting !== null,
    lastSyncedAt: integration.last_synced_at,
    readsByItself: integration.auto_sync_enabled,
    intervalMinutes: integration.sync_interval_minutes,
    isRealTime: isRealTime(account, now),
    isChannelOpening: channel?.state === 'opening',
    channelRefusal: typeof refusal === 'string' ? refusal : null,
    isAddressLocal,
  };
}

/**
 * Nothing comes in by itself. A calendar has one switch for that. Bookings have one too; besides, an account that is
 * neither read at intervals nor pushed to us rests as well.
 */
export function isPaused(
  provider: OAuthProvider,
  account: Pick<ConnectedAccount, 'integration' | 'channel'>,
  now: Date,
): boolean {
  const { integration } = account;
  if (isCalendarProvider(provider)) return !calendarSettingsOf(integration).sync;
  return integration.options['paused'] === true || (!integration.auto_sync_enabled && !isRealTime(account, now));
}

function neededScopes({ calendar }: CalendarProvider): string[] {
  return [...calendar.scopes.read, ...calendar.scopes.write];
}
