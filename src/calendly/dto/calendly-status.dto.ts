import { ApiProperty } from '@nestjs/swagger';

const STATUSES = ['connected', 'needs_reauth', 'error', 'disconnected', 'not_configured'] as const;

export class CalendlyStatusDto {
  @ApiProperty({ example: true })
  connected!: boolean;

  @ApiProperty({ example: true, description: 'False: bookings are not taken in until it is switched on again' })
  enabled!: boolean;

  @ApiProperty({ enum: STATUSES, example: 'connected' })
  status!: (typeof STATUSES)[number];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'L’abonnement Calendly ne comprend pas les webhooks. Le compte est lu à intervalles réguliers.',
    description: 'Cause and repair, in the language of Accept-Language',
  })
  status_reason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'plan', description: 'The reason as one stable word' })
  status_code!: string | null;

  @ApiProperty({ example: 'simple' })
  mode!: string;

  @ApiProperty({ type: String, nullable: true, example: 'nora@example.test' })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Nora Petit' })
  user_name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://api.calendly.com/users/U1' })
  user_uri!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://calendly.com/nora-petit' })
  calendly_link!: string | null;

  @ApiProperty({ example: true })
  auto_sync_enabled!: boolean;

  @ApiProperty({ example: 30 })
  sync_interval_minutes!: number;

  @ApiProperty({ example: 30, description: 'Days of the past that an import takes over' })
  import_days!: number;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.000Z' })
  last_synced_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T16:00:00.000Z' })
  next_sync_at!: string | null;

  @ApiProperty({ example: true })
  webhook_active!: boolean;

  @ApiProperty({ enum: ['webhook', 'polling'], example: 'webhook' })
  delivery_mode!: 'webhook' | 'polling';
}
