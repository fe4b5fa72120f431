import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { MAX_PARTICIPANTS, MAX_SESSIONS, MAX_TITLE } from '../formation-limits.js';
import { MayBeAbsent } from './absence.js';
import { ReplaceFormationParticipantDto } from './replace-formation-participant.dto.js';
import { ReplaceFormationSessionDto } from './replace-formation-session.dto.js';
import { IsListOfObjects } from './is-list-of-objects.js';
import { WriteFormationDto } from './write-formation.dto.js';

/** Texts that are left out are emptied; what cannot be empty stays as it is. */
export class ReplaceFormationDto extends WriteFormationDto {
  @ApiProperty({ example: 'Habilitation électrique', maxLength: MAX_TITLE })
  @IsCleanText({ min: 1, max: MAX_TITLE })
  title!: string;

  @ApiPropertyOptional({
    type: [ReplaceFormationSessionDto],
    maxItems: MAX_SESSIONS,
    description: 'All sessions there are to be: those whose `id` is absent are removed, those without one are new',
  })
  @MayBeAbsent()
  @IsListOfObjects({ max: MAX_SESSIONS })
  @ValidateNested({ each: true })
  @Type(() => ReplaceFormationSessionDto)
  sessions?: ReplaceFormationSessionDto[];

  @ApiPropertyOptional({
    type: [ReplaceFormationParticipantDto],
    maxItems: MAX_PARTICIPANTS,
    description: 'All participants there are to be: known by `id`, else by address; those who are absent are removed',
  })
  @MayBeAbsent()
  @IsListOfObjects({ max: MAX_PARTICIPANTS })
  @ValidateNested({ each: true })
  @Type(() => ReplaceFormationParticipantDto)
  participants?: ReplaceFormationParticipantDto[];
}
