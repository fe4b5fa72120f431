import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsOptional, MaxDate, MinDate } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import { EVENT_STATUSES, type EventStatus } from '../bookings.service.js';

export class ListBookingsQuery extends PageQuery {
  @ApiPropertyOptional({ example: '2026-01-01T00:00:00Z', description: 'Starting at this instant or later' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(new Date('1970-01-01'))
  @MaxDate(new Date('2200-01-01'))
  from?: Date;

  @ApiPropertyOptional({ example: '2026-02-01T00:00:00Z', description: 'Starting before this instant' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(new Date('1970-01-01'))
  @MaxDate(new Date('2200-01-01'))
  to?: Date;

  @ApiPropertyOptional({
    example: '2026-01-16T15:30:00Z',
    description: 'Booked or changed here after this instant: what a client that was away has missed',
  })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(new Date('1970-01-01'))
  @MaxDate(new Date('2200-01-01'))
  after?: Date;

  @ApiPropertyOptional({ enum: EVENT_STATUSES })
  @IsOptional()
  @IsIn(EVENT_STATUSES)
  status?: EventStatus;

  @ApiPropertyOptional({ example: 'calendly', maxLength: 40, description: 'Only those that came from there' })
  @IsOptional()
  @IsCleanText({ min: 1, max: 40 })
  provider?: string;

  @ApiPropertyOptional({
    example: 'doe',
    maxLength: 100,
    description: 'Part of what was booked, or of the invitee’s name or e-mail address',
  })
  @IsOptional()
  @IsCleanText({ max: 100 })
  search?: string;
}
