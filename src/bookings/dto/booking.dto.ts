import { ApiProperty } from '@nestjs/swagger';
import { MEETING_KINDS, type MeetingKind } from '../../notifications/index.js';
import type { BookingRow } from '../booking.row.js';
import { EVENT_STATUSES, eventStatus, type EventStatus, whereOf } from '../bookings.service.js';

export class BookingAnswerDto {
  @ApiProperty({ example: 'Votre projet ?' })
  question!: string;

  @ApiProperty({ example: 'Refaire le site' })
  answer!: string;

  @ApiProperty({ type: 'integer', example: 0 })
  position!: number;
}

export class BookingCancellationDto {
  @ApiProperty({ type: String, enum: ['host', 'invitee', null], nullable: true, example: 'invitee' })
  by!: 'host' | 'invitee' | null;

  @ApiProperty({ type: String, nullable: true, example: 'Empêchement' })
  reason!: string | null;
}

/** One invitee's appointment, whatever its source; the names are those of the Calendly list. */
export class BookingDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: 'calendly', description: 'Where it was booked' })
  provider!: string;

  @ApiProperty({ example: '0198f3c2-5f00-7aa0-8d0e-7a3c1c1f2b77' })
  integration_id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Découverte 30min' })
  event_name!: string | null;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z' })
  event_start_time!: string;

  @ApiProperty({ example: '2026-01-16T16:00:00.000Z' })
  event_end_time!: string;

  @ApiProperty({ enum: EVENT_STATUSES, example: 'active' })
  event_status!: EventStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...MEETING_KINDS, null],
    example: 'on_site',
    description: 'Null when the provider does not say',
  })
  meeting!: MeetingKind | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '12 rue de la Paix, Paris',
    description: 'As people wrote it; null where only the kind of meeting is known',
  })
  location!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://meet.example.test/abc' })
  join_url!: string | null;

  @ApiProperty({ example: 'John Doe' })
  invitee_name!: string;

  @ApiProperty({ type: String, nullable: true, example: 'john.doe@example.test' })
  invitee_email!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '+33 6 12 34 56 78' })
  invitee_phone!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Europe/Paris' })
  invitee_timezone!: string | null;

  @ApiProperty({ type: [BookingAnswerDto], description: 'In the order of the form' })
  invitee_questions!: BookingAnswerDto[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: ['string', 'null'] } as never,
    example: { utm_source: 'newsletter', utm_campaign: null },
  })
  tracking!: Record<string, string | null>;

  @ApiProperty({ type: BookingCancellationDto, nullable: true })
  cancellation!: BookingCancellationDto | null;

  @ApiProperty({ type: String, nullable: true, example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  prospect_id!: string | null;

  @ApiProperty({ example: '2026-01-10T09:00:00.000Z', description: 'When it came in here' })
  created_at!: string;

  @ApiProperty({ example: '2026-01-10T09:00:00.000Z', description: 'When it last changed here' })
  updated_at!: string;
}

export function toBookingDto(row: BookingRow): BookingDto {
  return {
    id: row.id,
    provider: row.provider,
    integration_id: row.integration_id,
    event_name: row.event_name,
    event_start_time: row.starts_at.toISOString(),
    event_end_time: row.ends_at.toISOString(),
    event_status: eventStatus(row),
    ...whereOf(row),
    invitee_name: row.invitee_name,
    invitee_email: row.invitee_email,
    invitee_phone: row.invitee_phone,
    invitee_timezone: row.invitee_timezone,
    invitee_questions: row.questions.map(({ question, answer, position }) => ({ question, answer, position })),
    tracking: row.tracking,
    cancellation: row.cancellation && { by: row.cancellation.by, reason: row.cancellation.reason },
    prospect_id: row.prospect_id,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
