import { ApiProperty } from '@nestjs/swagger';

export class GoogleAuthUrlDto {
  @ApiProperty({ example: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=…' })
  authUrl!: string;

  @ApiProperty({ example: 'q8Jd0…' })
  state!: string;
}

export class GoogleConnectedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ example: 'camille@example.test' })
  email!: string;
}
