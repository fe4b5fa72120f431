import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sealed text cannot be compressed: not tried any more, for each delivery anew. */
export class StoreBodiesPlainly1795000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE deliveries ALTER COLUMN body SET STORAGE EXTERNAL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE deliveries ALTER COLUMN body SET STORAGE EXTENDED');
  }
}
