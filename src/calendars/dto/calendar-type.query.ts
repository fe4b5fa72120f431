import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class CalendarTypeQuery {
  @ApiPropertyOptional({ example: 'google', description: 'google or outlook' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  type?: string;
}
