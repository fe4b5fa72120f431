import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { progressOf } from '../sync-progress.js';
import { FULL_REASONS, type FullReason, SYNC_MODES, type SyncMode } from '../sync-mode.js';
import {
  type CalendarCounts,
  SYNC_STATES,
  SYNC_TRIGGERS,
  type SyncCounts,
  type SyncRun,
  type SyncState,
  type SyncTrigger,
} from '../sync-run.js';

export class SyncProgressDto {
  @ApiProperty({ example: 38, description: 'Events gone through so far' })
  done!: number;

  @ApiProperty({ type: Number, nullable: true, example: 120, description: 'Events known so far; null when not told' })
  total!: number | null;
}

/** Of bookings or of a calendar; one that has not begun has counted nothing. */
export class SyncCountsDto implements Partial<SyncCounts & CalendarCounts> {
  @ApiPropertyOptional({ example: 500, description: 'Events listed by the provider' })
  listed?: number;

  @ApiPropertyOptional({ example: 2, description: 'Bookings: events asked for in full, because they had moved' })
  read?: number;

  @ApiPropertyOptional({ example: 1 })
  created?: number;

  @ApiPropertyOptional({ example: 1 })
  updated?: number;

  @ApiPropertyOptional({ example: 0 })
  unchanged?: number;

  @ApiPropertyOptional({ example: 1, description: 'Bookings: people who were not known' })
  prospects_created?: number;

  @ApiPropertyOptional({ example: 120, description: 'Bookings: events known so far, while a page is being read' })
  expected?: number;

  @ApiPropertyOptional({ example: 0, description: 'Calendars: events that are no longer there' })
  removed?: number;

  @ApiPropertyOptional({ example: 0, description: 'Calendars: events whose times could not be read' })
  set_aside?: number;
}

export class SyncRunDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: 'calendly' })
  provider!: string;

  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  integration_id!: string;

  @ApiProperty({
    enum: SYNC_TRIGGERS,
    example: 'manual',
  })
  trigger!: SyncTrigger;

  @ApiProperty({
    enum: SYNC_STATES,
    example: 'succeeded',
  })
  state!: SyncState;

  @ApiProperty({ enum: SYNC_MODES, example: 'changes', description: 'full: everything was read and compared' })
  mode!: SyncMode;

  @ApiProperty({
    type: String,
    enum: [...FULL_REASONS, null],
    nullable: true,
    example: null,
    description: 'Why everything was read; null when only changes were',
  })
  full_reason!: FullReason | null;

  @ApiProperty({ type: SyncCountsDto, description: 'What it came to so far' })
  counts!: SyncCountsDto;

  @ApiProperty({ type: SyncProgressDto, nullable: true, description: 'While it is queued or running' })
  progress!: SyncProgressDto | null;

  @ApiProperty({ example: 7, description: 'Calls made to the provider' })
  provider_calls!: number;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'A stable word when the run failed' })
  error_code!: string | null;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.100Z' })
  started_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:02.400Z' })
  finished_at!: string | null;
}

export function toSyncRunDto(run: SyncRun): SyncRunDto {
  return {
    id: run.id,
    provider: run.provider,
    integration_id: run.integration_id,
    trigger: run.trigger,
    state: run.state,
    mode: run.mode,
    full_reason: run.mode === 'full' ? run.full_reason : null,
    counts: run.counts,
    progress: run.finished_at === null && run.state !== 'needs_approval' ? progressOf(run) : null,
    provider_calls: run.provider_calls,
    error_code: run.error_code,
    created_at: run.created_at.toISOString(),
    started_at: run.started_at?.toISOString() ?? null,
    finished_at: run.finished_at?.toISOString() ?? null,
  };
}
