import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is told by e-mail, to whom, and who wants to hear of what. */
export class CreateMail1795000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What people choose by: one word for what several providers tell under types of their own.
      ALTER TABLE notifications ADD COLUMN kind text NOT NULL DEFAULT 'other';
      UPDATE notifications SET kind = CASE
        WHEN type LIKE '%\\_prospect\\_created' THEN 'booking_created'
        WHEN type LIKE '%\\_booking\\_moved' THEN 'booking_moved'
        WHEN type LIKE '%\\_booking\\_canceled' THEN 'booking_canceled'
        WHEN type LIKE '%\\_booking\\_no\\_show' THEN 'booking_no_show'
        WHEN type LIKE '%\\_connection\\_broken' THEN 'connection_broken'
        WHEN type LIKE '%\\_connection\\_recovered' THEN 'connection_recovered'
        WHEN type LIKE '%\\_import\\_finished' OR type LIKE '%\\_webhook\\_restored' THEN 'import_finished'
        ELSE 'other' END;
      CREATE INDEX notifications_dead_letters ON notifications (organization_id, created_at DESC)
        WHERE kind = 'dead_letters';

      -- Only what somebody has chosen; whoever has no row here follows the defaults.
      CREATE TABLE notification_preferences (
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        kind text NOT NULL,
        in_app boolean NOT NULL,
        email boolean NOT NULL,
        PRIMARY KEY (user_id, kind)
      );
      CREATE INDEX notification_preferences_organization ON notification_preferences (organization_id);

      CREATE TABLE mail_settings (
        organization_id uuid PRIMARY KEY REFERENCES organizations ON DELETE CASCADE,
        enabled boolean NOT NULL DEFAULT true,
        recipients text[] NOT NULL DEFAULT '{}',
        -- null: the organization's own
        locale text CHECK (locale IN ('fr', 'en')),
        digest text NOT NULL DEFAULT 'off' CHECK (digest IN ('off', 'daily')),
        -- null while there is no digest
        digest_due_at timestamptz,
        -- the last place in the feed that a digest has told
        digest_position bigint NOT NULL DEFAULT 0,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX mail_settings_digest_due ON mail_settings (digest_due_at) WHERE digest_due_at IS NOT NULL;

      CREATE TABLE mails (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        kind text NOT NULL,
        recipient text NOT NULL,
        locale text NOT NULL CHECK (locale IN ('fr', 'en')),
        -- sealed: what the mail says, before it is put into words; null once its time has passed
        model text,
        -- fixed before the first try, the same for every other
        message_id text NOT NULL UNIQUE,
        dedupe_key text NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'sent', 'bounced', 'not_sent', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        first_tried_at timestamptz,
        next_attempt_at timestamptz,
        -- the job that is sending it, and until when others believe that
        claimed_by text,
        claimed_until timestamptz,
        sent_at timestamptz,
        -- where it comes from, as far as that is known; ids alone, because these may go before it
        notification_id uuid,
        booking_id uuid,
        prospect_id uuid,
        integration_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (organization_id, dedupe_key)
      );
      CREATE INDEX mails_newest ON mails (organization_id, created_at DESC, id DESC);
      CREATE INDEX mails_queued ON mails (created_at) WHERE state = 'queued';
      CREATE INDEX mails_kept ON mails (created_at) WHERE model IS NOT NULL;
      CREATE INDEX mails_notification ON mails (notification_id);
      CREATE INDEX mails_booking ON mails (booking_id);
      CREATE INDEX mails_prospect ON mails (prospect_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE mails, mail_settings, notification_preferences;
      DROP INDEX notifications_dead_letters;
      ALTER TABLE notifications DROP COLUMN kind;
    `);
  }
}
