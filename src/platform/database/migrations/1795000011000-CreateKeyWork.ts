import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the renewal of encryption keys needs while everything runs: which key writes, who holds which, how far it is. */
export class CreateKeyWork1795000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE key_checks
        -- the key that was promoted last writes; before the first promotion, the configured one
        ADD COLUMN promoted_at timestamptz,
        ADD COLUMN retired_at timestamptz;

      ALTER TABLE organization_keys
        -- known to everybody, and not yet written with: its retired_at is lifted when it takes over
        ADD COLUMN takes_over boolean NOT NULL DEFAULT false,
        -- how often it has sealed something: random nonces wear a key out
        ADD COLUMN uses bigint NOT NULL DEFAULT 0;
      CREATE INDEX organization_keys_wrapped_by ON organization_keys (kek_id);

      -- Which keys each running instance holds, said again and again; a row that grows old is an instance that is gone.
      CREATE TABLE key_holders (
        instance_id uuid PRIMARY KEY,
        key_ids text[] NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE key_rotations (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('wrapping', 'data')),
        kek_id text NOT NULL REFERENCES key_checks,
        done bigint NOT NULL DEFAULT 0,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        finished_at timestamptz
      );
      -- a second command joins the rotation under way
      CREATE UNIQUE INDEX key_rotations_under_way ON key_rotations (kind) WHERE finished_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE key_rotations, key_holders;
      DROP INDEX organization_keys_wrapped_by;
      DELETE FROM organization_keys WHERE takes_over;
      ALTER TABLE organization_keys DROP COLUMN takes_over, DROP COLUMN uses;
      ALTER TABLE key_checks DROP COLUMN promoted_at, DROP COLUMN retired_at;
    `);
  }
}
