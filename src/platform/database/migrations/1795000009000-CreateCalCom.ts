import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose managed user is whose at Cal.com, consents for calendars under way, and tokens that browsers hold. */
export class CreateCalCom1795000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cal_com_managed_users (
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        client_id text NOT NULL,
        -- null until Cal.com has answered
        cal_user_id bigint,
        -- one process at a time asks for a person's user; a claim whose process died ends by itself
        claimed_until timestamptz,
        PRIMARY KEY (user_id, client_id)
      );
      CREATE UNIQUE INDEX cal_com_managed_users_cal_user ON cal_com_managed_users (client_id, cal_user_id);
      CREATE INDEX cal_com_managed_users_organization ON cal_com_managed_users (organization_id);

      CREATE TABLE cal_com_returns (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        calendar_type text NOT NULL CHECK (calendar_type IN ('google', 'office365')),
        state_hash bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        consumed_at timestamptz
      );
      CREATE INDEX cal_com_returns_user ON cal_com_returns (user_id, created_at);

      CREATE TABLE cal_com_handed_tokens (
        digest bytea PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
        handed_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX cal_com_handed_tokens_integration ON cal_com_handed_tokens (integration_id, handed_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE cal_com_handed_tokens, cal_com_returns, cal_com_managed_users;`);
  }
}
