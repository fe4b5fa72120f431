import { ApiProperty } from '@nestjs/swagger';
import { CONFLICT_FIELDS, type ConflictView } from '../session-copies.js';

/** A text, a schedule, or null where there was nothing. */
const ANY_VALUE = { oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }, { type: 'null' }] };

export class FormationConflictDto {
  @ApiProperty({ example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d9', format: 'uuid', description: 'Ours' })
  id!: string;

  @ApiProperty({ example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5', format: 'uuid', description: 'Of which session' })
  session_id!: string;

  @ApiProperty({ enum: CONFLICT_FIELDS, example: 'title', description: '`existence`: changed here, deleted there' })
  field!: ConflictView['field'];

  @ApiProperty({ ...ANY_VALUE, example: 'Jour 1', description: 'What stood here' })
  ours!: unknown;

  @ApiProperty({ ...ANY_VALUE, example: 'Premier jour', description: 'What stood in the calendar' })
  theirs!: unknown;

  @ApiProperty({ enum: ['ours', 'theirs'], example: 'theirs', description: 'Which of the two was kept' })
  kept!: 'ours' | 'theirs';

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time' })
  found_at!: string;
}
