import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trainings, their dates and their people. What is deleted stays until no calendar holds a copy of it any more. */
export class CreateFormations1795000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE formations (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        title text NOT NULL,
        description text,
        location text,
        -- of dates that name none
        time_zone text NOT NULL,
        status text NOT NULL DEFAULT 'confirmed' CHECK (status IN ('draft', 'confirmed', 'cancelled')),
        -- whether participants are invited by mail through the exported event
        invite_participants boolean NOT NULL DEFAULT false,
        created_by uuid REFERENCES users ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        -- title, description or location
        text_changed_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz
      );
      CREATE INDEX formations_newest ON formations (organization_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;

      CREATE TABLE formation_participants (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        formation_id uuid NOT NULL REFERENCES formations ON DELETE CASCADE,
        email text NOT NULL,
        -- the form of the address under which the organization's user is found, now or once there is one
        email_key text NOT NULL,
        name text,
        role text NOT NULL DEFAULT 'participant' CHECK (role IN ('participant', 'trainer')),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz
      );
      CREATE UNIQUE INDEX formation_participants_address ON formation_participants (formation_id, email_key)
        WHERE deleted_at IS NULL;
      CREATE INDEX users_address ON users (organization_id, email_key) WHERE removed_at IS NULL;

      CREATE TABLE formation_sessions (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        formation_id uuid NOT NULL REFERENCES formations ON DELETE CASCADE,
        -- a date for one participant alone, in place of a general one where it names it
        participant_id uuid REFERENCES formation_participants ON DELETE CASCADE,
        replaces_session_id uuid REFERENCES formation_sessions ON DELETE SET NULL,
        -- null: the formation's own; empty: none, whatever the formation says
        title text,
        description text,
        location text,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        time_zone text NOT NULL,
        status text NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'cancelled')),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        text_changed_at timestamptz NOT NULL DEFAULT now(),
        -- begin, end or time zone
        schedule_changed_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        CHECK (ends_at > starts_at)
      );
      CREATE INDEX formation_sessions_formation ON formation_sessions (formation_id, starts_at, id);
      CREATE INDEX formation_sessions_participant ON formation_sessions (participant_id)
        WHERE participant_id IS NOT NULL;
      CREATE INDEX formation_sessions_replaced ON formation_sessions (replaces_session_id)
        WHERE replaces_session_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX users_address;
      DROP TABLE formation_sessions, formation_participants, formations;
    `);
  }
}
