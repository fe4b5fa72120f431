import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsOptional, MaxDate, MinDate } from 'class-validator';
import { type BookingRow, type EventStatus, eventStatus } from '../../bookings/index.js';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import type { CalendlyUris } from '../calendly.uris.js';

const STATUSES = ['active', 'canceled', 'rescheduled', 'no_show'] as const;

export class CalendlyEventsQuery extends PageQuery {
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

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: EventStatus;

  @ApiPropertyOptional({ example: 'john.doe@example.test' })
  @IsOptional()
  @IsCleanText({ min: 1, max: 254 })
  invitee_email?: string;
}

/** The names of the `calendly_events` view. */
export class CalendlyEventDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: 'https://api.calendly.com/scheduled_events/E1' })
  calendly_event_uri!: string;

  @ApiProperty({ type: String, nullable: true, example: 'https://api.calendly.com/event_types/T1' })
  calendly_event_type!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Découverte 30min' })
  event_name!: string | null;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z' })
  event_start_time!: string;

  @ApiProperty({ example: '2026-01-16T16:00:00.000Z' })
  event_end_time!: string;

  @ApiProperty({ enum: STATUSES, example: 'active' })
  event_status!: EventStatus;

  @ApiProperty({ type: String, nullable: true, example: 'https://meet.example.test/abc' })
  location!: string | null;

  @ApiProperty({ example: 'John Doe' })
  invitee_name!: string;

  @ApiProperty({ type: String, nullable: true, example: 'john.doe@example.test' })
  invitee_email!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Europe/Paris' })
  invitee_timezone!: string | null;

  @ApiProperty({ example: 'https://api.calendly.com/scheduled_events/E1/invitees/I1' })
  invitee_uri!: string;

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      required: ['question', 'answer', 'position'],
      properties: { question: { type: 'string' }, answer: { type: 'string' }, position: { type: 'integer' } },
    },
    example: [{ question: 'Votre projet ?', answer: 'Refaire le site', position: 0 }],
    description: 'In the order of the form',
  })
  invitee_questions!: { question: string; answer: string; position: number }[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: ['string', 'null'] } as never,
    example: { utm_source: 'newsletter', utm_campaign: null },
  })
  tracking!: Record<string, string | null>;

  @ApiProperty({ type: String, nullable: true, example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  prospect_id!: string | null;

  @ApiProperty({ example: '0198f3c2-5f00-7aa0-8d0e-7a3c1c1f2b77' })
  integration_id!: string;

  @ApiProperty({ example: '2026-01-10T09:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ example: '2026-01-10T09:00:00.000Z' })
  updated_at!: string;
}

export function toCalendlyEventDto(uris: CalendlyUris, row: BookingRow): CalendlyEventDto {
  return {
    id: row.id,
    calendly_event_uri: uris.eventUri(row.external_event_id),
    calendly_event_type: row.event_type,
    event_name: row.event_name,
    event_start_time: row.starts_at.toISOString(),
    event_end_time: row.ends_at.toISOString(),
    event_status: eventStatus(row),
    location: row.join_url ?? textOf(row.location?.['location']) ?? textOf(row.location?.['type']),
    invitee_name: row.invitee_name,
    invitee_email: row.invitee_email,
    invitee_timezone: row.invitee_timezone,
    invitee_uri: uris.inviteeUri(row.external_id),
    invitee_questions: row.questions,
    tracking: row.tracking,
    prospect_id: row.prospect_id,
    integration_id: row.integration_id,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
