import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations, the people in them, their sessions, the limits on guessing and the audit trail. */
export class CreateAccounts1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organizations (
        id uuid PRIMARY KEY,
        -- how a host application names this organization when its tokens do not carry our own id
        external_id text UNIQUE,
        name text NOT NULL,
        slug text NOT NULL UNIQUE,
        time_zone text NOT NULL DEFAULT 'Europe/Paris',
        locale text NOT NULL DEFAULT 'fr' CHECK (locale IN ('fr', 'en')),
        settings jsonb NOT NULL DEFAULT '{}',
        -- position of the newest notification; its row lock also serialises the merges of one organization
        feed_position bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE users (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        -- 'sub' of a host application's tokens
        external_subject text,
        email text NOT NULL,
        email_key text NOT NULL,
        name text NOT NULL,
        -- null for people who only come with a host application's tokens
        password_hash text,
        role text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
        removed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX users_login ON users (email_key) WHERE password_hash IS NOT NULL AND removed_at IS NULL;
      CREATE UNIQUE INDEX users_subject ON users (organization_id, external_subject)
        WHERE external_subject IS NOT NULL AND removed_at IS NULL;
      CREATE INDEX users_organization ON users (organization_id);

      -- One login. Its refresh tokens form a family: the reuse of a spent one ends the session.
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoked_reason text CHECK (revoked_reason IN ('logout', 'reuse', 'removed'))
      );
      CREATE INDEX sessions_user ON sessions (user_id);

      CREATE TABLE refresh_tokens (
        token_hash bytea PRIMARY KEY,
        organization_id uuid NOT NULL,
        session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        used_at timestamptz
      );
      CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

      -- the layout rate-limiter-flexible expects
      CREATE TABLE rate_limits (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      );

      CREATE TABLE audit_events (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        position bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        actor_type text NOT NULL CHECK (actor_type IN ('user', 'system', 'provider')),
        actor_id text,
        action text NOT NULL,
        object_type text,
        object_id text,
        outcome text NOT NULL CHECK (outcome IN ('success', 'refused', 'failure')),
        request_id text,
        ip_prefix text,
        details jsonb NOT NULL DEFAULT '{}',
        previous_hash bytea NOT NULL,
        hash bytea NOT NULL,
        UNIQUE (organization_id, position)
      );

      -- The newest link of each organization's chain; its row lock keeps the chain single.
      CREATE TABLE audit_heads (
        organization_id uuid PRIMARY KEY REFERENCES organizations ON DELETE CASCADE,
        position bigint NOT NULL,
        hash bytea NOT NULL
      );

      CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- deleting an organization takes its trail with it; nothing else may touch a written line
        IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
          RETURN OLD;
        END IF;
        RAISE EXCEPTION 'audit_events is append-only' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
        FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_heads, audit_events, rate_limits, refresh_tokens, sessions, users, organizations;
      DROP FUNCTION refuse_audit_change();
    `);
  }
}
