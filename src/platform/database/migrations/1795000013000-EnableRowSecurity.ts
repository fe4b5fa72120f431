import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTables, unsecureTables } from '../row-security.js';

/**
 * The second wall between organizations, in the database itself. The tables are named here, because those that come
 * later are secured by the migrations that create them.
 */
export class EnableRowSecurity1795000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await secureTables(runner, TABLES);
    // lower() could tell what it sees, and is not looked up in an index before the policy; a column of its own is.
    await runner.query(`
      ALTER TABLE bookings ADD COLUMN invitee_email_key text GENERATED ALWAYS AS (lower(invitee_email)) STORED;
      DROP INDEX bookings_invitee_email;
      CREATE INDEX bookings_invitee_email ON bookings (organization_id, invitee_email_key);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX bookings_invitee_email;
      CREATE INDEX bookings_invitee_email ON bookings (organization_id, lower(invitee_email));
      ALTER TABLE bookings DROP COLUMN invitee_email_key;
    `);
    await unsecureTables(runner, TABLES);
  }
}

const TABLES = `
  organizations users sessions refresh_tokens audit_events audit_heads organization_keys oauth_transactions
  integrations token_refresh_attempts cursors channels prospects prospect_tombstones prospect_notes
  erased_people notifications notification_reads notification_preferences mail_settings mails bookings
  read_marks sync_runs deliveries outbox dead_letters formations formation_participants formation_sessions
  formation_exports calendar_events calendar_readings copies copy_conflicts webhook_endpoints
  webhook_messages webhook_attempts cal_com_managed_users cal_com_returns cal_com_handed_tokens
`
  .trim()
  .split(/\s+/);
