import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { type BookingFacts, BookingMerge, Bookings } from '../../src/bookings/index.js';
import { readDelivery } from '../../src/calendly/calendly.delivery.js';
import { toBookingFacts } from '../../src/calendly/calendly.mapper.js';
import { CalendlyUris } from '../../src/calendly/calendly.uris.js';
import { inviteePayloadWire } from '../../src/calendly/calendly.wire.js';
import { newId } from '../../src/platform/database/identifiers.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { ProspectBooking } from '../../src/prospects/prospect-bookings.js';
import { listViews } from '../../src/prospects/prospect.view.js';
import { startBookingsApplication } from '../support/bookings-application.js';
import { type Message, type Step, tellChain } from '../support/calendly-chain.js';
import { CALENDLY_API } from '../support/calendly-payloads.js';
import { IS_LONG } from '../support/long-tests.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** So many run at once: they wait for the database, each in an organization of its own. */
const SIDE_BY_SIDE = 10;
const HISTORIES = IS_LONG ? 1_000 : 200;
const MOST_MESSAGES = 12;

// A minute on an idle machine; a busy one may take its time.
jest.setTimeout(600_000);

/** What happened, and how it reached us: positions in the list of messages, some repeated, in groups of one commit. */
interface History {
  steps: Step[];
  kept: number[];
  arrivals: number[][];
}

interface Told {
  type: string;
  external_id: string;
}

interface Outcome {
  state: unknown;
  faults: string[];
}

describe('histories of bookings', () => {
  let database: TestDatabase;
  let application: INestApplicationContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    // Thousands of commits, of which none has to outlive a power cut.
    await database.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$`,
    );
    application = await startBookingsApplication(database.url);
  });
  afterAll(async () => {
    await application?.close();
    await database?.drop();
  });

  it('end the same, whatever the order, the repetition and the grouping of what is delivered and read', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(history(), { minLength: SIDE_BY_SIDE, maxLength: SIDE_BY_SIDE }), async (histories) => {
        await Promise.all(histories.map(compareWithOrdered));
        compared += histories.length;
      }),
      { numRuns: HISTORIES / SIDE_BY_SIDE, seed: 20_261_120 },
    );
    report(compared);
  });

  it('end the same for every order in which booking, two moves and a cancellation can arrive', async () => {
    const steps: Step[] = (['book', 'move', 'move', 'cancel'] as const).map((kind, hour) => {
      return { kind, hour, afterSeconds: 60 };
    });
    const messages = tellChain(steps, 'A').map(toFacts);
    const positions = messages.map((_, position) => position);
    const ordered = await live(positions.map((position) => messages[position]!));

    const all = permutations(positions);
    expect(all).toHaveLength(720);
    const orders = all.filter((_, index) => IS_LONG || index % 7 === 0);
    await sideBySide(orders, async (order) => {
      // Each commit brings one message, and repeats the one before it.
      const outcome = await live(
        order.map((position, index) => [position, order[index - 1] ?? position].flatMap((one) => messages[one]!)),
      );
      expect({ order, ...outcome }).toEqual({ order, ...ordered, faults: [] });
    });
    report(orders.length);
  });

  async function compareWithOrdered({ steps, kept, arrivals }: History): Promise<void> {
    const messages = tellChain(steps, 'A').map(toFacts);
    const [ordered, shuffled] = await Promise.all([
      live(kept.map((position) => messages[position]!)),
      live(arrivals.map((commit) => commit.flatMap((position) => messages[position]!))),
    ]);
    expect(ordered.faults).toEqual([]);
    expect(shuffled).toEqual(ordered);
  }

  /** Merges one commit after the other into an organization that has nothing yet. */
  async function live(commits: BookingFacts[][]): Promise<Outcome> {
    const [organizationId, integrationId] = [newId(), newId()];
    await database.query(
      `WITH organization AS (INSERT INTO organizations (id, name, slug) VALUES ($1::uuid, 'One', $1::text))
       INSERT INTO integrations (id, organization_id, provider, account_id, status)
       VALUES ($2, $1::uuid, 'calendly', 'U1', 'connected')`,
      [organizationId, integrationId],
    );
    const target = {
      integrationId,
      provider: 'calendly',
      source: 'calendly',
      providerName: 'Calendly',
      quietBefore: null,
    };
    for (const facts of commits) {
      await application
        .get(UnitOfWork)
        .inOrganization({ organizationId }, (tx) => application.get(BookingMerge).apply(tx, target, facts));
    }
    return look(organizationId);
  }

  async function look(organizationId: string): Promise<Outcome> {
    const bookings = await database.query(
      `SELECT b.*, p.email AS prospect, b.pair_due_at IS NOT NULL AS waits FROM bookings b
       LEFT JOIN prospects p ON p.id = b.prospect_id WHERE b.organization_id = $1 ORDER BY b.external_id`,
      [organizationId],
    );
    const told = await database.query<Told>(
      `SELECT n.type, b.external_id FROM notifications n JOIN bookings b ON b.id = (n.meta->>'booking_id')::uuid
       WHERE n.organization_id = $1 ORDER BY n.position`,
      [organizationId],
    );
    const { people, shown } = await application.get(UnitOfWork).inOrganization({ organizationId }, async (tx) => {
      const prospects = await tx.query<{ id: string }>(
        `SELECT id FROM prospects WHERE organization_id = $1 ORDER BY email`,
        [organizationId],
      );
      const ids = prospects.map(({ id }) => id);
      const pages: ProspectBooking[][] = [];
      for (const id of ids) pages.push(await application.get(Bookings).listOfProspect(tx, id));
      return { people: await listViews(tx, ids), shown: pages };
    });
    return {
      state: {
        bookings: bookings.map(withoutOwnIds),
        people: people.map(withoutOwnIds),
        shown: shown.map((rows) => rows.map(({ starts_at: at, status }) => `${at.toISOString()} ${status}`).sort()),
      },
      faults: findFaults(told, bookings as unknown as Known[]),
    };
  }
});

interface Known {
  external_id: string;
  status: string;
  previous_external_id: string | null;
  next_external_id: string | null;
  waits: boolean;
}

/** What people may have been told of bookings that ended like this, whichever way they came to it. */
function findFaults(told: readonly Told[], bookings: readonly Known[]): string[] {
  const known = new Set(bookings.map((booking) => booking.external_id));
  return bookings.flatMap((booking) => {
    const { external_id: id, status, previous_external_id: previous, next_external_id: next, waits } = booking;
    const count = (kind: string) =>
      told.filter((one) => one.external_id === id && one.type === `calendly_${kind}`).length;
    const created = count('prospect_created');
    const moved = count('booking_moved');
    const canceled = count('booking_canceled');
    const other = status === 'moved' ? next : previous;
    const isHalf = other !== null && !known.has(other);
    return [
      ...(created > (previous === null ? 1 : 0) ? [`${id}: told as new ${created} times`] : []),
      ...(moved > (previous === null ? 0 : 1) ? [`${id}: told as moved ${moved} times`] : []),
      ...(canceled !== (status === 'canceled' ? 1 : 0) ? [`${id}: ${status}, told as canceled ${canceled} times`] : []),
      // Whatever happened on the way, a booking that stands is known to people.
      ...(status === 'active' && !isHalf && created + moved !== 1
        ? [`${id}: stands, told ${created + moved} times`]
        : []),
      ...(waits === isHalf ? [] : [`${id}: ${waits ? 'waits for nobody' : 'does not wait for its other half'}`]),
    ];
  });
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('move', 'move', 'cancel', 'no-show', 'no-show', 'undo', 'link', 'read', 'book'),
  hour: fc.nat({ max: 3 }),
  afterSeconds: fc.constantFrom(0, 1, 60),
});

function history(): fc.Arbitrary<History> {
  const steps = fc
    .tuple(fc.nat({ max: 3 }), fc.array(step, { maxLength: 9 }))
    .map(([hour, rest]): Step[] => [{ kind: 'book', hour, afterSeconds: 0 }, ...rest]);
  return steps
    .filter((told) => tellChain(told, 'A').length <= MOST_MESSAGES)
    .chain((told) => {
      const all = tellChain(told, 'A').map((_, position) => position);
      // One in four histories has messages that never arrive.
      const arriving = fc.oneof({ weight: 3, arbitrary: fc.constant(all) }, fc.subarray(all, { minLength: 1 }));
      return arriving.chain((kept) =>
        fc
          .array(fc.constantFrom(...kept), { maxLength: 4 })
          .chain((repeated) => {
            const copies = [...kept, ...repeated];
            return fc.tuple(
              fc.shuffledSubarray(copies, { minLength: copies.length }),
              fc.array(fc.boolean(), { minLength: copies.length, maxLength: copies.length }),
            );
          })
          .map(([order, cuts]) => ({ steps: told, kept, arrivals: group(order, cuts) })),
      );
    });
}

function group(order: readonly number[], cuts: readonly boolean[]): number[][] {
  const groups: number[][] = [];
  order.forEach((position, index) => {
    if (index === 0 || cuts[index]) groups.push([]);
    groups.at(-1)!.push(position);
  });
  return groups;
}

const uris = new CalendlyUris(CALENDLY_API);

function toFacts({ kind, body }: Message): BookingFacts[] {
  if (kind === 'delivery') {
    const { outcome } = readDelivery(uris, body);
    if (outcome.kind !== 'booking') throw new Error(`A delivery of the history is ${outcome.kind}`);
    return [outcome.facts];
  }
  return (JSON.parse(body.toString()) as unknown[]).map((shown) => {
    const { scheduled_event: event, ...invitee } = inviteePayloadWire.parse(shown);
    return toBookingFacts(uris, event, invitee);
  });
}

const OWN = new Set([
  'id',
  'organization_id',
  'integration_id',
  'prospect_id',
  'created_at',
  'updated_at',
  'pair_due_at',
]);

/** Without what is made anew in each organization, and the moments of our own clock. */
function withoutOwnIds(row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !OWN.has(name)));
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
}

function report(histories: number): void {
  process.stdout.write(`histories ${histories}, divergences 0\n`);
}
