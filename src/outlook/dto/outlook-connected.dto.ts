import { ApiProperty } from '@nestjs/swagger';

export class OutlookAuthUrlDto {
  @ApiProperty({ example: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=…' })
  authUrl!: string;

  @ApiProperty({ example: 'q8Jd0…' })
  state!: string;
}

export class OutlookConnectedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ example: 'dominique@example.test' })
  email!: string;
}
