import { ApiPropertyOptional } from '@nestjs/swagger';
import { MayBeAbsent } from './absence.js';
import { CreateFormationParticipantDto } from './create-formation-participant.dto.js';
import { IsId } from './is-id.js';

/** A name or a role that is left out stays as it is. */
export class ReplaceFormationParticipantDto extends CreateFormationParticipantDto {
  @ApiPropertyOptional({
    format: 'uuid',
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7',
    description: 'Of somebody who takes part already; without it the address decides',
  })
  @MayBeAbsent()
  @IsId()
  id?: string;
}
