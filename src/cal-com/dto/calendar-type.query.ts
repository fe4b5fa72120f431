import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { CALENDAR_TYPES, type CalendarType } from '../cal-com.profile.js';

export class CalendarTypeQuery {
  @ApiProperty({ enum: CALENDAR_TYPES, example: 'google' })
  @IsIn(CALENDAR_TYPES)
  type!: CalendarType;
}
