import type { WebhookEventType } from './webhook-events.js';

/** A row of `webhook_endpoints`. */
export interface WebhookEndpoint {
  id: string;
  organization_id: string;
  url: string;
  events: WebhookEventType[];
  enabled: boolean;
  /** Switched off by a person; given up after days of failures; or the other side said that it is gone. */
  disabled_reason: 'person' | 'failing' | 'gone' | null;
  last_success_at: Date | null;
  failing_since: Date | null;
  previous_secret_until: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** Without the secrets, which only the sender opens. */
export const ENDPOINT_COLUMNS = `id, organization_id, url, events, enabled, disabled_reason, last_success_at,
  failing_since, CASE WHEN previous_secret_until > now() THEN previous_secret_until END AS previous_secret_until,
  created_at, updated_at`;

/** Where the secrets of an endpoint are sealed; the one that was replaced moves, so both say which row they belong to. */
export function secretPlace(endpointId: string) {
  return { table: 'webhook_endpoints', column: 'secret', rowId: endpointId };
}
