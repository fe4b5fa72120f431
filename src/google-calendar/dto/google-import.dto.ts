import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { SyncRun } from '../../sync/index.js';

export class GoogleImportStartedDto {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', description: 'See GET /api/sync-runs/{id}' })
  run_id!: string;

  @ApiPropertyOptional({
    example: 'needs_approval',
    description: 'With success false: nothing was removed yet, somebody has to look at what would be',
  })
  state?: string;
}

export class GoogleImportFinishedDto extends GoogleImportStartedDto {
  @ApiProperty({ example: 42, description: 'Events that were not known here' })
  imported!: number;

  @ApiProperty({ example: 3, description: 'Events that have changed' })
  updated!: number;

  @ApiProperty({ example: 1, description: 'Events that are no longer in the calendar' })
  removed!: number;
}

export type GoogleImportDto = GoogleImportStartedDto | GoogleImportFinishedDto;

export function isUnderWay({ state }: SyncRun): boolean {
  return state === 'queued' || state === 'running';
}

export function toGoogleImportDto(run: SyncRun): GoogleImportDto {
  const { id, state } = run;
  if (state === 'needs_approval') return { success: false, state, run_id: id };
  if (isUnderWay(run)) return { success: true, run_id: id };
  const { created: imported = 0, updated = 0, removed = 0 } = run.counts;
  return { success: true, imported, updated, removed, run_id: id };
}
