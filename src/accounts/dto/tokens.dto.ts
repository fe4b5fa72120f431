import { ApiProperty } from '@nestjs/swagger';
import { UserDto } from './user.dto.js';

export class TokensDto {
  @ApiProperty({ example: 'eyJhbGciOiJIUzI1NiIs…', description: 'For the Authorization header' })
  access_token!: string;

  @ApiProperty({ example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({ example: 900, description: 'Seconds until the access token ends' })
  expires_in!: number;

  @ApiProperty({ example: 'Zr0m…', description: 'Good for one renewal; replaces the one before' })
  refresh_token!: string;

  @ApiProperty({ type: UserDto })
  user!: UserDto;
}
