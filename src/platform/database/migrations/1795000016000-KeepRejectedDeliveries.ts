import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACROSS_SETTING } from '../row-security.js';

/**
 * Deliveries that were refused, as rows. What was sent stands in a column of its own and not in `body`: nothing that works
 * through bodies, in this version or the one before, can take an unproven one for a delivery.
 */
export class KeepRejectedDeliveries1795000016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE deliveries
        ADD COLUMN evidence text,
        ADD COLUMN signed_with text CHECK (signed_with IN ('connection', 'application', 'none')),
        ADD COLUMN rechecked_at timestamptz,
        -- how many more were refused on the same channel and not kept
        ADD COLUMN others_rejected integer NOT NULL DEFAULT 0,
        DROP CONSTRAINT deliveries_state_check;
      -- Not tried on the rows that are there: they have met a stricter condition.
      ALTER TABLE deliveries ADD CONSTRAINT deliveries_state_check
        CHECK (state IN ('received', 'processed', 'ignored', 'dead', 'rejected')) NOT VALID;
      ALTER TABLE deliveries ALTER COLUMN evidence SET STORAGE EXTERNAL;
      CREATE INDEX deliveries_rejected ON deliveries (channel_id, received_at) WHERE state = 'rejected';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT set_config('${ACROSS_SETTING}', 'on', true)`);
    await runner.query(`
      DELETE FROM deliveries WHERE state = 'rejected';
      DROP INDEX deliveries_rejected;
      ALTER TABLE deliveries
        DROP COLUMN others_rejected,
        DROP COLUMN rechecked_at,
        DROP COLUMN signed_with,
        DROP COLUMN evidence,
        DROP CONSTRAINT deliveries_state_check;
      ALTER TABLE deliveries ADD CONSTRAINT deliveries_state_check
        CHECK (state IN ('received', 'processed', 'ignored', 'dead'));
    `);
  }
}
