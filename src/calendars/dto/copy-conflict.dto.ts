import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { CopyConflict } from '../copy-conflicts.js';

export class ResolveConflictDto {
  @ApiProperty({ enum: ['ours', 'theirs'], description: 'Which version is to hold on both sides' })
  @IsIn(['ours', 'theirs'])
  keep!: 'ours' | 'theirs';
}

/** A text; for times an object with both; null where there is nothing. */
const CONFLICTING_VALUE = { oneOf: [{ type: 'string' }, { type: 'object' }], nullable: true };

export class CopyConflictDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  formation_id!: string;

  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78' })
  session_id!: string;

  @ApiProperty({ example: 'outlook' })
  provider!: string;

  @ApiProperty({ enum: ['title', 'description', 'location', 'schedule', 'existence'], example: 'title' })
  field!: CopyConflict['field'];

  @ApiProperty({ ...CONFLICTING_VALUE, example: 'Sécurité incendie', description: 'What was said here' })
  ours!: unknown;

  @ApiProperty({ ...CONFLICTING_VALUE, example: 'Sécurité (salle B)', description: 'What the calendar says' })
  theirs!: unknown;

  @ApiProperty({ enum: ['ours', 'theirs'], example: 'theirs', description: 'The later edit, which holds for now' })
  kept!: 'ours' | 'theirs';

  @ApiProperty({ example: '2026-03-01T08:00:00.000Z' })
  found_at!: string;
}

export function toCopyConflictDto(conflict: CopyConflict): CopyConflictDto {
  const { id, formation_id, session_id, provider, field, ours, theirs, kept, found_at } = conflict;
  return { id, formation_id, session_id, provider, field, ours, theirs, kept, found_at: found_at.toISOString() };
}
