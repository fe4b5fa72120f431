import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { MAX_NAME } from '../formation-limits.js';
import { PARTICIPANT_ROLES, type ParticipantRole } from '../formation-participant.row.js';
import { EmptyAsNull, MayBeAbsent } from './absence.js';

/** What people may write of any participant, beside the address. */
export class WriteFormationParticipantDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Camille Martin',
    maxLength: MAX_NAME,
    description: 'Empty or null when unknown',
  })
  @EmptyAsNull()
  @IsOptional()
  @IsCleanText({ max: MAX_NAME })
  name?: string | null;

  @ApiPropertyOptional({
    enum: PARTICIPANT_ROLES,
    example: 'participant',
    description: '`participant` at first; a trainer has the same dates',
  })
  @MayBeAbsent()
  @IsIn(PARTICIPANT_ROLES)
  role?: ParticipantRole;
}
