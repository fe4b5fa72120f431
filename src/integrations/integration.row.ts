/** What is stored; `not_configured` is what a provider without credentials shows in its place. */
export type IntegrationStatus = 'connected' | 'needs_reauth' | 'error' | 'disconnected';

/**
 * One connected account at a provider. The token and lease columns are missing on purpose: only the vault reads them,
 * so that no answer, log line or event made from an integration can hold a token.
 */
export interface Integration {
  id: string;
  organization_id: string;
  /** Null when the account serves the whole organization. */
  user_id: string | null;
  provider: string;
  account_id: string;
  account_email: string | null;
  account_name: string | null;
  /** Of the access token, which is renewed by itself. */
  expires_at: Date | null;
  scope: string | null;
  status: IntegrationStatus;
  /** A code; `explainStatus` makes the sentence. */
  status_reason: string | null;
  status_changed_at: Date;
  is_active: boolean;
  auto_sync_enabled: boolean;
  sync_interval_minutes: number;
  last_synced_at: Date | null;
  next_sync_at: Date | null;
  webhook_subscription_uri: string | null;
  webhook_active: boolean;
  /** What calls to the provider need to know of the account. */
  options: Record<string, unknown>;
  connected_at: Date;
  disconnected_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export const INTEGRATION_COLUMNS = `id, organization_id, user_id, provider, account_id, account_email, account_name,
  expires_at, scope, status, status_reason, status_changed_at, is_active, auto_sync_enabled, sync_interval_minutes,
  last_synced_at, next_sync_at, webhook_subscription_uri, webhook_active, options, connected_at, disconnected_at,
  created_at, updated_at`;
