import { ApiProperty } from '@nestjs/swagger';
import { IsMailbox } from './is-mailbox.js';
import { WriteFormationParticipantDto } from './write-formation-participant.dto.js';

export class CreateFormationParticipantDto extends WriteFormationParticipantDto {
  @ApiProperty({
    example: 'camille.martin@example.com',
    maxLength: 254,
    description: 'One mailbox. Once in the formation, whatever its case',
  })
  @IsMailbox()
  email!: string;
}
