import { ApiProperty } from '@nestjs/swagger';
import { IsMoment } from './is-moment.js';
import { MOMENT_DESCRIPTION } from './moment-description.js';
import { WriteFormationSessionDto } from './write-formation-session.dto.js';

export class CreateFormationSessionDto extends WriteFormationSessionDto {
  @ApiProperty({ example: '2026-03-10T09:00:00+01:00', description: MOMENT_DESCRIPTION })
  @IsMoment()
  starts_at!: string;

  @ApiProperty({
    example: '2026-03-10T17:00',
    description: `After the begin, at most 31 days later. ${MOMENT_DESCRIPTION}`,
  })
  @IsMoment()
  ends_at!: string;
}
