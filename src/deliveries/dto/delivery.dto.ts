import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import type { BookingEffect, Delivery, DeliveryState } from '../delivery.js';
import { IsInstant } from './instant.js';

export const DELIVERY_STATES = ['received', 'processed', 'ignored', 'dead', 'rejected'] as const;
const EFFECTS = ['created', 'changed', 'unchanged'] as const;

export class DeliveryQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'calendly' })
  @IsOptional()
  @IsCleanText({ min: 1, max: 40 })
  provider?: string;

  @ApiPropertyOptional({ enum: DELIVERY_STATES, example: 'dead' })
  @IsOptional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;

  @ApiPropertyOptional({ example: 'payload-malformed' })
  @IsOptional()
  @IsCleanText({ min: 1, max: 100 })
  error_code?: string;

  @ApiPropertyOptional({ example: '2026-01-01T00:00:00Z', description: 'Received at this instant or later' })
  @IsOptional()
  @IsInstant()
  since?: Date;

  @ApiPropertyOptional({ example: '2026-02-01T00:00:00Z', description: 'Received before this instant' })
  @IsOptional()
  @IsInstant()
  until?: Date;

  @ApiPropertyOptional({
    example: 'john.doe@example.test',
    description: 'Of whoever booked; found through the booking that a delivery led to',
  })
  @IsOptional()
  @IsCleanText({ min: 1, max: 254 })
  email?: string;

  @ApiPropertyOptional({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77', format: 'uuid' })
  @IsOptional()
  @IsUUID()
  booking_id?: string;

  @ApiPropertyOptional({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77', format: 'uuid' })
  @IsOptional()
  @IsUUID()
  integration_id?: string;
}

export class DeliveryDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: 'calendly' })
  provider!: string;

  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  integration_id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'invitee.created' })
  event_type!: string | null;

  @ApiProperty({ enum: DELIVERY_STATES, example: 'processed' })
  state!: DeliveryState;

  @ApiProperty({ example: 1, description: 'Times it was worked through' })
  attempts!: number;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it was ignored, given up or rejected' })
  error_code!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78' })
  booking_id!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...EFFECTS, null],
    example: 'created',
    description: 'What became of the booking; `unchanged` when all of it was known already',
  })
  effect!: BookingEffect | null;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...EFFECTS, null],
    example: 'unchanged',
    description:
      'What became of it the last time it was worked through: a replay that had nothing to add is `unchanged`',
  })
  last_effect!: BookingEffect | null;

  @ApiProperty({
    example: true,
    description: 'Without its body, which is kept for a while only, it cannot be replayed',
  })
  body_kept!: boolean;

  @ApiProperty({
    example: false,
    description: 'Rejected, with what was sent still kept: its signature can be checked again',
  })
  recheckable!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'When its signature was last checked again',
  })
  rechecked_at!: string | null;

  @ApiProperty({
    example: 0,
    description: 'How many more were rejected at the same address around then, counted and not kept',
  })
  others_rejected!: number;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z' })
  received_at!: string;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.080Z' })
  processed_at!: string | null;
}

export function toDeliveryDto(delivery: Delivery): DeliveryDto {
  return {
    id: delivery.id,
    provider: delivery.provider,
    integration_id: delivery.integration_id,
    event_type: delivery.event_type,
    state: delivery.state,
    attempts: delivery.attempts,
    error_code: delivery.error_code,
    booking_id: delivery.booking_id,
    effect: delivery.booking_effect,
    last_effect: delivery.last_effect,
    body_kept: delivery.has_body,
    recheckable: delivery.state === 'rejected' && delivery.has_evidence,
    rechecked_at: delivery.rechecked_at?.toISOString() ?? null,
    others_rejected: delivery.others_rejected,
    received_at: delivery.received_at.toISOString(),
    processed_at: delivery.processed_at?.toISOString() ?? null,
  };
}
