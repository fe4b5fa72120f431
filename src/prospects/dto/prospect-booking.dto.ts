import { ApiProperty } from '@nestjs/swagger';
import { MEETING_KINDS, type MeetingKind } from '../../notifications/index.js';

export class ProspectBookingDto {
  @ApiProperty({ example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d4', format: 'uuid', description: 'Ours' })
  id!: string;

  @ApiProperty({ example: 'calendly', description: 'Where it was booked' })
  provider!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Découverte 30min', description: 'What was booked' })
  event_name!: string | null;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z', format: 'date-time', description: 'Begin' })
  starts_at!: string;

  @ApiProperty({ example: '2026-01-16T16:00:00.000Z', format: 'date-time', description: 'End' })
  ends_at!: string;

  @ApiProperty({ example: 'active', description: '`active`, `canceled`, `rescheduled` or `no_show`' })
  status!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...MEETING_KINDS, null],
    example: 'on_site',
    description: 'Null when the provider does not say',
  })
  meeting!: MeetingKind | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '12 rue de la Paix, Paris',
    description: 'Where it takes place, as people wrote it',
  })
  location!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'https://meet.example.com/abc',
    description: 'Where to join it',
  })
  join_url!: string | null;
}
