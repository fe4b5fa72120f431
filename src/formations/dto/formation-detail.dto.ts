import { ApiProperty } from '@nestjs/swagger';
import { FormationConflictDto } from './formation-conflict.dto.js';
import { FormationParticipantDto } from './formation-participant.dto.js';
import { FormationSessionDto } from './formation-session.dto.js';
import { FormationDto } from './formation.dto.js';

export class FormationDetailDto extends FormationDto {
  @ApiProperty({ type: [FormationSessionDto], description: 'By their hour' })
  sessions!: FormationSessionDto[];

  @ApiProperty({ type: [FormationParticipantDto], description: 'In the order in which they were added' })
  participants!: FormationParticipantDto[];

  @ApiProperty({
    type: [FormationConflictDto],
    description: 'Edits here and in a calendar that met, and which was kept',
  })
  conflicts!: FormationConflictDto[];
}
