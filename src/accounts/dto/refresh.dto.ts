import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class RefreshDto {
  @ApiProperty({ example: 'Zr0m…', description: 'The newest refresh token of the session; good for one renewal' })
  @IsString()
  @Length(1, 200)
  refresh_token!: string;
}
