import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { CALENDAR_TYPES, type CalendarType } from '../cal-com.profile.js';

/** What a front end's page was given by the redirect, passed on as it came. */
export class SaveCredentialsDto {
  @ApiProperty({ enum: CALENDAR_TYPES, example: 'google' })
  @IsIn(CALENDAR_TYPES)
  type!: CalendarType;

  @ApiPropertyOptional({ example: '4/0Ab…', description: 'Of a consent page, where there was one' })
  @IsOptional()
  @IsCleanText({ max: 4_096 })
  code?: string;

  @ApiPropertyOptional({ example: 'q8Jd0…' })
  @IsOptional()
  @IsCleanText({ max: 8_192 })
  state?: string;
}
