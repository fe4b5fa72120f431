import { ApiProperty } from '@nestjs/swagger';

export class NotificationDto {
  @ApiProperty({
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2',
    format: 'uuid',
    description: 'Also what `after` takes',
  })
  id!: string;

  @ApiProperty({ example: 'calendly_prospect_created', description: 'What kind of thing is told' })
  type!: string;

  @ApiProperty({ example: 'Nouveau prospect Calendly', description: 'In the language of the organization' })
  title!: string;

  @ApiProperty({
    example: 'John Doe a réservé un rendez-vous "Découverte" le 16/01/2026 16:30:00',
    description: 'One sentence, in the language and the time zone of the organization; plain text, not HTML',
  })
  message!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { prospect_id: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d3' },
    description: 'Ids that lead to what is spoken of; their names depend on the type',
  })
  meta!: Record<string, unknown>;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time', description: 'When it was told' })
  created_at!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    format: 'date-time',
    description: 'When the caller first read it; every person has their own',
  })
  read_at!: string | null;
}
