import { ApiProperty } from '@nestjs/swagger';
import { PARTICIPANT_ROLES, type ParticipantRole } from '../formation-participant.row.js';
import { ParticipantCalendarDto } from './participant-calendar.dto.js';

export class FormationParticipantDto {
  @ApiProperty({ example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7', format: 'uuid', description: 'Ours' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'uuid',
    example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f',
    description: 'The member of the organization with this address; null as long as there is none',
  })
  user_id!: string | null;

  @ApiProperty({ example: 'camille.martin@example.com', description: 'As it was written' })
  email!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Camille Martin', description: 'Null when unknown' })
  name!: string | null;

  @ApiProperty({ enum: PARTICIPANT_ROLES, example: 'participant' })
  role!: ParticipantRole;

  @ApiProperty({ type: [ParticipantCalendarDto], description: 'Whether the dates stand in calendars of theirs' })
  calendars!: ParticipantCalendarDto[];
}
