import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsBoolean, IsIn, ValidateIf } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { WEBHOOK_EVENTS, type WebhookEventType } from '../webhook-events.js';

const LONGEST_URL = 2_000;

/** Absent fields stay as they are; null is a mistake, not an absence. */
const IfPresent = () => ValidateIf((_, value) => value !== undefined);

export class CreateWebhookDto {
  @ApiProperty({
    example: 'https://crm.example/hooks/passerelle',
    description: 'https, and public, unless this server is configured otherwise',
  })
  @IsCleanText({ min: 1, max: LONGEST_URL })
  url!: string;

  @ApiProperty({ enum: WEBHOOK_EVENTS, isArray: true, example: ['prospect.created', 'booking.created'] })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(WEBHOOK_EVENTS, { each: true })
  events!: WebhookEventType[];

  @ApiPropertyOptional({ example: true, default: true })
  @IfPresent()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateWebhookDto {
  @ApiPropertyOptional({ example: 'https://crm.example/hooks/passerelle' })
  @IfPresent()
  @IsCleanText({ min: 1, max: LONGEST_URL })
  url?: string;

  @ApiPropertyOptional({ enum: WEBHOOK_EVENTS, isArray: true, example: ['connection.broken', 'connection.recovered'] })
  @IfPresent()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(WEBHOOK_EVENTS, { each: true })
  events?: WebhookEventType[];

  @ApiPropertyOptional({ example: false, description: 'Off: nothing is sent, and what waits is given up' })
  @IfPresent()
  @IsBoolean()
  enabled?: boolean;
}
