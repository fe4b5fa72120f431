import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Locale } from '../../../platform/errors/problem.js';

export class ShowMailQuery {
  @ApiPropertyOptional({
    enum: ['fr', 'en'],
    example: 'en',
    description: 'The language of the preview; that of the mail itself when not given',
  })
  @IsOptional()
  @IsIn(['fr', 'en'])
  locale?: Locale;
}
