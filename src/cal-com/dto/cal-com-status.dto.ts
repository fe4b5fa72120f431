import { ApiProperty } from '@nestjs/swagger';
import type { Locale } from '../../platform/errors/problem.js';
import { CAL_COM_MODES, type CalComMode } from '../cal-com.config.js';
import type { Destination, LinkedCalendar } from '../calendar-links.js';

const STATUSES = ['connected', 'needs_reauth', 'error', 'disconnected', 'not_configured'] as const;

export class CalComCalendarDto {
  @ApiProperty({ example: 135, description: 'Cal.com’s number of the consent' })
  credential_id!: number;

  @ApiProperty({ example: 'google_calendar' })
  integration!: string;

  @ApiProperty({ example: 'nora@example.test', description: 'The address, or the kind where no address is known' })
  name!: string;

  @ApiProperty({ enum: ['connected', 'error'], example: 'connected' })
  status!: 'connected' | 'error';

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'What to do, where something is to be done',
  })
  status_reason!: string | null;

  @ApiProperty({ example: true, description: 'Whether new bookings are written into one of its calendars' })
  is_destination!: boolean;

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      required: ['external_id', 'name', 'primary', 'read_only', 'selected'],
      properties: {
        external_id: { type: 'string' },
        name: { type: 'string' },
        primary: { type: 'boolean' },
        read_only: { type: 'boolean' },
        selected: { type: 'boolean' },
      },
    },
    example: [{ external_id: 'nora@example.test', name: 'Nora', primary: true, read_only: false, selected: true }],
  })
  calendars!: { external_id: string; name: string; primary: boolean; read_only: boolean; selected: boolean }[];
}

export class ModeLimitDto {
  @ApiProperty({ example: 'atoms' })
  feature!: string;

  @ApiProperty({ example: 'The React atoms of Cal.com need a managed user, hence the platform mode.' })
  reason!: string;
}

export class CalComStatusDto {
  @ApiProperty({ example: true, description: 'Whether at least one calendar is linked and works' })
  hasConnectedCalendars!: boolean;

  @ApiProperty({ type: [CalComCalendarDto] })
  calendars!: CalComCalendarDto[];

  @ApiProperty({ enum: CAL_COM_MODES, example: 'platform', description: 'How this server connects accounts' })
  mode!: CalComMode;

  @ApiProperty({ type: [ModeLimitDto], description: 'What is not possible in this mode, and why' })
  mode_limits!: ModeLimitDto[];

  @ApiProperty({ example: true })
  connected!: boolean;

  @ApiProperty({
    enum: CAL_COM_MODES,
    nullable: true,
    example: 'platform',
    description: 'How the present connection was made: another way than `mode` when that was changed since',
  })
  connection_mode!: CalComMode | null;

  @ApiProperty({ enum: STATUSES, example: 'connected' })
  status!: (typeof STATUSES)[number];

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Cause and repair, in a sentence' })
  status_reason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'nora@example.test' })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.000Z' })
  last_synced_at!: string | null;

  @ApiProperty({ example: true })
  webhook_active!: boolean;

  @ApiProperty({ enum: ['webhook', 'polling'], example: 'webhook' })
  delivery_mode!: 'webhook' | 'polling';
}

export class CalComStatusAnswerDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ type: CalComStatusDto })
  data!: CalComStatusDto;
}

export function toCalendarDto(
  { credentialId, integration, name, isDead, calendars }: LinkedCalendar,
  destination: Destination | null,
  locale: Locale,
): CalComCalendarDto {
  const isDestination = calendars.some(({ externalId }) => externalId === destination?.externalId);
  return {
    credential_id: credentialId,
    integration,
    name,
    status: isDead ? 'error' : 'connected',
    status_reason: isDead ? deadText(name, locale) : null,
    is_destination: isDestination && destination?.integration === integration,
    calendars: calendars.map((calendar) => ({
      external_id: calendar.externalId,
      name: calendar.name,
      primary: calendar.isPrimary,
      read_only: calendar.isReadOnly,
      selected: calendar.isSelected,
    })),
  };
}

function deadText(name: string, locale: Locale): string {
  return locale === 'fr'
    ? `Cal.com n’a plus accès à ${name} : reliez cet agenda à nouveau. D’ici là, il n’évite aucun conflit d’horaire.`
    : `Cal.com no longer has access to ${name}: link this calendar again. Until then it prevents no conflicts.`;
}
