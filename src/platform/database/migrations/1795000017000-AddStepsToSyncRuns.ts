import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a reading read everything, and what it did one after the other. */
export class AddStepsToSyncRuns1795000017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sync_runs
        ADD COLUMN full_reason text CHECK (full_reason IN (
          'first_import', 'cursor_expired', 'window_aged', 'page_expired', 'requested', 'calendar_changed', 'recovery',
          'daily_check')),
        -- a bounded list, written with the run's progress
        ADD COLUMN steps jsonb NOT NULL DEFAULT '[]'
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_runs DROP COLUMN full_reason, DROP COLUMN steps');
  }
}
