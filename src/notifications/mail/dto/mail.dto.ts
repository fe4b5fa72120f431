import { ApiProperty } from '@nestjs/swagger';
import type { Locale } from '../../../platform/errors/problem.js';
import { NOTIFICATION_KINDS } from '../../notification-kind.js';
import { MAIL_STATES, type MailState } from '../mail.row.js';

const OrNull = (description: string, example: string | null = null) =>
  ApiProperty({ type: String, nullable: true, example, format: 'uuid', description });

export class MailDto {
  @ApiProperty({ example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2', format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'booking_created', enum: [...NOTIFICATION_KINDS, 'digest'], description: 'What it is about' })
  kind!: string;

  @ApiProperty({
    example: 'sent',
    enum: MAIL_STATES,
    description:
      'queued: to be tried, now or again; sent: taken over by a server; bounced: refused for good; failed: given up ' +
      'after a day; not_sent: kept only, because no server is configured',
  })
  state!: MailState;

  @ApiProperty({ example: 'contact@atelier.example', description: 'The one mailbox it goes to' })
  recipient!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Nouveau RDV Calendly - ArchiMeuble : Consultation téléphonique',
    description: 'Null once its content is no longer kept, a month after it was written',
  })
  subject!: string | null;

  @ApiProperty({ example: 'fr', enum: ['fr', 'en'] })
  locale!: Locale;

  @ApiProperty({
    example: '<019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2@passerelle.example>',
    description: 'Fixed before the first try, the same at every other',
  })
  message_id!: string;

  @ApiProperty({ example: 1, description: 'Tries so far' })
  attempts!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'smtp/recipient-550',
    description: 'What the last try ended with: the stage and the server’s code, never its words',
  })
  last_error!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    format: 'date-time',
    description: 'When it is tried again',
  })
  next_attempt_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-12T09:15:32.000Z', format: 'date-time' })
  sent_at!: string | null;

  @OrNull('The notification it belongs to')
  notification_id!: string | null;

  @OrNull('The booking it speaks of')
  booking_id!: string | null;

  @OrNull('The prospect it speaks of')
  prospect_id!: string | null;

  @OrNull('The connection it speaks of')
  integration_id!: string | null;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time', description: 'When it was written' })
  created_at!: string;
}
