import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { MAX_TITLE } from '../formation-limits.js';
import { MayBeAbsent } from './absence.js';
import { WriteFormationDto } from './write-formation.dto.js';

/** Fields that are left out stay as they are. */
export class UpdateFormationDto extends WriteFormationDto {
  @ApiPropertyOptional({ example: 'Habilitation électrique', maxLength: MAX_TITLE })
  @MayBeAbsent()
  @IsCleanText({ min: 1, max: MAX_TITLE })
  title?: string;
}
