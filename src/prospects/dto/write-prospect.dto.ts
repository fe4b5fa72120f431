import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateIf } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { IsMailbox } from './is-mailbox.js';

/** Forms send an empty text for a field that was left empty. */
const EmptyAsNull = (): PropertyDecorator =>
  Transform(({ value }): unknown => (typeof value === 'string' ? value.trim() || null : value));

/** May be left out, but not be null. */
const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** What people may write of a prospect. */
export class WriteProspectDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'John',
    maxLength: 200,
    description: 'Any text; shown as text, never as HTML',
  })
  @IsOptional()
  @IsCleanText({ max: 200 })
  firstname?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Doe',
    maxLength: 200,
    description: 'Any text; shown as text, never as HTML',
  })
  @IsOptional()
  @IsCleanText({ max: 200 })
  lastname?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'john.doe@example.com',
    maxLength: 254,
    description: 'One mailbox; empty or null for none. Unique in the organization, whatever its case',
  })
  @EmptyAsNull()
  @IsOptional()
  @IsMailbox()
  email?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '+33 6 12 34 56 78',
    maxLength: 40,
    description: 'Empty or null for none',
  })
  @EmptyAsNull()
  @IsOptional()
  @IsCleanText({ max: 40 })
  phone?: string | null;

  @ApiPropertyOptional({ example: 'new', maxLength: 40, description: 'A word of the CRM’s own; `new` at first' })
  @MayBeAbsent()
  @IsCleanText({ min: 1, max: 40 })
  status?: string;

  @ApiPropertyOptional({
    example: 'manual',
    maxLength: 40,
    description: 'Where the prospect came from; `manual` at first',
  })
  @MayBeAbsent()
  @IsCleanText({ min: 1, max: 40 })
  source?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'À rappeler lundi',
    maxLength: 20_000,
    description:
      'What people write: one note beside those of appointments. The whole `notes` text may be sent back: paragraphs ' +
      'that are notes of appointments are left out. Empty removes the note',
  })
  @IsOptional()
  @IsCleanText({ max: 20_000, multiline: true })
  notes?: string | null;
}
