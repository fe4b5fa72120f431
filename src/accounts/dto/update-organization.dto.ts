import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsTimeZone, Matches, ValidateIf } from 'class-validator';
import type { Locale } from '../../platform/errors/problem.js';
import { IsCleanText } from '../../platform/http/clean-text.js';

/** Absent fields stay as they are; null is a mistake, not an absence. */
const IfPresent = () => ValidateIf((_, value) => value !== undefined);

export class UpdateOrganizationDto {
  @ApiPropertyOptional({ example: 'Atelier Lumière' })
  @IfPresent()
  @IsCleanText({ min: 1, max: 120 })
  name?: string;

  @ApiPropertyOptional({ example: 'Europe/Brussels', description: 'Name of an IANA time zone' })
  @IfPresent()
  @IsTimeZone({ message: 'time_zone must be the name of an IANA time zone' })
  // Newer runtimes also take an offset for a zone; an offset knows no summer time.
  @Matches(/^[A-Z]/i, { message: 'time_zone must be the name of an IANA time zone' })
  time_zone?: string;

  @ApiPropertyOptional({ example: 'fr', enum: ['fr', 'en'] })
  @IfPresent()
  @IsIn(['fr', 'en'])
  locale?: Locale;
}
