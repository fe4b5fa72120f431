import { ApiProperty } from '@nestjs/swagger';
import type { WebhookEndpoint } from '../webhook-endpoint.js';
import type { EndpointWithSecret } from '../webhook-endpoints.service.js';
import { WEBHOOK_EVENTS, type WebhookEventType } from '../webhook-events.js';

export class WebhookDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'https://crm.example/hooks/passerelle' })
  url!: string;

  @ApiProperty({ enum: WEBHOOK_EVENTS, isArray: true, example: ['prospect.created', 'booking.created'] })
  events!: WebhookEventType[];

  @ApiProperty({ example: true })
  enabled!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['person', 'failing', 'gone', null],
    example: null,
    description: 'Switched off by a person, after days of failures, or because it answered 410',
  })
  disabled_reason!: WebhookEndpoint['disabled_reason'];

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.000Z', format: 'date-time' })
  last_success_at!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    format: 'date-time',
    description: 'Since the first failure after the last success; five days of it disable the webhook',
  })
  failing_since!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    format: 'date-time',
    description: 'Until then the former secret signs along',
  })
  previous_secret_until!: string | null;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z', format: 'date-time' })
  updated_at!: string;
}

export class WebhookWithSecretDto extends WebhookDto {
  @ApiProperty({
    example: 'whsec_<shown once>',
    description: 'For the Standard Webhooks library on the other side. Shown here and never again',
  })
  secret!: string;
}

export function toWebhookDto(endpoint: WebhookEndpoint): WebhookDto {
  return {
    id: endpoint.id,
    url: endpoint.url,
    events: endpoint.events,
    enabled: endpoint.enabled,
    disabled_reason: endpoint.disabled_reason,
    last_success_at: endpoint.last_success_at?.toISOString() ?? null,
    failing_since: endpoint.failing_since?.toISOString() ?? null,
    previous_secret_until: endpoint.previous_secret_until?.toISOString() ?? null,
    created_at: endpoint.created_at.toISOString(),
    updated_at: endpoint.updated_at.toISOString(),
  };
}

export function toWebhookWithSecretDto(endpoint: EndpointWithSecret): WebhookWithSecretDto {
  return { ...toWebhookDto(endpoint), secret: endpoint.secret };
}
