import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What working through a delivery came to the last time, beside what it came to the first time. */
export class AddLastEffect1795000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE deliveries ADD COLUMN last_effect text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE deliveries DROP COLUMN last_effect');
  }
}
