import { ApiProperty } from '@nestjs/swagger';
import type { Locale } from '../../../platform/errors/problem.js';

export class MailSettingsDto {
  @ApiProperty({ example: true, description: 'Whether any mail is written for the organization' })
  enabled!: boolean;

  @ApiProperty({
    example: ['contact@atelier.example'],
    type: [String],
    description: 'The organization’s own mailboxes. While there is none, the owners are written to',
  })
  recipients!: string[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    enum: ['fr', 'en', null],
    description: 'The language of mails; null: the organization’s own',
  })
  locale!: Locale | null;

  @ApiProperty({
    example: 'off',
    enum: ['off', 'daily'],
    description: 'daily: every morning at eight, in the organization’s time zone, what was told since the last one',
  })
  digest!: 'off' | 'daily';

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    format: 'date-time',
    description: 'When the next digest is due',
  })
  next_digest_at!: string | null;

  @ApiProperty({
    example: true,
    description: 'Whether this server has somewhere to send mail; otherwise it is only kept',
  })
  sending!: boolean;
}
