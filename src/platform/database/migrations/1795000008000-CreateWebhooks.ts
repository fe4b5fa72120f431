import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each delivery caused, how long what came in and went out is kept, and what we send to the host application. */
export class CreateWebhooks1795000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE deliveries
        -- a booking leads to its prospect and note; when that person is erased, nothing here has to know
        ADD COLUMN booking_id uuid REFERENCES bookings ON DELETE SET NULL,
        ADD COLUMN booking_effect text CHECK (booking_effect IN ('created', 'changed', 'unchanged')),
        ADD COLUMN prospect_effect text CHECK (prospect_effect IN ('created', 'updated')),
        ADD COLUMN notification_ids uuid[] NOT NULL DEFAULT '{}';
      CREATE INDEX deliveries_booking ON deliveries (booking_id) WHERE booking_id IS NOT NULL;
      -- for the nightly purge: rows whose body is gone are passed over, those that have one are found by age
      CREATE INDEX deliveries_with_body ON deliveries (received_at) WHERE body IS NOT NULL;
      CREATE INDEX deliveries_age ON deliveries USING brin (received_at) WITH (pages_per_range = 32);
      CREATE INDEX outbox_done ON outbox (done_at) WHERE state = 'done';
      CREATE INDEX bookings_invitee_email ON bookings (organization_id, lower(invitee_email));
      -- bookings told without an id of the provider's own, waiting for the one that has it
      CREATE INDEX bookings_unnamed ON bookings (integration_id, starts_at) WHERE external_event_id LIKE 'unnamed-%';

      CREATE TABLE webhook_endpoints (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        url text NOT NULL,
        events text[] NOT NULL,
        enabled boolean NOT NULL DEFAULT true,
        disabled_reason text CHECK (disabled_reason IN ('person', 'failing', 'gone')),
        secret text NOT NULL,
        -- still signs beside the new one until then
        previous_secret text,
        previous_secret_until timestamptz,
        last_success_at timestamptz,
        -- since the first failure after the last success
        failing_since timestamptz,
        -- while it fails, nothing is tried before
        quiet_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX webhook_endpoints_organization ON webhook_endpoints (organization_id, id);

      CREATE TABLE webhook_messages (
        -- also the message id that the other side sees: fixed before the first try
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
        -- the order of the commits: whatever changes one subject holds the lock of its row
        position bigint GENERATED ALWAYS AS IDENTITY,
        event_type text NOT NULL,
        subject text NOT NULL,
        payload text NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed')),
        -- tries in all, and of the present round: a message that is sent again by hand has a new round
        attempts integer NOT NULL DEFAULT 0,
        round_attempts integer NOT NULL DEFAULT 0,
        -- failures while the endpoint accepted others: a message with enough of them no longer holds up those behind it
        strikes integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT now(),
        last_tried_at timestamptz,
        leased_until timestamptz,
        last_status integer,
        last_error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        done_at timestamptz
      );
      CREATE INDEX webhook_messages_newest ON webhook_messages (endpoint_id, position DESC);
      CREATE INDEX webhook_messages_waiting ON webhook_messages (endpoint_id, subject, position) WHERE state = 'pending';
      CREATE INDEX webhook_messages_done ON webhook_messages (done_at) WHERE state <> 'pending';
      CREATE INDEX webhook_messages_subject ON webhook_messages (organization_id, subject);

      CREATE TABLE webhook_attempts (
        message_id uuid NOT NULL REFERENCES webhook_messages ON DELETE CASCADE,
        attempt integer NOT NULL,
        organization_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        duration_ms integer NOT NULL,
        -- null when no answer came; then the error says why
        status integer,
        error text,
        PRIMARY KEY (message_id, attempt)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE webhook_attempts, webhook_messages, webhook_endpoints;
      DROP INDEX bookings_unnamed, bookings_invitee_email, outbox_done, deliveries_age, deliveries_with_body;
      ALTER TABLE deliveries
        DROP COLUMN booking_id, DROP COLUMN booking_effect, DROP COLUMN prospect_effect, DROP COLUMN notification_ids;
    `);
  }
}
