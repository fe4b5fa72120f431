import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import type { MessageDetail } from '../webhook-log.js';
import { toMessageId, type WebhookMessage, type WebhookMessageState } from '../webhook-message.js';

const STATES = ['pending', 'sent', 'failed'] as const;

export class WebhookDeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATES, example: 'failed' })
  @IsOptional()
  @IsIn(STATES)
  state?: WebhookMessageState;
}

export class WebhookDeliveryDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', format: 'uuid' })
  id!: string;

  @ApiProperty({
    example: 'msg_0198f3c2-7a51-7cc3-98c4-dc0c0c07398f',
    description: 'The webhook-id header: the same for every try',
  })
  message_id!: string;

  @ApiProperty({ example: 'booking.created' })
  event_type!: string;

  @ApiProperty({
    example: 'prospect:0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77',
    description: 'Messages of one subject are sent one after the other',
  })
  subject!: string;

  @ApiProperty({ enum: STATES, example: 'sent' })
  state!: WebhookMessageState;

  @ApiProperty({ example: 1 })
  attempts!: number;

  @ApiProperty({ type: Number, nullable: true, example: 200, description: 'Of the last answer; null when none came' })
  last_status!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description:
      '`status`, `redirect`, `timeout`, `certificate`, `address-forbidden`, `disabled`, or the system’s word',
  })
  last_error!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, format: 'date-time', description: 'While it is pending' })
  next_try_at!: string | null;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.100Z', format: 'date-time' })
  done_at!: string | null;
}

export class WebhookAttemptDto {
  @ApiProperty({ example: 1 })
  attempt!: number;

  @ApiProperty({ example: '2026-01-16T15:30:00.100Z', format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 87 })
  duration_ms!: number;

  @ApiProperty({ type: Number, nullable: true, example: 200 })
  status!: number | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  error!: string | null;
}

export class WebhookDeliveryDetailDto extends WebhookDeliveryDto {
  @ApiProperty({ type: [WebhookAttemptDto], description: 'In order' })
  attempt_entries!: WebhookAttemptDto[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { type: 'prospect.deleted', timestamp: '2026-01-16T15:30:00.000Z', data: { id: '0198f3c2' } },
    description: 'What is sent, to the letter',
  })
  payload!: Record<string, unknown>;
}

export function toWebhookDeliveryDto(message: WebhookMessage): WebhookDeliveryDto {
  return {
    id: message.id,
    message_id: toMessageId(message.id),
    event_type: message.event_type,
    subject: message.subject,
    state: message.state,
    attempts: message.attempts,
    last_status: message.last_status,
    last_error: message.last_error,
    next_try_at: message.state === 'pending' ? message.next_try_at.toISOString() : null,
    created_at: message.created_at.toISOString(),
    done_at: message.done_at?.toISOString() ?? null,
  };
}

export function toWebhookDeliveryDetailDto({ message, attempts, payload }: MessageDetail): WebhookDeliveryDetailDto {
  return {
    ...toWebhookDeliveryDto(message),
    attempt_entries: attempts.map(({ attempt, at, duration_ms, status, error }) => ({
      attempt,
      at: at.toISOString(),
      duration_ms,
      status,
      error,
    })),
    payload,
  };
}
