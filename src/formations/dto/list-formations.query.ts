import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import { FORMATION_STATUSES, type FormationStatus } from '../formation.row.js';
import { IsInstant } from './is-instant.js';

export class ListFormationsQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'électrique',
    maxLength: 100,
    description: 'Part of the title, of the place, or of a participant’s name or address',
  })
  @IsOptional()
  @IsCleanText({ max: 100 })
  search?: string;

  @ApiPropertyOptional({ enum: FORMATION_STATUSES, example: 'confirmed' })
  @IsOptional()
  @IsIn(FORMATION_STATUSES)
  status?: FormationStatus;

  @ApiPropertyOptional({
    type: String,
    example: '2026-03-01T00:00:00Z',
    description: 'With a session that ends after this instant; a day means its beginning in UTC',
  })
  @IsOptional()
  @IsInstant()
  from?: Date;

  @ApiPropertyOptional({
    type: String,
    example: '2026-04-01',
    description: 'With a session that begins before this instant: together with `from`, one session that does both',
  })
  @IsOptional()
  @IsInstant()
  to?: Date;
}
