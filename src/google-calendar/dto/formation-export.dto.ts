import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { ExportedSession } from '../../calendars/index.js';

export class ExportFormationDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  @IsUUID()
  formationId!: string;
}

export class ExportedSessionDto {
  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  session_id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '7f3c9a0b1d2e4f5a8b6c7d8e9f001122',
    description: 'Null as long as it is not written',
  })
  event_id!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://www.google.com/calendar/event?eid=…' })
  html_link!: string | null;

  @ApiProperty({ enum: ['pending', 'synced', 'removing', 'removed', 'refused', 'failed'], example: 'synced' })
  state!: string;
}

export class FormationExportedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ type: [ExportedSessionDto], description: 'One for each date and each calendar' })
  exports!: ExportedSessionDto[];
}

export function toFormationExportedDto(exports: readonly ExportedSession[]): FormationExportedDto {
  return {
    success: true,
    exports: exports.map(({ session_id, event_id, html_link, state }) => ({ session_id, event_id, html_link, state })),
  };
}
