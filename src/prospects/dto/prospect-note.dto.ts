import { ApiProperty } from '@nestjs/swagger';

export class ProspectNoteDto {
  @ApiProperty({ example: 'calendly', description: 'Who speaks: a provider, or `manual`' })
  source!: string;

  @ApiProperty({
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d4',
    description: 'What is spoken of: the booking, or the prospect itself for what people wrote',
  })
  source_id!: string;

  @ApiProperty({
    example: '2026-01-16T15:30:00.000Z',
    format: 'date-time',
    description: 'The hour of the appointment, or of the first writing',
  })
  happens_at!: string;

  @ApiProperty({
    example: 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min',
    description: 'Plain text',
  })
  text!: string;
}
