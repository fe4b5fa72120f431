import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { MAX_DESCRIPTION, MAX_LOCATION, MAX_TITLE } from '../formation-limits.js';
import { SESSION_STATUSES, type SessionStatus } from '../formation-session.row.js';
import { EmptyAsNull, MayBeAbsent } from './absence.js';
import { IsId } from './is-id.js';
import { IsTimeZoneName } from './is-time-zone-name.js';

/** What people may write of any session, beside its begin and end. */
export class WriteFormationSessionDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Jour 1 : théorie',
    maxLength: MAX_TITLE,
    description: 'Empty or null: the formation’s',
  })
  @EmptyAsNull()
  @IsOptional()
  @IsCleanText({ max: MAX_TITLE })
  title?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Venir avec une pièce d’identité.',
    maxLength: MAX_DESCRIPTION,
    description: 'Plain text; empty or null: the formation’s',
  })
  @EmptyAsNull()
  @IsOptional()
  @IsCleanText({ max: MAX_DESCRIPTION, multiline: true })
  description?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Salle 2',
    maxLength: MAX_LOCATION,
    description: 'Empty or null: the formation’s',
  })
  @EmptyAsNull()
  @IsOptional()
  @IsCleanText({ max: MAX_LOCATION })
  location?: string | null;

  @ApiPropertyOptional({
    example: 'Europe/Paris',
    description: 'IANA zone in which the session takes place; at first the formation’s',
  })
  @MayBeAbsent()
  @IsTimeZoneName()
  time_zone?: string;

  @ApiPropertyOptional({ enum: SESSION_STATUSES, example: 'scheduled', description: '`scheduled` at first' })
  @MayBeAbsent()
  @IsIn(SESSION_STATUSES)
  status?: SessionStatus;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'uuid',
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7',
    description: 'The participant whose date it is alone; null for everybody’s',
  })
  @IsOptional()
  @IsId()
  participant_id?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'uuid',
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5',
    description:
      'Of an individual date: the general session that this participant does not get because of it. It stays replaced ' +
      'while the individual date is cancelled, and comes back when that is deleted',
  })
  @IsOptional()
  @IsId()
  replaces_session_id?: string | null;
}
