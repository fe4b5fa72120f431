import { ApiProperty } from '@nestjs/swagger';
import { SESSION_STATUSES, type SessionStatus } from '../formation-session.row.js';
import { SessionCopyDto } from './session-copy.dto.js';

export class FormationSessionDto {
  @ApiProperty({ example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5', format: 'uuid', description: 'Ours' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Jour 1 : théorie', description: 'Null: the formation’s' })
  title!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Null: the formation’s. Empty: none, since somebody emptied it in a calendar',
  })
  description!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Salle 2',
    description: 'Null: the formation’s. Empty: none, since somebody emptied it in a calendar',
  })
  location!: string | null;

  @ApiProperty({ example: '2026-03-10T08:00:00.000Z', format: 'date-time', description: 'Begin' })
  starts_at!: string;

  @ApiProperty({ example: '2026-03-10T16:00:00.000Z', format: 'date-time', description: 'End' })
  ends_at!: string;

  @ApiProperty({ example: 'Europe/Paris', description: 'IANA zone in which it takes place' })
  time_zone!: string;

  @ApiProperty({ enum: SESSION_STATUSES, example: 'scheduled' })
  status!: SessionStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'uuid',
    example: null,
    description: 'The participant whose date it is alone; null for everybody’s',
  })
  participant_id!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'uuid',
    example: null,
    description: 'The general session that this participant does not get because of it',
  })
  replaces_session_id!: string | null;

  @ApiProperty({ type: [SessionCopyDto], description: 'How it stands in external calendars' })
  copies!: SessionCopyDto[];
}
