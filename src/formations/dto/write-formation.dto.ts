import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { MAX_DESCRIPTION, MAX_LOCATION } from '../formation-limits.js';
import { FORMATION_STATUSES, type FormationStatus } from '../formation.row.js';
import { EmptyAsNull, MayBeAbsent } from './absence.js';
import { IsTimeZoneName } from './is-time-zone-name.js';

/** What people may write of any formation, beside its title. */
export class WriteFormationDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Prévoir des chaussures de sécurité.',
    maxLength: MAX_DESCRIPTION,
    description: 'Plain text; empty or null for none',
  })
  @EmptyAsNull()
  @IsOptional()
  @IsCleanText({ max: MAX_DESCRIPTION, multiline: true })
  description?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '12 rue de la Paix, Paris',
    maxLength: MAX_LOCATION,
    description: 'Empty or null for none',
  })
  @EmptyAsNull()
  @IsOptional()
  @IsCleanText({ max: MAX_LOCATION })
  location?: string | null;

  @ApiPropertyOptional({
    example: 'Europe/Paris',
    description:
      'IANA zone of sessions that name none; the organization’s at first. Changing it moves no session that exists',
  })
  @MayBeAbsent()
  @IsTimeZoneName()
  time_zone?: string;

  @ApiPropertyOptional({
    enum: FORMATION_STATUSES,
    example: 'confirmed',
    description: '`confirmed` at first. Only a confirmed formation stands in calendars',
  })
  @MayBeAbsent()
  @IsIn(FORMATION_STATUSES)
  status?: FormationStatus;

  @ApiPropertyOptional({
    example: false,
    description: 'Whether calendars invite the participants by mail; `false` at first, and then nobody is mailed',
  })
  @MayBeAbsent()
  @IsBoolean()
  invite_participants?: boolean;
}
