import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsOptional, IsString, MaxDate, MaxLength, MinDate } from 'class-validator';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import type { CalendarEventRow } from '../calendar-event.row.js';
import type { ListedCalendarEvent } from '../calendar-events.js';
import type { EventAttendee } from '../event-facts.js';

const STATUSES = ['confirmed', 'tentative', 'cancelled'] as const;

export class CalendarEventsQuery extends PageQuery {
  @ApiPropertyOptional({ example: '2026-03-01T00:00:00Z', description: 'Ending after this instant' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(new Date('1970-01-01'))
  @MaxDate(new Date('2200-01-01'))
  from?: Date;

  @ApiPropertyOptional({ example: '2026-04-01T00:00:00Z', description: 'Beginning before this instant' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(new Date('1970-01-01'))
  @MaxDate(new Date('2200-01-01'))
  to?: Date;

  @ApiPropertyOptional({ example: 'google', description: 'google or outlook' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  type?: string;

  @ApiPropertyOptional({ enum: STATUSES, description: 'Without it: everything that is not cancelled' })
  @IsOptional()
  @IsIn(STATUSES)
  status?: CalendarEventRow['status'];
}

export class CalendarEventAttendeeDto {
  @ApiProperty({ example: 'p@example.test' })
  email!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Paul' })
  name!: string | null;

  @ApiProperty({ enum: ['accepted', 'declined', 'tentative', 'none'], example: 'accepted' })
  response!: EventAttendee['response'];
}

export class CalendarEventDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: 'google' })
  type!: string;

  @ApiProperty({ example: 'camille@example.test' })
  calendar_id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Réunion d’équipe', description: 'Null when private' })
  title!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Ordre du jour…' })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Salle B' })
  location!: string | null;

  @ApiProperty({ example: false })
  all_day!: boolean;

  @ApiProperty({ type: String, nullable: true, example: '2026-03-10T08:00:00.000Z', description: 'Null when all-day' })
  starts_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-03-10T09:00:00.000Z' })
  ends_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Of an all-day event: 2026-03-10' })
  start_date!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'The day after the last one' })
  end_date!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Europe/Paris' })
  time_zone!: string | null;

  @ApiProperty({ enum: STATUSES, example: 'confirmed' })
  status!: CalendarEventRow['status'];

  @ApiProperty({ enum: ['normal', 'private'], example: 'normal' })
  visibility!: CalendarEventRow['visibility'];

  @ApiProperty({ example: true, description: 'Whether the person is busy then' })
  busy!: boolean;

  @ApiProperty({ type: [CalendarEventAttendeeDto] })
  attendees!: CalendarEventAttendeeDto[];

  @ApiProperty({ type: String, nullable: true, example: 'https://calendar.example.test/event/1' })
  html_link!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://meet.example.test/abc' })
  join_url!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'series-1', description: 'The series it is an occurrence of' })
  series_id!: string | null;

  @ApiProperty({ example: '2026-03-01T08:00:00.000Z' })
  updated_at!: string;
}

export function toCalendarEventDto(event: ListedCalendarEvent, type: string): CalendarEventDto {
  return {
    id: event.id,
    type,
    calendar_id: event.calendar_id,
    title: event.title,
    description: event.description,
    location: event.location,
    all_day: event.all_day,
    starts_at: event.starts_at?.toISOString() ?? null,
    ends_at: event.ends_at?.toISOString() ?? null,
    start_date: event.start_date,
    end_date: event.end_date,
    time_zone: event.time_zone,
    status: event.status,
    visibility: event.visibility,
    busy: event.is_busy,
    attendees: event.attendees.map(({ email, name, response }) => ({ email, name, response })),
    html_link: event.html_link,
    join_url: event.join_url,
    series_id: event.series_id,
    updated_at: event.updated_at.toISOString(),
  };
}
