import { ApiProperty } from '@nestjs/swagger';

class AuthUrlDataDto {
  @ApiProperty({ example: 'https://accounts.google.com/o/oauth2/v2/auth?…', description: 'To open in the browser' })
  authUrl!: string;
}

export class CalComAuthUrlDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ type: AuthUrlDataDto })
  data!: AuthUrlDataDto;
}

class LinkedDataDto {
  @ApiProperty({ example: 'google' })
  type!: string;

  @ApiProperty({ example: true })
  connected!: true;
}

export class CalComLinkedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ type: LinkedDataDto })
  data!: LinkedDataDto;
}

export class CalComSuccessDto {
  @ApiProperty({ example: true })
  success!: true;
}

export class CalComSyncAcceptedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', description: 'See GET /api/sync-runs/{id}' })
  run_id!: string;
}
