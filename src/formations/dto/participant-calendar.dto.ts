import { ApiProperty } from '@nestjs/swagger';
import { PARTICIPANT_CALENDAR_STATES, type ParticipantCalendarView } from '../session-copies.js';

export class ParticipantCalendarDto {
  @ApiProperty({
    enum: PARTICIPANT_CALENDAR_STATES,
    example: 'in_calendar',
    description: 'Whether the participant has the dates in a calendar',
  })
  state!: ParticipantCalendarView['state'];

  @ApiProperty({ type: String, nullable: true, example: 'google', description: '`google` or `outlook`' })
  provider!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why not' })
  reason!: string | null;
}
