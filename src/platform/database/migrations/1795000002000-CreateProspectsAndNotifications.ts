import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The people who book, what is noted about them, and what is told about them. */
export class CreateProspectsAndNotifications1795000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE prospects (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        firstname text NOT NULL DEFAULT '',
        lastname text NOT NULL DEFAULT '',
        email text,
        email_key text,
        phone text,
        status text NOT NULL DEFAULT 'new',
        source text NOT NULL DEFAULT 'manual',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX prospects_email ON prospects (organization_id, email_key);
      CREATE INDEX prospects_newest ON prospects (organization_id, created_at DESC, id DESC);

      -- Keeps an erased person erased when an old booking is read again; only the hash of the address stays.
      CREATE TABLE prospect_tombstones (
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        email_hash bytea NOT NULL,
        deleted_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (organization_id, email_hash)
      );

      CREATE TABLE prospect_notes (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        prospect_id uuid NOT NULL REFERENCES prospects ON DELETE CASCADE,
        source text NOT NULL,
        source_id text NOT NULL,
        -- where the note stands among the others: the hour of the appointment, or of writing
        happens_at timestamptz NOT NULL,
        text text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (prospect_id, source, source_id)
      );

      CREATE TABLE notifications (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        -- null: for everybody in the organization
        user_id uuid REFERENCES users ON DELETE CASCADE,
        -- assigned under the organization's lock, so that "after" can never skip a late commit
        position bigint NOT NULL,
        type text NOT NULL,
        title text NOT NULL,
        message text NOT NULL,
        meta jsonb NOT NULL DEFAULT '{}',
        dedupe_key text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (organization_id, dedupe_key),
        UNIQUE (organization_id, position)
      );

      CREATE TABLE notification_reads (
        notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        organization_id uuid NOT NULL,
        read_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (notification_id, user_id)
      );

      -- the layout @socket.io/postgres-adapter expects: messages too long for NOTIFY
      CREATE TABLE socket_io_attachments (
        id bigserial UNIQUE,
        created_at timestamptz DEFAULT now(),
        payload bytea
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE socket_io_attachments, notification_reads, notifications, prospect_notes, prospect_tombstones, prospects;
    `);
  }
}
