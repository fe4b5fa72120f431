import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { ExportedSession } from '../../calendars/index.js';

export class OutlookExportDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  @IsUUID()
  formationId!: string;
}

export class OutlookExportedSessionDto {
  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77' })
  session_id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A',
    description: 'Null as long as it is not written',
  })
  event_id!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://outlook.office365.com/owa/?itemid=…' })
  html_link!: string | null;

  @ApiProperty({ enum: ['pending', 'synced', 'removing', 'removed', 'refused', 'failed'], example: 'synced' })
  state!: string;
}

export class OutlookFormationExportedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ type: [OutlookExportedSessionDto], description: 'One for each date and each calendar' })
  exports!: OutlookExportedSessionDto[];
}

export function toOutlookFormationExportedDto(exports: readonly ExportedSession[]): OutlookFormationExportedDto {
  return {
    success: true,
    exports: exports.map(({ session_id, event_id, html_link, state }) => ({ session_id, event_id, html_link, state })),
  };
}
