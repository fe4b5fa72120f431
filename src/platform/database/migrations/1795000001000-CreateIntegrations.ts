import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys, connected accounts, the consent flow, reading positions and push channels. */
export class CreateIntegrations1795000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE key_checks (
        kek_id text PRIMARY KEY,
        mac bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE organization_keys (
        dek_id text PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        kek_id text NOT NULL REFERENCES key_checks,
        wrapped text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        retired_at timestamptz
      );
      -- two first users of one organization must not make two current keys
      CREATE UNIQUE INDEX organization_keys_current ON organization_keys (organization_id) WHERE retired_at IS NULL;

      CREATE TABLE oauth_transactions (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        session_id text NOT NULL,
        provider text NOT NULL,
        state_hash bytea NOT NULL UNIQUE,
        verifier text NOT NULL,
        redirect_uri text NOT NULL,
        scope text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        consumed_at timestamptz,
        outcome text
      );
      CREATE INDEX oauth_transactions_user ON oauth_transactions (user_id, created_at);

      CREATE TABLE integrations (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        -- null when the account serves the whole organization
        user_id uuid REFERENCES users ON DELETE CASCADE,
        provider text NOT NULL,
        account_id text NOT NULL,
        account_email text,
        account_name text,
        access_token text,
        refresh_token text,
        expires_at timestamptz,
        issued_at timestamptz,
        scope text,
        status text NOT NULL CHECK (status IN ('connected', 'needs_reauth', 'error', 'disconnected')),
        status_reason text,
        status_changed_at timestamptz NOT NULL DEFAULT now(),
        is_active boolean NOT NULL DEFAULT true,
        auto_sync_enabled boolean NOT NULL DEFAULT true,
        sync_interval_minutes integer NOT NULL DEFAULT 30 CHECK (sync_interval_minutes BETWEEN 5 AND 1440),
        last_synced_at timestamptz,
        next_sync_at timestamptz,
        webhook_subscription_uri text,
        webhook_active boolean NOT NULL DEFAULT false,
        options jsonb NOT NULL DEFAULT '{}',
        token_version integer NOT NULL DEFAULT 0,
        next_channel_check_at timestamptz NOT NULL DEFAULT now(),
        lease_owner uuid,
        lease_until timestamptz,
        lease_seq bigint NOT NULL DEFAULT 0,
        refresh_not_before timestamptz,
        connected_at timestamptz NOT NULL DEFAULT now(),
        disconnected_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX integrations_live_account ON integrations
        (organization_id, coalesce(user_id, '00000000-0000-0000-0000-000000000000'), provider, account_id)
        WHERE is_active;
      CREATE INDEX integrations_due ON integrations (next_sync_at)
        WHERE is_active AND auto_sync_enabled AND status IN ('connected', 'error');
      CREATE INDEX integrations_account ON integrations (provider, account_id) WHERE is_active;

      CREATE TABLE token_refresh_attempts (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        token_version integer NOT NULL,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        finished_at timestamptz,
        outcome text
      );
      CREATE INDEX token_refresh_attempts_integration ON token_refresh_attempts (integration_id, token_version);

      CREATE TABLE cursors (
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        resource text NOT NULL,
        organization_id uuid NOT NULL,
        value text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (integration_id, resource)
      );

      CREATE TABLE channels (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        provider text NOT NULL,
        -- the provider's own name for it; unknown until its create call has answered
        external_id text,
        token_hash bytea NOT NULL UNIQUE,
        secret text NOT NULL,
        state text NOT NULL CHECK (state IN ('opening', 'open', 'closing', 'closed')),
        expires_at timestamptz,
        last_checked_at timestamptz,
        last_delivery_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz
      );
      CREATE INDEX channels_integration ON channels (integration_id) WHERE state <> 'closed';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE channels, cursors, token_refresh_attempts, integrations, oauth_transactions, organization_keys, key_checks;
    `);
  }
}
