import { ApiProperty } from '@nestjs/swagger';

export class SyncAcceptedDto {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', description: 'See GET /api/sync-runs/{id}' })
  run_id!: string;
}

export class SuccessDto {
  @ApiProperty({ example: true })
  success!: true;
}
