import { ApiProperty } from '@nestjs/swagger';

export class SessionCopyDto {
  @ApiProperty({ example: 'google', description: '`google` or `outlook`' })
  provider!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'uuid',
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7',
    description: 'Whose calendar it is; null for somebody who does not take part',
  })
  participant_id!: string | null;

  @ApiProperty({ example: 'synced', description: 'How far the event is what the session says' })
  state!: string;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'A stable code of what went wrong' })
  error!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'https://calendar.google.com/calendar/event?eid=abc',
    description: 'The event’s page',
  })
  html_link!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '019f6b1e3c2a7a519d5b0c2f4be0a1d8', description: 'There' })
  event_id!: string | null;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time', description: 'When that last changed' })
  updated_at!: string;
}
