import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, IsUUID, ValidateIf } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import type { DeliveryState } from '../delivery.js';
import { IsInstant } from './instant.js';

const REPLAYABLE_STATES = ['processed', 'ignored', 'dead'] as const;

/** Absent means any; null is a mistake, not an absence. */
const IfPresent = () => ValidateIf((_, value) => value !== undefined);

/** At least one of these: nobody replays everything by leaving out a word. */
export class ReplayDeliveriesDto {
  @ApiPropertyOptional({ example: 'calendly' })
  @IfPresent()
  @IsCleanText({ min: 1, max: 40 })
  provider?: string;

  @ApiPropertyOptional({ enum: REPLAYABLE_STATES, example: 'dead' })
  @IfPresent()
  @IsIn(REPLAYABLE_STATES)
  state?: DeliveryState;

  @ApiPropertyOptional({ example: 'payload-malformed' })
  @IfPresent()
  @IsCleanText({ min: 1, max: 100 })
  error_code?: string;

  @ApiPropertyOptional({ example: '2026-01-01T00:00:00Z', description: 'Received at this instant or later' })
  @IfPresent()
  @IsInstant()
  since?: Date;

  @ApiPropertyOptional({ example: '2026-02-01T00:00:00Z', description: 'Received before this instant; default: now' })
  @IfPresent()
  @IsInstant()
  until?: Date;

  @ApiPropertyOptional({ example: 'john.doe@example.test' })
  @IfPresent()
  @IsEmail()
  email?: string;

  @ApiPropertyOptional({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77', format: 'uuid' })
  @IfPresent()
  @IsUUID()
  integration_id?: string;

  @ApiPropertyOptional({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78', format: 'uuid' })
  @IfPresent()
  @IsUUID()
  booking_id?: string;
}

export class ReplayDeadLettersDto {
  @ApiPropertyOptional({ example: 'deliveries.process' })
  @IfPresent()
  @IsCleanText({ min: 1, max: 100 })
  task?: string;

  @ApiPropertyOptional({ example: 'storage/unavailable' })
  @IfPresent()
  @IsCleanText({ min: 1, max: 100 })
  error_code?: string;

  @ApiPropertyOptional({ example: '2026-01-01T00:00:00Z', description: 'Given up at this instant or later' })
  @IfPresent()
  @IsInstant()
  since?: Date;
}

export class ReplayedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ example: 42, description: 'How many are being worked through again' })
  count!: number;
}
