import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People who were erased on request, known by the hash of their address alone, and what keeps the past of each of them
 * from coming back: a provider tells the same old appointment again with every change of it, and a calendar is read
 * again as a whole now and then. The walls stand in the database, below everything that writes.
 */
export class CreateErasures1795000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE erased_people (
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        email_hash bytea NOT NULL,
        erased_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (organization_id, email_hash)
      );

      CREATE FUNCTION erased_since(organization uuid, email text, since timestamptz) RETURNS boolean
        LANGUAGE sql STABLE AS $$
          SELECT EXISTS (
            SELECT FROM erased_people
            WHERE organization_id = organization AND erased_at >= since
              AND email_hash = sha256(convert_to(lower(trim(email)), 'UTF8')))
        $$;

      -- Booked before the erasure: when and with whom of ours stays, who it was does not.
      CREATE FUNCTION forget_erased_invitee() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.invitee_email IS NULL
           OR NOT erased_since(NEW.organization_id, NEW.invitee_email, NEW.provider_created_at) THEN
          RETURN NEW;
        END IF;
        NEW.invitee_name := '—';
        NEW.invitee_firstname := NULL;
        NEW.invitee_lastname := NULL;
        NEW.invitee_email := NULL;
        NEW.invitee_phone := NULL;
        NEW.invitee_timezone := NULL;
        NEW.questions := '[]';
        NEW.tracking := '{}';
        NEW.join_url := NULL;
        NEW.location := CASE WHEN NEW.location ? 'type' THEN jsonb_build_object('type', NEW.location->'type') END;
        NEW.cancellation := CASE WHEN NEW.cancellation IS NOT NULL
          THEN jsonb_build_object('by', NEW.cancellation->'by', 'reason', NULL) END;
        RETURN NEW;
      END $$;
      CREATE TRIGGER bookings_forget_erased BEFORE INSERT OR UPDATE ON bookings
        FOR EACH ROW EXECUTE FUNCTION forget_erased_invitee();

      -- Of events that were known before the erasure.
      CREATE FUNCTION forget_erased_attendees() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.attendees <> '[]' AND EXISTS (SELECT FROM erased_people WHERE organization_id = NEW.organization_id) THEN
          NEW.attendees := coalesce((
            SELECT jsonb_agg(attendee ORDER BY place)
            FROM jsonb_array_elements(NEW.attendees) WITH ORDINALITY AS listed (attendee, place)
            WHERE NOT coalesce(erased_since(NEW.organization_id, attendee->>'email', NEW.created_at), false)), '[]');
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER calendar_events_forget_erased BEFORE INSERT OR UPDATE OF attendees ON calendar_events
        FOR EACH ROW EXECUTE FUNCTION forget_erased_attendees();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER calendar_events_forget_erased ON calendar_events;
      DROP TRIGGER bookings_forget_erased ON bookings;
      DROP FUNCTION forget_erased_attendees();
      DROP FUNCTION forget_erased_invitee();
      DROP FUNCTION erased_since(uuid, text, timestamptz);
      DROP TABLE erased_people;
    `);
  }
}
