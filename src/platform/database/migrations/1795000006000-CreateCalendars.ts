import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands in external calendars: the events of others, the copies of our own sessions, and how both are followed. */
export class CreateCalendars1795000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_events (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        calendar_id text NOT NULL,
        external_id text NOT NULL,
        ical_uid text,
        series_id text,
        -- where the occurrence stood in its series before anybody moved it
        original_start text,
        title text,
        description text,
        location text,
        all_day boolean NOT NULL DEFAULT false,
        starts_at timestamptz,
        ends_at timestamptz,
        -- of an all-day event; the end is the day after the last
        start_date date,
        end_date date,
        time_zone text,
        status text NOT NULL CHECK (status IN ('confirmed', 'tentative', 'cancelled')),
        visibility text NOT NULL CHECK (visibility IN ('normal', 'private')),
        is_busy boolean NOT NULL DEFAULT true,
        attendees jsonb NOT NULL DEFAULT '[]',
        html_link text,
        join_url text,
        etag text,
        content_hash bytea NOT NULL,
        provider_updated_at timestamptz,
        -- why it could not be placed in time; such an event is kept and not shown
        set_aside_reason text,
        -- the last full reading that saw it
        seen_run_id uuid,
        -- the reading that would remove it, as long as nobody has agreed
        removal_run_id uuid,
        -- whether the provider's word is enough, or the event is to be asked for first
        removal_is_certain boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (integration_id, calendar_id, external_id),
        CHECK (set_aside_reason IS NOT NULL OR status = 'cancelled' OR
               CASE WHEN all_day THEN start_date IS NOT NULL AND end_date IS NOT NULL
                    ELSE starts_at IS NOT NULL AND ends_at IS NOT NULL END)
      );
      CREATE INDEX calendar_events_time ON calendar_events (integration_id, starts_at, id);
      CREATE INDEX calendar_events_series ON calendar_events (integration_id, series_id) WHERE series_id IS NOT NULL;
      CREATE INDEX calendar_events_removal ON calendar_events (removal_run_id) WHERE removal_run_id IS NOT NULL;

      -- How far each connected calendar is from being read: a push only sets dirty_at.
      CREATE TABLE calendar_readings (
        integration_id uuid PRIMARY KEY REFERENCES integrations ON DELETE CASCADE,
        organization_id uuid NOT NULL,
        dirty_at timestamptz,
        started_at timestamptz
      );
      CREATE INDEX calendar_readings_dirty ON calendar_readings (dirty_at) WHERE dirty_at IS NOT NULL;

      -- Who asked for a formation to stand in calendars of a provider.
      CREATE TABLE formation_exports (
        formation_id uuid NOT NULL REFERENCES formations ON DELETE CASCADE,
        provider text NOT NULL,
        organization_id uuid NOT NULL,
        requested_by uuid REFERENCES users ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (formation_id, provider)
      );

      -- A formation's session as it stands in one external calendar.
      CREATE TABLE copies (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        session_id uuid NOT NULL REFERENCES formation_sessions ON DELETE CASCADE,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        calendar_id text,
        -- chosen before the event is created, so that a create that is repeated makes no second event
        event_key uuid NOT NULL,
        external_id text,
        etag text,
        html_link text,
        state text NOT NULL CHECK (state IN ('pending', 'synced', 'removing', 'removed', 'refused', 'failed')),
        is_wanted boolean NOT NULL DEFAULT true,
        -- the last agreed state: as the provider showed it, and as we meant it
        base jsonb,
        base_ours jsonb,
        -- when its disappearance was first seen; it takes a second look to believe it
        missing_since timestamptz,
        -- as of calendar_events
        seen_run_id uuid,
        removal_run_id uuid,
        -- set before the first create leaves: from then on an event may stand there, answer or not
        sent_at timestamptz,
        error_code text,
        failures integer NOT NULL DEFAULT 0,
        next_try_at timestamptz,
        lease_until timestamptz,
        settled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (session_id, integration_id)
      );
      CREATE INDEX copies_external ON copies (integration_id, external_id) WHERE external_id IS NOT NULL;
      CREATE INDEX copies_due ON copies (next_try_at) WHERE next_try_at IS NOT NULL;

      CREATE TABLE copy_conflicts (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        copy_id uuid NOT NULL REFERENCES copies ON DELETE CASCADE,
        session_id uuid NOT NULL REFERENCES formation_sessions ON DELETE CASCADE,
        field text NOT NULL CHECK (field IN ('title', 'description', 'location', 'schedule', 'existence')),
        ours jsonb,
        theirs jsonb,
        kept text NOT NULL CHECK (kept IN ('ours', 'theirs')),
        found_at timestamptz NOT NULL DEFAULT now(),
        resolved_at timestamptz,
        resolved_by uuid REFERENCES users ON DELETE SET NULL
      );
      CREATE INDEX copy_conflicts_open ON copy_conflicts (organization_id, found_at) WHERE resolved_at IS NULL;

      ALTER TABLE channels ADD COLUMN calendar_id text, ADD COLUMN resource_id text, ADD COLUMN renew_at timestamptz;
      CREATE INDEX channels_external ON channels (provider, external_id) WHERE state <> 'closed';

      ALTER TABLE integrations
        -- when the owner last gave consent: some grants die a fixed time after it
        ADD COLUMN consented_at timestamptz NOT NULL DEFAULT now(),
        -- a limit that the provider set on calls of this account
        ADD COLUMN calls_not_before timestamptz;

      ALTER TABLE sync_runs
        ADD COLUMN mode text NOT NULL DEFAULT 'changes' CHECK (mode IN ('changes', 'full')),
        DROP CONSTRAINT sync_runs_trigger_check,
        ADD CONSTRAINT sync_runs_trigger_check
          CHECK (trigger IN ('initial', 'backfill', 'schedule', 'manual', 'recovery', 'push', 'approval'));
      CREATE INDEX sync_runs_awaiting ON sync_runs (integration_id) WHERE state = 'needs_approval';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX sync_runs_awaiting;
      DELETE FROM sync_runs WHERE trigger IN ('push', 'approval');
      ALTER TABLE sync_runs
        DROP COLUMN mode,
        DROP CONSTRAINT sync_runs_trigger_check,
        ADD CONSTRAINT sync_runs_trigger_check
          CHECK (trigger IN ('initial', 'backfill', 'schedule', 'manual', 'recovery'));
      ALTER TABLE integrations DROP COLUMN consented_at, DROP COLUMN calls_not_before;
      DROP INDEX channels_external;
      ALTER TABLE channels DROP COLUMN calendar_id, DROP COLUMN resource_id, DROP COLUMN renew_at;
      DROP TABLE copy_conflicts, copies, formation_exports, calendar_readings, calendar_events;
    `);
  }
}
