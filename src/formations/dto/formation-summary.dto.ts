import { ApiProperty } from '@nestjs/swagger';
import { FormationDto } from './formation.dto.js';

/** A formation as a list shows it: its sessions and participants counted. */
export class FormationSummaryDto extends FormationDto {
  @ApiProperty({ type: 'integer', example: 3 })
  session_count!: number;

  @ApiProperty({ type: 'integer', example: 12 })
  participant_count!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    example: '2026-03-10T08:00:00.000Z',
    description: 'Begin of the first session',
  })
  first_starts_at!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    example: '2026-03-12T16:00:00.000Z',
    description: 'End of the last session',
  })
  last_ends_at!: string | null;
}
