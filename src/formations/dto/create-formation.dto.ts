import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { MAX_PARTICIPANTS, MAX_SESSIONS, MAX_TITLE } from '../formation-limits.js';
import { MayBeAbsent } from './absence.js';
import { CreateFormationParticipantDto } from './create-formation-participant.dto.js';
import { CreateFormationSessionDto } from './create-formation-session.dto.js';
import { IsListOfObjects } from './is-list-of-objects.js';
import { WriteFormationDto } from './write-formation.dto.js';

export class CreateFormationDto extends WriteFormationDto {
  @ApiProperty({ example: 'Habilitation électrique', maxLength: MAX_TITLE })
  @IsCleanText({ min: 1, max: MAX_TITLE })
  title!: string;

  @ApiPropertyOptional({
    type: [CreateFormationSessionDto],
    maxItems: MAX_SESSIONS,
    description: 'Dates for everybody; those for one participant alone are added once there are participants',
  })
  @MayBeAbsent()
  @IsListOfObjects({ max: MAX_SESSIONS })
  @ValidateNested({ each: true })
  @Type(() => CreateFormationSessionDto)
  sessions?: CreateFormationSessionDto[];

  @ApiPropertyOptional({ type: [CreateFormationParticipantDto], maxItems: MAX_PARTICIPANTS })
  @MayBeAbsent()
  @IsListOfObjects({ max: MAX_PARTICIPANTS })
  @ValidateNested({ each: true })
  @Type(() => CreateFormationParticipantDto)
  participants?: CreateFormationParticipantDto[];
}
