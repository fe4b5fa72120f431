import { ApiPropertyOptional } from '@nestjs/swagger';
import { MayBeAbsent } from './absence.js';
import { CreateFormationSessionDto } from './create-formation-session.dto.js';
import { IsId } from './is-id.js';

/**
 * Texts that are left out are the formation's from now on; the time zone, the status and for whom it is stay as they are.
 */
export class ReplaceFormationSessionDto extends CreateFormationSessionDto {
  @ApiPropertyOptional({
    format: 'uuid',
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5',
    description: 'Of a session that there is already',
  })
  @MayBeAbsent()
  @IsId()
  id?: string;
}
