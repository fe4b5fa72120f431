import { ApiPropertyOptional } from '@nestjs/swagger';
import { MayBeAbsent } from './absence.js';
import { IsMailbox } from './is-mailbox.js';
import { WriteFormationParticipantDto } from './write-formation-participant.dto.js';

/** Fields that are left out stay as they are. */
export class UpdateFormationParticipantDto extends WriteFormationParticipantDto {
  @ApiPropertyOptional({
    example: 'camille.martin@example.com',
    maxLength: 254,
    description: 'One mailbox. Once in the formation, whatever its case',
  })
  @MayBeAbsent()
  @IsMailbox()
  email?: string;
}
