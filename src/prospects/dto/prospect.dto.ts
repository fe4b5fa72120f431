import { ApiProperty } from '@nestjs/swagger';

export class ProspectDto {
  @ApiProperty({
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d3',
    format: 'uuid',
    description: 'Ours, for ever the same',
  })
  id!: string;

  @ApiProperty({ example: 'John', description: 'Empty when unknown' })
  firstname!: string;

  @ApiProperty({ example: 'Doe', description: 'Empty when unknown' })
  lastname!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'john.doe@example.com',
    description: 'As it was written; unique in the organization whatever its case',
  })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '+33 6 12 34 56 78', description: 'As it was written' })
  phone!: string | null;

  @ApiProperty({ example: 'new', description: 'A word of the CRM’s own' })
  status!: string;

  @ApiProperty({ example: 'calendly', description: 'Where the prospect came from first' })
  source!: string;

  @ApiProperty({
    example: 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min',
    description: 'One note per appointment and what people wrote, blank lines between, in order of time; plain text',
  })
  notes!: string;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time', description: 'When the prospect was made' })
  created_at!: string;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time', description: 'When anything last changed' })
  updated_at!: string;
}
