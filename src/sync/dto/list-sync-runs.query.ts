import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import { SYNC_STATES, SYNC_TRIGGERS, type SyncState, type SyncTrigger } from '../sync-run.js';

export class ListSyncRunsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'calendly', maxLength: 40 })
  @IsOptional()
  @IsCleanText({ min: 1, max: 40 })
  provider?: string;

  @ApiPropertyOptional({ enum: SYNC_STATES, example: 'failed' })
  @IsOptional()
  @IsIn(SYNC_STATES)
  state?: SyncState;

  @ApiPropertyOptional({ enum: SYNC_TRIGGERS, example: 'schedule' })
  @IsOptional()
  @IsIn(SYNC_TRIGGERS)
  trigger?: SyncTrigger;

  @ApiPropertyOptional({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77', format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  integration_id?: string;
}
