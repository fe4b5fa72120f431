import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { PageQuery } from '../../platform/http/page-query.dto.js';

export class ListProspectsQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'doe',
    maxLength: 100,
    description: 'Part of a name, an e-mail address or a phone number',
  })
  @IsOptional()
  @IsCleanText({ max: 100 })
  search?: string;

  @ApiPropertyOptional({ example: 'calendly', maxLength: 40, description: 'Only those who came from there' })
  @IsOptional()
  @IsCleanText({ max: 40 })
  source?: string;

  @ApiPropertyOptional({ example: 'new', maxLength: 40, description: 'Only those with this status' })
  @IsOptional()
  @IsCleanText({ max: 40 })
  status?: string;
}
