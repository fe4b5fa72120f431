import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { explainStatus, isPushed, statusCode } from '../../integrations/index.js';
import type { Locale } from '../../platform/errors/problem.js';
import { IsCleanText } from '../../platform/http/clean-text.js';
import type { CalendarAccount } from '../calendar-accounts.js';
import type { CalendarChoice } from '../calendar-provider.js';
import { calendarSettingsOf, missingScopesOf } from '../calendar-settings.js';

const STATES = ['not_configured', 'disconnected', 'connected', 'insufficient_scope', 'needs_reauth', 'error'] as const;

export class CalendarSettingsDto {
  @ApiProperty({ example: true, description: 'External events come in' })
  import!: boolean;

  @ApiProperty({ example: true, description: 'Formations go out' })
  export!: boolean;

  @ApiProperty({ example: true, description: 'Both by themselves, whenever either side changes' })
  sync!: boolean;
}

export class PatchCalendarSettingsDto {
  @ApiPropertyOptional({ example: true })
  @IsOptional()
  @IsBoolean()
  import?: boolean;

  @ApiPropertyOptional({ example: true })
  @IsOptional()
  @IsBoolean()
  export?: boolean;

  @ApiPropertyOptional({ example: true })
  @IsOptional()
  @IsBoolean()
  sync?: boolean;

  @ApiPropertyOptional({ example: 'camille@example.test', description: 'One of GET /calendars that can be written to' })
  @IsOptional()
  @IsCleanText({ min: 1, max: 1024 })
  calendar_id?: string;
}

export class DisconnectCalendarQuery {
  @ApiPropertyOptional({ enum: ['keep', 'erase'], default: 'keep', description: 'What becomes of imported events' })
  @IsOptional()
  @IsIn(['keep', 'erase'])
  data?: 'keep' | 'erase';
}

export class CalendarDisconnectedDto {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: 0, description: 'Imported events that were erased' })
  erased_events!: number;
}

export class CalendarAccountDto {
  @ApiProperty({ type: String, nullable: true, example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  id!: string | null;

  @ApiProperty({ example: 'google', description: 'google or outlook' })
  type!: string;

  @ApiProperty({ example: true })
  connected!: boolean;

  @ApiProperty({ enum: STATES, example: 'connected' })
  status!: (typeof STATES)[number];

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why, and what to do' })
  status_reason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'The reason as one stable word' })
  status_code!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'camille@example.test' })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'camille@example.test', description: 'The chosen calendar' })
  calendar_id!: string | null;

  @ApiProperty({ type: CalendarSettingsDto })
  settings!: CalendarSettingsDto;

  @ApiProperty({ example: [], description: 'Permissions that were asked for and not given', type: [String] })
  missing_scopes!: string[];

  @ApiProperty({ type: String, nullable: true, example: '2026-03-01T08:00:00.000Z' })
  last_synced_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-03-01T08:30:00.000Z' })
  next_sync_at!: string | null;

  @ApiProperty({ enum: ['push', 'polling'], example: 'push' })
  delivery_mode!: 'push' | 'polling';

  @ApiProperty({ example: 0, description: 'Events that could not be placed in time, and are not shown' })
  set_aside!: number;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'The reading that waits for agreement' })
  approval_run_id!: string | null;
}

export class CalendarChoiceDto {
  @ApiProperty({ example: 'camille@example.test' })
  id!: string;

  @ApiProperty({ example: 'google' })
  type!: string;

  @ApiProperty({ example: 'Camille' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Europe/Paris' })
  time_zone!: string | null;

  @ApiProperty({ example: true })
  primary!: boolean;

  @ApiProperty({ example: true })
  can_write!: boolean;
}

export function toCalendarAccountDto(account: CalendarAccount, locale: Locale): CalendarAccountDto {
  const { provider, integration } = account;
  const missing = provider.oauth.missingVariables;
  const base = { type: provider.calendar.type, set_aside: account.setAside, approval_run_id: account.awaitingRunId };
  if (integration === null) {
    const reason = locale === 'fr' ? 'Variables manquantes' : 'Missing variables';
    return {
      ...base,
      id: null,
      connected: false,
      status: missing.length > 0 ? 'not_configured' : 'disconnected',
      status_reason: missing.length > 0 ? `${reason} : ${missing.join(', ')}` : null,
      status_code: missing.length > 0 ? 'not_configured' : null,
      email: null,
      calendar_id: null,
      settings: { import: true, export: true, sync: true },
      missing_scopes: [],
      last_synced_at: null,
      next_sync_at: null,
      delivery_mode: 'polling',
    };
  }
  const settings = calendarSettingsOf(integration);
  const missingScopes = missingScopesOf(integration);
  return {
    ...base,
    id: integration.id,
    connected: integration.status === 'connected' || integration.status === 'error',
    ...stateOf(account, missingScopes, locale),
    email: integration.account_email,
    calendar_id: settings.calendarId,
    settings: { import: settings.import, export: settings.export, sync: settings.sync },
    missing_scopes: missingScopes,
    last_synced_at: integration.last_synced_at?.toISOString() ?? null,
    next_sync_at: integration.next_sync_at?.toISOString() ?? null,
    delivery_mode: isPushed(integration) ? 'push' : 'polling',
  };
}

export function toCalendarChoiceDto(choice: CalendarChoice, type: string): CalendarChoiceDto {
  const { id, name, timeZone, isPrimary, canWrite } = choice;
  return { id, type, name, time_zone: timeZone, primary: isPrimary, can_write: canWrite };
}

/** A permission that is missing says more than what failed for the lack of it. */
function stateOf(
  { provider, integration }: CalendarAccount,
  missingScopes: string[],
  locale: Locale,
): Pick<CalendarAccountDto, 'status' | 'status_reason' | 'status_code'> {
  const status = integration?.status ?? 'disconnected';
  if (status !== 'needs_reauth' && missingScopes.length > 0) {
    const list = missingScopes.join(', ');
    return {
      status: 'insufficient_scope',
      status_code: 'insufficient_scope',
      status_reason:
        locale === 'fr'
          ? `Autorisation non accordée chez ${provider.displayName} : ${list}. Reconnectez le compte en la cochant.`
          : `Permission not granted at ${provider.displayName}: ${list}. Reconnect the account and tick it.`,
    };
  }
  return {
    status,
    status_reason: explainStatus(integration?.status_reason ?? null, provider.displayName)?.[locale] ?? null,
    status_code: statusCode(integration?.status_reason ?? null),
  };
}
