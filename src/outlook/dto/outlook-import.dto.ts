import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { SyncRun } from '../../sync/index.js';

export class OutlookImportStartedDto {
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

export class OutlookImportFinishedDto extends OutlookImportStartedDto {
  @ApiProperty({ example: 42, description: 'Events that were not known here' })
  imported!: number;

  @ApiProperty({ example: 3, description: 'Events that have changed' })
  updated!: number;

  @ApiProperty({ example: 1, description: 'Events that are no longer in the calendar' })
  removed!: number;
}

export type OutlookImportDto = OutlookImportStartedDto | OutlookImportFinishedDto;

export function isUnderWay({ state }: SyncRun): boolean {
  return state === 'queued' || state === 'running';
}

export function toOutlookImportDto(run: SyncRun): OutlookImportDto {
  const { id, state } = run;
  if (state === 'needs_approval') return { success: false, state, run_id: id };
  if (isUnderWay(run)) return { success: true, run_id: id };
  const count = (name: string) => (run.counts as Readonly<Record<string, number | undefined>>)[name] ?? 0;
  const [imported, updated, removed] = [count('created'), count('updated'), count('removed')];
  return { success: true, imported, updated, removed, run_id: id };
}
