import { ApiProperty } from '@nestjs/swagger';
import type { SyncMode, SyncRun, SyncState, SyncTrigger } from '../sync-run.js';

export class SyncRunDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: 'calendly' })
  provider!: string;

  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  integration_id!: string;

  @ApiProperty({
    enum: ['initial', 'backfill', 'schedule', 'manual', 'recovery', 'push', 'approval'],
    example: 'manual',
  })
  trigger!: SyncTrigger;

  @ApiProperty({
    enum: ['queued', 'running', 'succeeded', 'failed', 'needs_approval', 'canceled'],
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
    provider_calls: run.provider_calls,
    error_code: run.error_code,
    created_at: run.created_at.toISOString(),
    started_at: run.started_at?.toISOString() ?? null,
    finished_at: run.finished_at?.toISOString() ?? null,
  };
}
