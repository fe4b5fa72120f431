import { ApiProperty } from '@nestjs/swagger';
import { calendarSettingsOf, isCalendarProvider } from '../../calendars/index.js';
import { type Integration, statusCode } from '../../integrations/index.js';
import type { Locale } from '../../platform/errors/problem.js';
import { progressOf, SyncProgressDto } from '../../sync/index.js';
import { type Connection, isPaused, isRealTime, kindOf } from '../connection.js';
import {
  CONNECTION_ACTIONS,
  CONNECTION_STATES,
  type ConnectionAction,
  type ConnectionState,
} from '../connection-state.js';
import { explainCause } from '../connection-texts.js';

export class ConnectionCauseDto {
  @ApiProperty({ example: 'plan', description: 'A stable word' })
  code!: string;

  @ApiProperty({ example: 'Sans temps réel', description: 'In the language of Accept-Language' })
  title!: string;

  @ApiProperty({
    example: 'L’abonnement Calendly ne comprend pas les webhooks. Le compte est lu à intervalles réguliers.',
    description: 'Cause, consequence and repair, in the language of Accept-Language',
  })
  detail!: string;
}

export class ConnectionActionDto {
  @ApiProperty({
    enum: CONNECTION_ACTIONS,
    example: 'sync',
    description:
      'What helps most. connect and reconnect open the provider’s consent page; resume, retry and sync are routes of this connection; wait: it passes by itself',
  })
  kind!: ConnectionAction;
}

export class ConnectionCountsDto {
  @ApiProperty({ example: 42, description: 'Appointments, or events of a calendar' })
  events!: number;

  @ApiProperty({ example: 17, description: 'People who booked through this connection' })
  prospects!: number;
}

export class ConnectionSettingsDto {
  @ApiProperty({ example: true, description: 'False: nothing comes in by itself' })
  enabled!: boolean;

  @ApiProperty({ example: true, description: 'The account is read at regular intervals' })
  auto_sync_enabled!: boolean;

  @ApiProperty({ example: 30 })
  sync_interval_minutes!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 30,
    description: 'Of bookings: days of the past that an import takes over',
  })
  import_days!: number | null;

  @ApiProperty({ type: Boolean, nullable: true, example: null, description: 'Of a calendar: external events come in' })
  import!: boolean | null;

  @ApiProperty({ type: Boolean, nullable: true, example: null, description: 'Of a calendar: formations go out' })
  export!: boolean | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Of a calendar: the one that is meant' })
  calendar_id!: string | null;
}

/** One card: a provider and the account connected there, or none. */
export class ConnectionDto {
  @ApiProperty({ example: 'calendly' })
  provider!: string;

  @ApiProperty({ example: 'Calendly', description: 'As people know it' })
  provider_name!: string;

  @ApiProperty({ enum: ['booking', 'calendar'], example: 'booking' })
  kind!: 'booking' | 'calendar';

  @ApiProperty({
    type: String,
    nullable: true,
    example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77',
    description: 'Null where no account is connected',
  })
  integration_id!: string | null;

  @ApiProperty({
    enum: CONNECTION_STATES,
    example: 'polling',
    description: 'One word by precedence: what stands further up this list hides what is below',
  })
  state!: ConnectionState;

  @ApiProperty({ type: ConnectionCauseDto, nullable: true })
  cause!: ConnectionCauseDto | null;

  @ApiProperty({ type: ConnectionActionDto })
  action!: ConnectionActionDto;

  @ApiProperty({
    enum: ['organization', 'person'],
    example: 'organization',
    description: 'Whether an account serves everybody in the organization, or the person who connected it',
  })
  scope!: 'organization' | 'person';

  @ApiProperty({ example: true, description: 'The same as scope = organization' })
  is_shared!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'nora@example.test' })
  account_email!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Nora Petit' })
  account_name!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-10T09:00:00.000Z',
    description: 'Since when it is in this state, where that is known',
  })
  since!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'When the state ends by itself, where that is known: the end of a rate limit',
  })
  resumes_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-10T09:00:00.000Z' })
  connected_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.000Z' })
  last_synced_at!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-16T16:00:00.000Z',
    description: 'Null while nothing is read by itself',
  })
  next_sync_at!: string | null;

  @ApiProperty({ example: false, description: 'Changes are pushed to us as they happen' })
  is_real_time!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Until when the provider has promised that, where its promise ends; it is renewed before',
  })
  real_time_until!: string | null;

  @ApiProperty({ type: ConnectionCountsDto })
  counts!: ConnectionCountsDto;

  @ApiProperty({ type: SyncProgressDto, nullable: true, description: 'Of the reading under way' })
  progress!: SyncProgressDto | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'The reading that waits for agreement, see /api/sync-runs/{id}/removals',
  })
  approval_run_id!: string | null;

  @ApiProperty({ type: [String], example: [], description: 'Variables that the administrator of the server must set' })
  missing_variables!: string[];

  @ApiProperty({
    example: 'https://crm.example/auth/calendly/callback',
    description: 'To be registered at the provider, to the letter',
  })
  redirect_uri!: string;

  @ApiProperty({ type: ConnectionSettingsDto })
  settings!: ConnectionSettingsDto;
}

export function toConnectionDto(connection: Connection, locale: Locale, now: Date): ConnectionDto {
  const { provider, verdict } = connection;
  const { oauth } = provider;
  // A card without an account says so in every field; what has ended keeps its id, and no more.
  const account = connection.account?.integration.is_active ? connection.account : null;
  const integration = account?.integration ?? null;
  const scope = oauth.servesOrganization ? 'organization' : 'person';
  const realTime = account !== null && isRealTime(account, now);
  const settings = settingsOf(connection, now);
  const { underWay = null, awaiting = null } = account?.readings ?? {};
  return {
    provider: provider.id,
    provider_name: provider.displayName,
    kind: kindOf(provider),
    integration_id: connection.account?.integration.id ?? null,
    state: verdict.state,
    cause: causeOf(connection, locale),
    action: { kind: verdict.action },
    scope,
    is_shared: scope === 'organization',
    account_email: integration?.account_email ?? null,
    account_name: integration?.account_name ?? null,
    since: toText(verdict.since),
    resumes_at: toText(verdict.resumesAt),
    connected_at: toText(integration?.connected_at),
    last_synced_at: toText(integration?.last_synced_at),
    next_sync_at: integration && isReadByItself(integration, settings) ? toText(integration.next_sync_at) : null,
    is_real_time: realTime,
    real_time_until: realTime ? toText(account.channel?.expires_at) : null,
    counts: connection.account?.counts ?? { events: 0, prospects: 0 },
    progress: underWay && progressOf(underWay),
    approval_run_id: awaiting?.id ?? null,
    missing_variables: [...oauth.missingVariables],
    redirect_uri: oauth.redirectUri,
    settings,
  };
}

function causeOf({ provider, account, verdict }: Connection, locale: Locale): ConnectionCauseDto | null {
  const { cause, state } = verdict;
  if (cause === null) return null;
  const { title, detail } = explainCause({
    state,
    cause,
    provider: provider.displayName,
    kind: kindOf(provider),
    missingVariables: provider.oauth.missingVariables,
    intervalMinutes: account?.integration.sync_interval_minutes ?? 30,
    pausedBy: account?.pausedBy ?? null,
  });
  return { code: statusCode(cause) ?? cause, title: title[locale], detail: detail[locale] };
}

/** As they are, or as they will be for the first account. */
function settingsOf({ provider, account, importDays }: Connection, now: Date): ConnectionSettingsDto {
  const integration = account?.integration;
  const isCalendar = isCalendarProvider(provider);
  const calendar = isCalendar && integration ? calendarSettingsOf(integration) : null;
  return {
    enabled: !account || !isPaused(provider, account, now),
    auto_sync_enabled: integration?.auto_sync_enabled ?? true,
    sync_interval_minutes: integration?.sync_interval_minutes ?? 30,
    import_days: importDays,
    import: isCalendar ? (calendar?.import ?? true) : null,
    export: isCalendar ? (calendar?.export ?? true) : null,
    calendar_id: calendar?.calendarId ?? null,
  };
}

function isReadByItself({ status }: Integration, { enabled, auto_sync_enabled }: ConnectionSettingsDto): boolean {
  return enabled && auto_sync_enabled && status !== 'needs_reauth';
}

export function toText(instant: Date | null | undefined): string | null {
  return instant?.toISOString() ?? null;
}
