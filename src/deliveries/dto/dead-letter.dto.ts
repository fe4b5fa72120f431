import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import type { DeadLetter, DeadLetterState, ParkClass } from '../../platform/jobs/index.js';

const STATES = ['parked', 'replayed', 'discarded'] as const;

export class DeadLettersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATES, example: 'parked' })
  @IsOptional()
  @IsIn(STATES)
  state?: DeadLetterState;

  @ApiPropertyOptional({ example: 'deliveries.process' })
  @IsOptional()
  @IsCleanText({ min: 1, max: 100 })
  task?: string;
}

export class DeadLetterDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: 'deliveries.process' })
  task!: string;

  @ApiProperty({ example: { deliveryIds: ['0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77'] }, description: 'Ids only' })
  payload!: Record<string, unknown>;

  @ApiProperty({ enum: ['transient', 'permanent', 'crash_loop'], example: 'transient' })
  error_class!: ParkClass;

  @ApiProperty({ example: 'provider/temporary' })
  error_code!: string;

  @ApiProperty({ example: 8 })
  attempts!: number;

  @ApiProperty({ enum: STATES, example: 'parked' })
  state!: DeadLetterState;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z' })
  first_failed_at!: string;

  @ApiProperty({ example: '2026-01-17T03:30:00.000Z' })
  parked_at!: string;
}

export class DeadLetterActionDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ example: true, description: 'False when it was replayed or discarded before' })
  changed!: boolean;
}

export function toDeadLetterDto(letter: DeadLetter): DeadLetterDto {
  return {
    id: letter.id,
    task: letter.task,
    payload: letter.payload,
    error_class: letter.errorClass,
    error_code: letter.errorCode,
    attempts: letter.attempts,
    state: letter.state,
    first_failed_at: letter.firstFailedAt.toISOString(),
    parked_at: letter.parkedAt.toISOString(),
  };
}
