import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import type { Delivery, DeliveryState } from '../delivery.js';

const STATES = ['received', 'processed', 'ignored', 'dead'] as const;

export class DeliveryQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'calendly' })
  @IsOptional()
  @IsCleanText({ min: 1, max: 40 })
  provider?: string;

  @ApiPropertyOptional({ enum: STATES, example: 'dead' })
  @IsOptional()
  @IsIn(STATES)
  state?: DeliveryState;
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

  @ApiProperty({ enum: STATES, example: 'processed' })
  state!: DeliveryState;

  @ApiProperty({ example: 1, description: 'Times it was worked through' })
  attempts!: number;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it was ignored or given up' })
  error_code!: string | null;

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
    received_at: delivery.received_at.toISOString(),
    processed_at: delivery.processed_at?.toISOString() ?? null,
  };
}
