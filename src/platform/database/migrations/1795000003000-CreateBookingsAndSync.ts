import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Appointments whatever their source, and the readings that bring them in. */
export class CreateBookingsAndSync1795000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bookings (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        provider text NOT NULL,
        external_event_id text NOT NULL,
        -- the invitee's own id, with the event's where the provider needs both: a group event has many invitees
        external_id text NOT NULL,
        event_type text,
        event_name text,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        location jsonb,
        join_url text,
        -- never falls for one invitee: pending < active < moved < canceled
        status text NOT NULL CHECK (status IN ('pending', 'active', 'moved', 'canceled')),
        no_show_at timestamptz,
        no_show_known_at timestamptz NOT NULL,
        cancellation jsonb,
        invitee_name text NOT NULL,
        invitee_firstname text,
        invitee_lastname text,
        invitee_email text,
        invitee_phone text,
        invitee_timezone text,
        questions jsonb NOT NULL DEFAULT '[]',
        tracking jsonb NOT NULL DEFAULT '{}',
        previous_external_id text,
        next_external_id text,
        prospect_id uuid REFERENCES prospects ON DELETE SET NULL,
        provider_created_at timestamptz NOT NULL,
        provider_updated_at timestamptz NOT NULL,
        -- when a half of a move waits for the other: the pair is told after this even if it never comes
        pair_due_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (integration_id, external_id)
      );
      CREATE INDEX bookings_organization ON bookings (organization_id, starts_at, id);
      CREATE INDEX bookings_event ON bookings (integration_id, external_event_id);
      CREATE INDEX bookings_previous ON bookings (integration_id, previous_external_id)
        WHERE previous_external_id IS NOT NULL;
      CREATE INDEX bookings_prospect ON bookings (prospect_id) WHERE prospect_id IS NOT NULL;
      CREATE INDEX bookings_pair_due ON bookings (pair_due_at) WHERE pair_due_at IS NOT NULL;

      -- What a pass last saw of each event, so that an unchanged one costs no call.
      CREATE TABLE read_marks (
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        external_event_id text NOT NULL,
        organization_id uuid NOT NULL,
        mark text NOT NULL,
        PRIMARY KEY (integration_id, external_event_id)
      );

      CREATE TABLE sync_runs (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        provider text NOT NULL,
        trigger text NOT NULL CHECK (trigger IN ('initial', 'backfill', 'schedule', 'manual', 'recovery')),
        state text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'needs_approval', 'canceled')),
        window_start timestamptz NOT NULL,
        window_end timestamptz NOT NULL,
        page_token text,
        counts jsonb NOT NULL DEFAULT '{}',
        provider_calls integer NOT NULL DEFAULT 0,
        error_code text,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz
      );
      CREATE INDEX sync_runs_newest ON sync_runs (organization_id, created_at DESC, id DESC);
      -- one reading of one account at a time; a second request joins the one under way
      CREATE UNIQUE INDEX sync_runs_under_way ON sync_runs (integration_id) WHERE state IN ('queued', 'running');

      -- The names that administrators already query.
      CREATE VIEW calendly_integrations WITH (security_invoker = true) AS
        SELECT id, organization_id, options->>'user_uri' AS calendly_user_uri, account_name AS calendly_user_name,
               account_email AS calendly_email, access_token, refresh_token, expires_at, scope, auto_sync_enabled,
               sync_interval_minutes, last_synced_at, next_sync_at, webhook_subscription_uri, webhook_active, is_active,
               created_at, updated_at
        FROM integrations WHERE provider = 'calendly';

      CREATE VIEW calendly_events WITH (security_invoker = true) AS
        SELECT b.id, b.organization_id, b.integration_id, b.prospect_id,
               api.base || '/scheduled_events/' || b.external_event_id AS calendly_event_uri,
               b.event_type AS calendly_event_type, b.event_name,
               b.starts_at AS event_start_time, b.ends_at AS event_end_time,
               CASE WHEN b.status = 'canceled' THEN 'canceled' WHEN b.status = 'moved' THEN 'rescheduled'
                    WHEN b.no_show_at IS NOT NULL THEN 'no_show' ELSE 'active' END AS event_status,
               coalesce(b.join_url, b.location->>'location', b.location->>'type') AS location,
               b.invitee_name, b.invitee_email, b.invitee_timezone,
               api.base || '/scheduled_events/' || replace(b.external_id, '/', '/invitees/') AS invitee_uri,
               b.questions AS invitee_questions, b.created_at, b.updated_at
        FROM bookings b
        JOIN integrations i ON i.id = b.integration_id
        CROSS JOIN LATERAL (SELECT regexp_replace(i.options->>'user_uri', '/users/[^/]*$', '') AS base) api
        WHERE b.provider = 'calendly';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW calendly_events, calendly_integrations;
      DROP TABLE sync_runs, read_marks, bookings;
    `);
  }
}
