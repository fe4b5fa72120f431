import { ApiProperty } from '@nestjs/swagger';
import { SyncRunDto } from '../../sync/index.js';

export class SyncAcceptedDto {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', description: 'See GET /api/sync-runs/{id}' })
  run_id!: string;
}

/** A reading that ended while the caller waited: the run, and the two fields that say so without waiting. */
export class SyncFinishedDto extends SyncRunDto {
  @ApiProperty({ example: true, description: 'Whether it succeeded' })
  success!: boolean;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', description: 'The same as `id`' })
  run_id!: string;
}

export class SuccessDto {
  @ApiProperty({ example: true })
  success!: true;
}
