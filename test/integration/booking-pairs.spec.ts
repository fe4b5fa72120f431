import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingMerge } from '../../src/bookings/index.js';
import { CompletePairsJob } from '../../src/bookings/complete-pairs.job.js';
import { readDelivery } from '../../src/calendly/calendly.delivery.js';
import { CalendlyUris } from '../../src/calendly/calendly.uris.js';
import { type OAuthProvider, ProviderRegistry } from '../../src/integrations/index.js';
import { newId } from '../../src/platform/database/identifiers.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { startBookingsApplication } from '../support/bookings-application.js';
import { tellChain } from '../support/calendly-chain.js';
import { CALENDLY_API } from '../support/calendly-payloads.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const [BOOKED, OLD_HALF, NEW_HALF] = [0, 1, 2] as const;

const deliveries = tellChain(
  [
    { kind: 'book', hour: 0, afterSeconds: 0 },
    { kind: 'move', hour: 2, afterSeconds: 60 },
  ],
  'A',
).map(({ body }) => {
  const { outcome } = readDelivery(new CalendlyUris(CALENDLY_API), body);
  if (outcome.kind !== 'booking') throw new Error(`A delivery of the chain is ${outcome.kind}`);
  return outcome.facts;
});

describe('one half of a move', () => {
  let database: TestDatabase;
  let application: INestApplicationContext;
  let organizationId: string;
  let integrationId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    application = await startBookingsApplication(database.url);
    // The connection has no tokens, so nothing is asked of it.
    const provider = {
      id: 'calendly',
      displayName: 'Calendly',
      profile: { source: 'calendly' },
      listEvents: null,
      verifyDelivery: null,
    };
    application.get(ProviderRegistry, { strict: false }).register(provider as unknown as OAuthProvider);
  });
  beforeEach(async () => {
    [organizationId, integrationId] = [newId(), newId()];
    await database.query(
      `WITH organization AS (INSERT INTO organizations (id, name, slug) VALUES ($1::uuid, 'One', $1::text))
       INSERT INTO integrations (id, organization_id, provider, account_id, status)
       VALUES ($2, $1::uuid, 'calendly', 'U1', 'needs_reauth')`,
      [organizationId, integrationId],
    );
  });
  afterAll(async () => {
    await application?.close();
    await database?.drop();
  });

  it('waits two minutes for the other, with a job to look for it', async () => {
    await arrive(OLD_HALF);

    const [wait] = await database.query(
      `SELECT extract(epoch FROM b.pair_due_at - now())::int AS seconds, j.run_at = b.pair_due_at AS same
       FROM bookings b JOIN graphile_worker.jobs j ON j.task_identifier = 'bookings.complete-pairs'
       WHERE b.organization_id = $1`,
      [organizationId],
    );
    expect(wait!['seconds']).toBeGreaterThan(100);
    expect(wait!['seconds']).toBeLessThanOrEqual(120);
    expect(wait!['same']).toBe(true);
  });

  it('waits too when its booking was known before', async () => {
    await arrive(BOOKED);
    await arrive(OLD_HALF);
    expect(await waiting()).toBe(1);
  });

  it('waits no longer once the other is here, and has nothing left to tell', async () => {
    await arrive(OLD_HALF);
    await arrive(NEW_HALF);
    expect(await waiting()).toBe(0);

    await givePatienceUp();
    expect(await told()).toEqual([
      'Inès Roy a déplacé son rendez-vous "Découverte 30min" du 01/12/2026 09:00:00 au 01/12/2026 11:00:00',
    ]);
  });

  it('is not told alone before its time', async () => {
    await arrive(OLD_HALF);
    await run();
    expect(await told()).toEqual([]);
    expect(await waiting()).toBe(1);
  });

  it.each([
    [OLD_HALF, NEW_HALF, 'Inès Roy a déplacé son rendez-vous "Découverte 30min" du 01/12/2026 09:00:00'],
    [NEW_HALF, OLD_HALF, 'Inès Roy a déplacé son rendez-vous "Découverte 30min" au 01/12/2026 11:00:00'],
  ])('is told alone in the end, once, also when the other comes after all (%i, then %i)', async (half, other, text) => {
    await arrive(half);
    await givePatienceUp();
    expect(await told()).toEqual([text]);
    expect(await waiting()).toBe(0);

    await arrive(half);
    await arrive(other);
    await givePatienceUp();
    expect(await told()).toEqual([text]);
  });

  function arrive(delivery: number): Promise<unknown> {
    const target = {
      integrationId,
      provider: 'calendly',
      source: 'calendly',
      providerName: 'Calendly',
      quietBefore: null,
    };
    return application
      .get(UnitOfWork)
      .inOrganization({ organizationId }, (tx) =>
        application.get(BookingMerge).apply(tx, target, [deliveries[delivery]!]),
      );
  }

  async function givePatienceUp(): Promise<void> {
    await database.query(
      `UPDATE bookings SET pair_due_at = now() WHERE organization_id = $1 AND pair_due_at IS NOT NULL`,
      [organizationId],
    );
    await run();
  }

  function run(): Promise<void> {
    return application.get(CompletePairsJob, { strict: false }).run({ organizationId, integrationId });
  }

  async function waiting(): Promise<number> {
    const rows = await database.query(
      `SELECT id FROM bookings WHERE organization_id = $1 AND pair_due_at IS NOT NULL`,
      [organizationId],
    );
    return rows.length;
  }

  async function told(): Promise<string[]> {
    const rows = await database.query<{ message: string }>(
      `SELECT message FROM notifications WHERE organization_id = $1 AND type = 'calendly_booking_moved' ORDER BY position`,
      [organizationId],
    );
    return rows.map(({ message }) => message);
  }
});
