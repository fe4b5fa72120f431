import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ical from 'node-ical';
import type { Session } from '../../src/accounts/index.js';
import { BookingMerge } from '../../src/bookings/index.js';
import type { BookingFacts } from '../../src/bookings/booking-facts.js';
import { Mails, type ShownMail } from '../../src/notifications/mail/mails.service.js';
import { newId } from '../../src/platform/database/identifiers.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { bookingFacts } from '../support/booking-facts.js';
import { startBookingsApplication } from '../support/bookings-application.js';
import { instantsMeant, INSTANTS, readSlot, readSubject, ZONES } from '../support/mail-instants.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const HALF_AN_HOUR_MS = 1_800_000;

/** From the facts of a provider to what an administrator reads; what a row says is read from the row. */
describe('the instant of an appointment', () => {
  let database: TestDatabase;
  let application: INestApplicationContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    application = await startBookingsApplication(database.url);
  });
  afterAll(async () => {
    await application?.close();
    await database?.drop();
  });

  it.each(ZONES)('is the same in the row, the subject, both bodies and the calendar file in %s', async (zone) => {
    const scope = await addOrganization(zone);
    const booked = INSTANTS.map((startsAt, index) =>
      bookingFacts({
        externalId: `E${index}/I${index}`,
        startsAt,
        endsAt: new Date(startsAt.getTime() + HALF_AN_HOUR_MS),
      }),
    );
    await merge(scope, booked);
    await merge(scope, booked.map(toCanceled));

    const mails = await readMails(scope);

    expect(mails.map(({ row }) => row.kind).toSorted()).toEqual([
      ...INSTANTS.map(() => 'booking_canceled'),
      ...INSTANTS.map(() => 'booking_created'),
    ]);
    const rows = await database.query<{ id: string; starts_at: Date; ends_at: Date }>(
      'SELECT id, starts_at, ends_at FROM bookings WHERE organization_id = $1',
      [scope.organizationId],
    );
    expect(rows.map(({ starts_at }) => starts_at.getTime()).toSorted()).toEqual(INSTANTS.map(Number).toSorted());
    const byId = new Map(rows.map((row) => [row.id, [row.starts_at.getTime(), row.ends_at.getTime()]]));
    for (const mail of mails) {
      const told = byId.get(mail.row.booking_id!);
      expect(slotsOf(mail, zone)).toEqual({ text: told, html: told, calendarFile: told });
      expect(mail.preview!.text).toContain(`${zone} (UTC`);
    }
    // The subject of a new booking names no hour.
    const named = mails.filter(({ row }) => row.kind === 'booking_canceled');
    expect(named.map(({ row, subject }) => [row.booking_id, instantsMeant(readSubject(subject!)!, zone)])).toEqual(
      named.map(({ row }) => [row.booking_id, [byId.get(row.booking_id!)![0]]]),
    );
  });

  interface Scope {
    organizationId: string;
    userId: string;
    integrationId: string;
  }

  async function addOrganization(timeZone: string): Promise<Scope> {
    const scope = { organizationId: newId(), userId: newId(), integrationId: newId() };
    await database.query(
      `WITH organization AS (
         INSERT INTO organizations (id, name, slug, time_zone) VALUES ($1::uuid, 'Atelier', $1::text, $4)
       ), person AS (
         INSERT INTO users (id, organization_id, email, email_key, name, role)
         VALUES ($2, $1::uuid, 'olga@atelier.example', $1::text, 'Olga', 'owner')
       )
       INSERT INTO integrations (id, organization_id, provider, account_id, status)
       VALUES ($3, $1::uuid, 'calendly', 'U1', 'connected')`,
      [scope.organizationId, scope.userId, scope.integrationId, timeZone],
    );
    return scope;
  }

  async function merge({ organizationId, integrationId }: Scope, facts: readonly BookingFacts[]): Promise<void> {
    const target = {
      integrationId,
      provider: 'calendly',
      source: 'calendly',
      providerName: 'Calendly',
      quietBefore: null,
    };
    await application
      .get(UnitOfWork)
      .inOrganization({ organizationId }, (tx) => application.get(BookingMerge).apply(tx, target, facts));
  }

  async function readMails({ organizationId, userId }: Scope): Promise<ShownMail[]> {
    const session: Session = {
      organizationId,
      userId,
      sessionId: newId(),
      role: 'owner',
      email: 'olga@atelier.example',
      expiresAt: new Date(),
    };
    const service = application.get(Mails, { strict: false });
    const { mails } = await service.list(session, { limit: 200 });
    const shown: ShownMail[] = [];
    for (const { row } of mails) shown.push(await service.get(session, row.id));
    return shown;
  }
});

function toCanceled(facts: BookingFacts): BookingFacts {
  return {
    ...facts,
    status: 'canceled',
    cancellation: { by: 'invitee', reason: null },
    providerUpdatedAt: new Date(facts.providerUpdatedAt.getTime() + 60_000),
  };
}

/** Beginning and end, each time the mail tells them. */
function slotsOf({ preview }: ShownMail, zone: string): Record<'text' | 'html' | 'calendarFile', number[]> {
  const inWords = (content: string): number[] => {
    const slot = readSlot(content);
    return slot === null ? [] : [slot.start, slot.end].flatMap((hour) => instantsMeant(hour, zone));
  };
  const entries = Object.values(ical.sync.parseICS(preview!.calendarFile!.content));
  return {
    text: inWords(preview!.text),
    html: inWords(preview!.html),
    calendarFile: entries.flatMap((entry) =>
      entry?.type === 'VEVENT' ? [entry.start.getTime(), entry.end!.getTime()] : [],
    ),
  };
}
