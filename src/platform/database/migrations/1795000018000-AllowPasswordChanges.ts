import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions that a new password has ended, and passwords that were drawn for somebody who forgot theirs. */
export class AllowPasswordChanges1795000018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- null: it lasts; else nobody signs in with it from then on
      ALTER TABLE users ADD COLUMN password_expires_at timestamptz;
      ALTER TABLE sessions DROP CONSTRAINT sessions_revoked_reason_check;
      ALTER TABLE sessions ADD CONSTRAINT sessions_revoked_reason_check
        CHECK (revoked_reason IN ('logout', 'reuse', 'removed', 'password'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE sessions SET revoked_reason = 'logout' WHERE revoked_reason = 'password';
      ALTER TABLE sessions DROP CONSTRAINT sessions_revoked_reason_check;
      ALTER TABLE sessions ADD CONSTRAINT sessions_revoked_reason_check
        CHECK (revoked_reason IN ('logout', 'reuse', 'removed'));
      ALTER TABLE users DROP COLUMN password_expires_at;
    `);
  }
}
