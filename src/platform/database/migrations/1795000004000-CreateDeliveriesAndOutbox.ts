import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What providers push to us, what we promised to do, what could not be done, and who is alive to do it. */
export class CreateDeliveriesAndOutbox1795000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE deliveries (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        channel_id uuid REFERENCES channels ON DELETE SET NULL,
        provider text NOT NULL,
        dedupe_key bytea NOT NULL,
        event_type text,
        headers jsonb NOT NULL DEFAULT '{}',
        body text,
        body_sha256 bytea NOT NULL,
        state text NOT NULL CHECK (state IN ('received', 'processed', 'ignored', 'dead')),
        attempts integer NOT NULL DEFAULT 0,
        error_code text,
        received_at timestamptz NOT NULL DEFAULT now(),
        processed_at timestamptz,
        UNIQUE (integration_id, dedupe_key)
      );
      CREATE INDEX deliveries_newest ON deliveries (organization_id, received_at DESC, id DESC);
      CREATE INDEX deliveries_unprocessed ON deliveries (received_at) WHERE state = 'received';

      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        kind text NOT NULL,
        dedupe_key text NOT NULL,
        payload text NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        done_at timestamptz,
        UNIQUE (organization_id, kind, dedupe_key)
      );
      CREATE INDEX outbox_pending ON outbox (created_at) WHERE state = 'pending';

      CREATE TABLE dead_letters (
        id uuid PRIMARY KEY,
        -- null for work that serves no organization in particular
        organization_id uuid,
        task text NOT NULL,
        payload jsonb NOT NULL,
        error_class text NOT NULL CHECK (error_class IN ('transient', 'permanent', 'crash_loop')),
        error_code text NOT NULL,
        attempts integer NOT NULL,
        state text NOT NULL DEFAULT 'parked' CHECK (state IN ('parked', 'replayed', 'discarded')),
        first_failed_at timestamptz NOT NULL DEFAULT now(),
        parked_at timestamptz NOT NULL DEFAULT now(),
        resolved_at timestamptz
      );
      CREATE INDEX dead_letters_newest ON dead_letters (organization_id, parked_at DESC, id DESC);

      CREATE TABLE worker_heartbeats (
        worker_id text PRIMARY KEY,
        instance text NOT NULL,
        beat_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE worker_heartbeats, dead_letters, outbox, deliveries;`);
  }
}
