import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';

export class DestinationDto {
  @ApiProperty({ example: 'google_calendar' })
  @Matches(/^[a-z0-9-]{1,40}_calendar$/, { message: 'must be a kind of calendar, such as google_calendar' })
  integration!: string;

  @ApiProperty({ example: 'nora@example.test', description: 'One of those that GET /api/cal/calendars/status shows' })
  @IsCleanText({ min: 1, max: 1_024 })
  externalId!: string;
}
