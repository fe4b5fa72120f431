import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export class SyncConnectionQuery {
  @ApiPropertyOptional({
    enum: ['changes', 'full'],
    default: 'changes',
    description: 'full: everything is read and compared again, wherever former readings stopped',
  })
  @IsOptional()
  @IsIn(['changes', 'full'])
  mode?: 'changes' | 'full';
}

export class ConnectionSyncDto {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', description: 'The reading, see /api/sync-runs/{id}' })
  run_id!: string;
}

export class EndConnectionQuery {
  @ApiPropertyOptional({
    enum: ['keep', 'erase'],
    default: 'keep',
    description: 'What becomes of imported calendar events. Appointments and prospects always stay',
  })
  @IsOptional()
  @IsIn(['keep', 'erase'])
  data?: 'keep' | 'erase';
}

export class ConnectionEndedDto {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: 0, description: 'Imported events that were erased' })
  erased_events!: number;
}
