import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTables } from '../row-security.js';

/** Replays of many deliveries: what was meant, how far it is, and whether somebody has called it off. */
export class CreateReplayRuns1795000016100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE replay_runs (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        -- ids, words and instants; see ResolvedFilter
        filter jsonb NOT NULL,
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'canceled', 'failed')),
        total integer NOT NULL,
        taken integer NOT NULL DEFAULT 0,
        done integer NOT NULL DEFAULT 0,
        after_at timestamptz,
        after_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      );
      CREATE INDEX replay_runs_newest ON replay_runs (organization_id, created_at DESC, id DESC);
    `);
    await secureTables(runner, ['replay_runs']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE replay_runs');
  }
}
