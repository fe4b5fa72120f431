import { ApiProperty } from '@nestjs/swagger';
import { progressOf } from '../sync-progress.js';
import {
  SYNC_STATES,
  SYNC_TRIGGERS,
  type SyncMode,
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

  @ApiProperty({ enum: ['changes', 'full'], example: 'changes', description: 'full: everything was read and compared' })
  mode!: SyncMode;

  @ApiProperty({
    example: { listed: 500, read: 2, created: 1, updated: 1, unchanged: 0, prospects_created: 1 },
    description: 'Events listed and read in full; bookings created, updated, unchanged; prospects created',
  })
  counts!: Record<string, number>;

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
    counts: run.counts,
    progress: run.finished_at === null && run.state !== 'needs_approval' ? progressOf(run) : null,
    provider_calls: run.provider_calls,
    error_code: run.error_code,
    created_at: run.created_at.toISOString(),
    started_at: run.started_at?.toISOString() ?? null,
    finished_at: run.finished_at?.toISOString() ?? null,
  };
}
