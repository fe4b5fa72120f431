import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FULL_REASONS, type FullReason, SYNC_MODES, type SyncMode } from '../sync-mode.js';
import type { RunWithSteps } from '../sync-run.js';
import { STEP_KINDS, type StepCounts, type StepKind, type SyncStep } from '../sync-steps.js';
import { SyncRunDto, toSyncRunDto } from './sync-run.dto.js';

export class StepCountsDto implements StepCounts {
  @ApiPropertyOptional({ example: 100, description: 'Events on the page' })
  listed?: number;

  @ApiPropertyOptional({ example: 2, description: 'Events asked for in full, or asked for by name' })
  read?: number;

  @ApiPropertyOptional({ example: 1 })
  created?: number;

  @ApiPropertyOptional({ example: 1 })
  updated?: number;

  @ApiPropertyOptional({ example: 98 })
  unchanged?: number;

  @ApiPropertyOptional({ example: 0, description: 'Events whose times could not be read' })
  set_aside?: number;

  @ApiPropertyOptional({ example: 0, description: 'Events asked for by name that are still there' })
  alive?: number;

  @ApiPropertyOptional({ example: 15, description: 'What would go' })
  removals?: number;

  @ApiPropertyOptional({ example: 40, description: 'Of how many' })
  live?: number;

  @ApiPropertyOptional({ example: 5, description: 'What went' })
  removed?: number;

  @ApiPropertyOptional({ example: 12, description: 'Steps in the middle that are not kept' })
  steps?: number;
}

export class SyncStepDto implements SyncStep {
  @ApiProperty({ example: '2026-01-16T15:30:00.100Z' })
  at!: string;

  @ApiProperty({ enum: STEP_KINDS, example: 'page_read' })
  kind!: StepKind;

  @ApiPropertyOptional({ enum: SYNC_MODES, example: 'changes', description: 'When it started' })
  mode?: SyncMode;

  @ApiPropertyOptional({ enum: FULL_REASONS, example: 'cursor_expired' })
  full_reason?: FullReason;

  @ApiPropertyOptional({ example: 1, description: 'Counted from 1 in each attempt' })
  page?: number;

  @ApiPropertyOptional({ type: StepCountsDto })
  counts?: StepCountsDto;

  @ApiPropertyOptional({ example: '2026-01-16T15:32:00.000Z', description: 'When it goes on, as the provider asked' })
  until?: string;

  @ApiPropertyOptional({ example: 'temporary', description: 'A stable word: how a call failed, or why it ended' })
  code?: string;

  @ApiPropertyOptional({ example: 'fullSyncRequired', description: 'The provider’s own word' })
  said?: string;

  @ApiPropertyOptional({ example: 410, description: 'Of the provider’s refusal; 0 when it did not answer' })
  status?: number;

  @ApiPropertyOptional({
    example: 'a2b5f3f0-5d0c-4a8e-9a3e-0a6a3f0a9d11',
    description: 'The provider’s name for its answer, where it gives one: what its support asks for',
  })
  request_id?: string;
}

export class SyncRunDetailDto extends SyncRunDto {
  @ApiProperty({ type: [SyncStepDto], description: 'Oldest first; the first 20 and the last 40 of many' })
  steps!: SyncStepDto[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-16T16:00:00.000Z',
    description: 'When this connection is read by itself the next time; null when it is not',
  })
  next_run_at!: string | null;
}

export function toSyncRunDetailDto(run: RunWithSteps, nextRunAt: Date | null): SyncRunDetailDto {
  return { ...toSyncRunDto(run), steps: [...run.steps], next_run_at: nextRunAt?.toISOString() ?? null };
}
