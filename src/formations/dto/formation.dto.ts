import { ApiProperty } from '@nestjs/swagger';
import { FORMATION_STATUSES, type FormationStatus } from '../formation.row.js';

/** What every answer says of a formation. */
export class FormationDto {
  @ApiProperty({ example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d3', format: 'uuid', description: 'Ours' })
  id!: string;

  @ApiProperty({ example: 'Habilitation électrique' })
  title!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Prévoir des chaussures de sécurité.',
    description: 'Plain text',
  })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '12 rue de la Paix, Paris' })
  location!: string | null;

  @ApiProperty({ example: 'Europe/Paris', description: 'IANA zone of sessions that name none' })
  time_zone!: string;

  @ApiProperty({ enum: FORMATION_STATUSES, example: 'confirmed' })
  status!: FormationStatus;

  @ApiProperty({ example: false, description: 'Whether calendars invite the participants by mail' })
  invite_participants!: boolean;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time', description: 'When it was made' })
  created_at!: string;

  @ApiProperty({
    example: '2026-01-12T09:15:30.000Z',
    format: 'date-time',
    description: 'When anything of it last changed, be it a session or a participant',
  })
  updated_at!: string;
}
