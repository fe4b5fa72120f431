import { ApiProperty } from '@nestjs/swagger';

export class CalendlyConnectedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ example: 'Calendly connected successfully' })
  message!: string;

  @ApiProperty({ example: 'nora@example.test' })
  email!: string;
}

export class AuthUrlDto {
  @ApiProperty({ example: 'https://auth.calendly.com/oauth/authorize?client_id=…' })
  authUrl!: string;

  @ApiProperty({ example: 'q8Jd0…' })
  state!: string;
}
