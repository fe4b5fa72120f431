import { ApiProperty } from '@nestjs/swagger';

class AtomsDataDto {
  @ApiProperty({ example: 'clx0abc123' })
  clientId!: string;

  @ApiProperty({ example: 'https://api.cal.com/v2', description: 'For `options.apiUrl` of CalProvider' })
  apiUrl!: string;

  @ApiProperty({ example: 'https://crm.example/api/cal/refresh', description: 'For `options.refreshUrl`' })
  refreshUrl!: string;

  @ApiProperty({ example: 'eyJhbGciOi…', description: 'Of the person’s managed user, for an hour' })
  accessToken!: string;
}

export class AtomsDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ type: AtomsDataDto })
  data!: AtomsDataDto;
}

/** The form that Cal.com's front-end parts expect: the token at the top. */
export class RefreshedTokenDto {
  @ApiProperty({ example: 'eyJhbGciOi…' })
  accessToken!: string;
}
