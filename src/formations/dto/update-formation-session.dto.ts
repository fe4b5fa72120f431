import { ApiPropertyOptional } from '@nestjs/swagger';
import { MayBeAbsent } from './absence.js';
import { IsMoment } from './is-moment.js';
import { MOMENT_DESCRIPTION } from './moment-description.js';
import { WriteFormationSessionDto } from './write-formation-session.dto.js';

/** Fields that are left out stay as they are: also the instants, when only the time zone changes. */
export class UpdateFormationSessionDto extends WriteFormationSessionDto {
  @ApiPropertyOptional({ example: '2026-03-10T09:00:00+01:00', description: MOMENT_DESCRIPTION })
  @MayBeAbsent()
  @IsMoment()
  starts_at?: string;

  @ApiPropertyOptional({
    example: '2026-03-10T17:00',
    description: `After the begin, at most 31 days later. ${MOMENT_DESCRIPTION}`,
  })
  @MayBeAbsent()
  @IsMoment()
  ends_at?: string;
}
