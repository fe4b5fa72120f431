import { ApiProperty } from '@nestjs/swagger';
import { MailDto } from './mail.dto.js';

export class MailAttachmentDto {
  @ApiProperty({ example: 'rendez-vous.ics' })
  filename!: string;

  @ApiProperty({ example: 'BEGIN:VCALENDAR…' })
  content!: string;
}

export class MailPreviewDto {
  @ApiProperty({ example: 'Nouveau RDV Calendly - ArchiMeuble : Consultation téléphonique' })
  subject!: string;

  @ApiProperty({ example: 'Bonjour,…', description: 'The part for readers of plain text' })
  text!: string;

  @ApiProperty({
    example: '<!doctype html>…',
    description: 'The HTML part. To be shown in an iframe with an empty `sandbox` attribute',
  })
  html!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'jean.dupont@example.com',
    description: 'Where an answer goes',
  })
  reply_to!: string | null;

  @ApiProperty({ type: [MailAttachmentDto] })
  attachments!: MailAttachmentDto[];
}

export class MailDetailDto extends MailDto {
  @ApiProperty({
    type: MailPreviewDto,
    nullable: true,
    description:
      'As it was or would be sent, or the same in the other language; null once its content is no longer kept',
  })
  preview!: MailPreviewDto | null;
}
