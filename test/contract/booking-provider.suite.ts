import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookingFacts, BookingProvider, ListedEvent, RawDelivery } from '../../src/bookings/index.js';
import { type ProviderAccess, ProviderError } from '../../src/integrations/index.js';
import type { BookingBench, BookingOddities, Trouble } from './support/booking-bench.js';

/**
 * The promises of `BookingProvider`, each a case, against a provider's stand-in. `oddities` is given apart because its
 * cases are named before anything has started.
 */
export function describeBookingProvider(
  name: string,
  start: () => Promise<BookingBench>,
  oddities: BookingOddities,
): void {
  describe(`${name} as a booking provider`, () => {
    let bench: BookingBench;
    let provider: BookingProvider;
    let access: ProviderAccess;

    beforeAll(async () => {
      bench = await start();
      ({ provider, access } = bench);
    });
    afterEach(() => bench?.calm());
    afterAll(() => bench?.close());

    const bookOne = async (): Promise<string> => (await bench.book())[0]!;
    const find = async (externalId: string): Promise<BookingFacts> => {
      const facts = await provider.findBooking(access, externalId);
      if (facts === null) throw new Error('The booking that was just made is not shown');
      return facts;
    };
    const listed = async (externalId: string): Promise<ListedEvent> => {
      const externalEventId = eventOf(await find(externalId));
      return (await listAll(provider, access, bench.window)).find((event) => idOf(event) === externalEventId)!;
    };

    describe('lists what is booked', () => {
      it('once each, in the window and page by page until there are no more', async () => {
        await bench.fill(250);
        const pages: number[] = [];
        const ids: string[] = [];
        let pageToken: string | null = null;
        do {
          const page = await provider.listEvents(access, bench.window, pageToken);
          expect(page.calls).toBeGreaterThanOrEqual(1);
          pages.push(page.events.length);
          ids.push(...page.events.map(({ externalEventId }) => externalEventId));
          pageToken = page.nextPageToken;
        } while (pageToken !== null);
        expect(pages.length).toBeGreaterThan(1);
        expect(ids.length).toBeGreaterThanOrEqual(250);
        expect(new Set(ids).size).toBe(ids.length);
      });

      it('and nothing outside the window', async () => {
        const [externalId] = await bench.book();
        const { startsAt, externalEventId } = (await provider.findBooking(access, externalId!))!;
        const around = { from: new Date(startsAt.getTime() - 1_000), to: new Date(startsAt.getTime() + 1_000) };
        const before = { from: new Date(startsAt.getTime() - 3_600_000), to: new Date(startsAt.getTime() - 1_000) };
        const ids = async (window: typeof around) => (await listAll(provider, access, window)).map(idOf);
        expect(await ids(around)).toContain(externalEventId);
        expect(await ids(before)).not.toContain(externalEventId);
      });

      it('whatever its state', async () => {
        const [standing, canceled, moved] = [await bookOne(), await bookOne(), await bookOne()];
        await bench.cancel(canceled);
        const next = await bench.move(moved);
        const shown = new Set((await listAll(provider, access, bench.window)).map(idOf));
        for (const id of [standing, canceled, moved, next]) expect(shown).toContain(eventOf(await find(id)));
      });

      it('with an empty page that is not the end', async () => {
        const odd = bench.canned([oddities.emptyPageWithMore]);
        const page = await odd.provider.listEvents(odd.access, bench.window, null);
        expect(page).toMatchObject({ events: [], nextPageToken: expect.any(String) });
      });

      it('and refuses a page token that it did not give', async () => {
        await expectFailure(provider.listEvents(access, bench.window, 'not-a-token'), 'cursor-expired');
      });
    });

    describe('marks an event', () => {
      const marks = async (externalId: string) => {
        const externalEventId = eventOf(await find(externalId));
        return (await listAll(provider, access, bench.window)).find((event) => idOf(event) === externalEventId)?.mark;
      };

      it('the same as long as nothing changes', async () => {
        const id = await bookOne();
        const mark = await marks(id);
        expect(mark).toBeDefined();
        await provider.readEvent(access, await listed(id));
        await bookOne();
        expect(await marks(id)).toBe(mark);
      });

      it('otherwise after every change', async () => {
        const [one, other] = (await bench.book(2)) as [string, string];
        const seen = [await marks(one)];
        const changes = [
          () => bench.markAbsent(one),
          () => bench.unmarkAbsent(one),
          () => bench.touchEvent(one),
          () => bench.cancel(other),
          () => bench.move(one),
        ];
        for (const change of changes) {
          await change();
          seen.push(await marks(one));
        }
        expect(new Set(seen).size).toBe(changes.length + 1);
      });
    });

    describe('reads an event', () => {
      it('with everybody who booked it, whatever became of them', async () => {
        const ids = await bench.book(5);
        await bench.cancel(ids[1]!);
        await bench.markAbsent(ids[2]!);
        await bench.move(ids[3]!);
        const facts = await provider.readEvent(access, await listed(ids[0]!));
        expect(byId(facts).map(({ externalId }) => externalId)).toEqual([...ids].sort());
        const statuses = new Map(facts.map((one) => [one.externalId, one.status]));
        expect(ids.map((id) => statuses.get(id))).toEqual(['active', 'canceled', 'active', 'moved', 'active']);
        expect(new Set(facts.map(eventOf)).size).toBe(1);
        expect(facts.find(({ externalId }) => externalId === ids[2])?.noShow.at).toBeInstanceOf(Date);
      });

      it('through all its pages, though one of them is empty', async () => {
        const { answers, externalIds } = oddities.inviteesInThreePages;
        const odd = bench.canned(answers);
        const { events } = await odd.provider.listEvents(odd.access, bench.window, null);
        const facts = await odd.provider.readEvent(odd.access, events[0]!);
        expect(facts.map(({ externalId }) => externalId)).toEqual(externalIds);
        // No page was asked for twice.
        expect(new Set(odd.asked).size).toBe(odd.asked.length);
      });

      it('and gives up where pages lead in a circle', async () => {
        const odd = bench.canned(oddities.inviteesInCircles);
        const { events } = await odd.provider.listEvents(odd.access, bench.window, null);
        await expectFailure(odd.provider.readEvent(odd.access, events[0]!), 'contract');
        expect(odd.asked.length).toBeLessThan(10);
      });

      it('linking both halves of a move', async () => {
        const old = await bookOne();
        const next = await bench.move(old);
        expect(await find(old)).toMatchObject({ status: 'moved', nextExternalId: next, previousExternalId: null });
        expect(await find(next)).toMatchObject({ status: 'active', previousExternalId: old, nextExternalId: null });
      });
    });

    describe('finds a booking', () => {
      it('as reading its event shows it', async () => {
        const [one] = (await bench.book(3)) as [string];
        const read = await provider.readEvent(access, await listed(one));
        expect(await find(one)).toEqual(read.find(({ externalId }) => externalId === one));
      });

      it('or answers null when there is none, or none that this account may see', async () => {
        const id = await bookOne();
        const elsewhere = id.replaceAll(/[0-9a-f]/gi, '0');
        expect(await provider.findBooking(access, elsewhere)).toBeNull();
        expect(await provider.findBooking(bench.stranger, id)).toBeNull();
      });

      it('and not another one in its place', async () => {
        const { answers, asked } = oddities.anotherBooking;
        const odd = bench.canned(answers);
        await expectFailure(odd.provider.findBooking(odd.access, asked), 'contract');
      });
    });

    describe('pushes', () => {
      const request = () => ({ url: bench.pushUrl, secret: 'a-secret-of-this-channel' });

      it('over a channel that is open, until it is closed, twice if need be', async () => {
        const { externalId } = await provider.openChannel(access, request());
        expect(await provider.checkChannel(access, externalId)).toBe('open');
        await provider.closeChannel(access, externalId);
        expect(await provider.checkChannel(access, externalId)).toBe('lost');
        await provider.closeChannel(access, externalId);
      });

      it('not for an account whose plan does not include it, nor without consent', async () => {
        await expectFailure(provider.openChannel(bench.unpaid, request()), 'plan');
        await expectFailure(provider.openChannel(bench.narrow, request()), 'insufficient-scope');
      });

      it('from a channel that says when it fails, and when it is lost', async () => {
        const { externalId } = await provider.openChannel(access, request());
        await bench.breakChannel('failing');
        expect(await provider.checkChannel(access, externalId)).toBe('failing');
        await bench.breakChannel('lost');
        expect(await provider.checkChannel(access, externalId)).toBe('lost');
        await provider.closeChannel(access, externalId);
      });

      it('and does not take a stranger’s channel for its own', async () => {
        const { externalId } = await provider.openChannel(access, request());
        expect(await provider.checkChannel(bench.stranger, externalId)).toBe('lost');
        await provider.closeChannel(bench.stranger, externalId);
        expect(await provider.checkChannel(access, externalId)).toBe('open');
        await provider.closeChannel(access, externalId);
      });
    });

    describe('opens a delivery', () => {
      let deliveries: RawDelivery[];
      let told: Map<string, BookingFacts>;
      let booked: string[];

      beforeAll(async () => {
        await bench.received();
        const { externalId } = await provider.openChannel(access, { url: bench.pushUrl, secret: 'x' });
        booked = await bench.book(3);
        const [one, other] = booked as [string, string];
        await bench.markAbsent(one);
        await bench.unmarkAbsent(one);
        await bench.markAbsent(one);
        await bench.cancel(other);
        booked.push(await bench.move(one));
        await bench.repeatDeliveries();
        deliveries = await bench.received();
        const facts = deliveries.map(({ body }) => provider.readDelivery(body).outcome);
        told = new Map(
          facts.flatMap((outcome) => (outcome.kind === 'booking' ? [[outcome.facts.externalId, outcome.facts]] : [])),
        );
        await provider.closeChannel(access, externalId);
      });

      it('whose seal is right, and says with which key', () => {
        expect(deliveries.length).toBeGreaterThan(8);
        for (const delivery of deliveries) {
          const seal = provider.verifyDelivery(delivery, ['another key', ...bench.keys], bench.now());
          expect(seal).toEqual({ verified: true, key: expect.stringMatching(/.{8}/) });
          expect(bench.keys).toContain(seal.verified && seal.key);
        }
      });

      it('and no other: not a byte changed, not without its seal, not under another key, not an hour later', () => {
        const [delivery] = deliveries as [RawDelivery];
        const changed = Buffer.from(delivery.body);
        changed[changed.length - 3]! ^= 1;
        const later = new Date(bench.now().getTime() + 3_600_000);
        const verify = (one: RawDelivery, keys = bench.keys, now = bench.now()) =>
          provider.verifyDelivery(one, keys, now);
        expect(verify({ ...delivery, body: changed })).toEqual({ verified: false, reason: 'wrong' });
        expect(verify({ ...delivery, headers: {} })).toEqual({ verified: false, reason: 'missing' });
        expect(verify(delivery, ['another key'])).toEqual({ verified: false, reason: 'wrong' });
        expect(verify(delivery, [])).toEqual({ verified: false, reason: 'wrong' });
        expect(verify(delivery, bench.keys, later)).toEqual({ verified: false, reason: 'stale' });
      });

      it('without asking anybody, and without touching what it was given', () => {
        const calls = bench.calls();
        for (const delivery of deliveries) {
          const copy = structuredClone({ body: delivery.body.toString('hex'), headers: { ...delivery.headers } });
          const twice = [1, 2].map(() => [
            provider.verifyDelivery(delivery, bench.keys, bench.now()),
            provider.identifyDelivery(delivery.body),
            provider.readDelivery(delivery.body),
          ]);
          expect(twice[0]).toEqual(twice[1]);
          expect({ body: delivery.body.toString('hex'), headers: { ...delivery.headers } }).toEqual(copy);
        }
        expect(bench.calls()).toBe(calls);
      });

      it('under one identity for its repetitions, and another for every other', () => {
        const identities = new Map<string, Set<string>>();
        for (const { body } of deliveries) {
          const identity = provider.identifyDelivery(body).identity ?? body.toString();
          identities.set(identity, (identities.get(identity) ?? new Set()).add(body.toString()));
        }
        // Each was sent twice.
        expect(identities.size).toBe(deliveries.length / 2);
        for (const bodies of identities.values()) expect(bodies.size).toBe(1);
      });

      it('and says of everybody what reading says', async () => {
        for (const externalId of booked) {
          const read = await find(externalId);
          // When it was said is not what was said; the place may have become known since.
          const comparable = ({ noShow, location: _location, joinUrl: _link, ...rest }: BookingFacts) => {
            const { providerUpdatedAt: _at, ...facts } = rest;
            return { ...facts, absentSince: noShow.at };
          };
          expect(comparable(told.get(externalId)!)).toEqual(comparable(read));
        }
      });

      it('naming the account it is about', async () => {
        const { accountId } = await provider.readAccount(access, {} as never);
        for (const { body } of deliveries) expect(provider.readDelivery(body).accountIds).toContain(accountId);
      });

      it.each(['', 'null', '[]', '{}', '<html>', '{"event":', '\0', '"x"', '{"payload":{}}', '['.repeat(50_000)])(
        'that is none, and calls it unusable: %#',
        (text) => {
          expect(provider.readDelivery(Buffer.from(text)).outcome.kind).toBe('unusable');
        },
      );
    });

    describe('connects an account', () => {
      it('with a code that is good once', async () => {
        const consent = bench.consent();
        const grant = await provider.exchangeCode(consent);
        expect(grant).toMatchObject({ accessToken: expect.any(String), refreshToken: expect.any(String) });
        expect(grant.expiresInSeconds).toBeGreaterThan(0);
        await expectFailure(provider.exchangeCode(consent), 'reauthorize');
      });

      it('not with another verifier, another redirect or another code', async () => {
        await expectFailure(provider.exchangeCode({ ...bench.consent(), verifier: 'x'.repeat(43) }), 'reauthorize');
        const elsewhere = { ...bench.consent(), redirectUri: 'https://evil.test/callback' };
        await expectFailure(provider.exchangeCode(elsewhere), 'reauthorize');
        await expectFailure(provider.exchangeCode({ ...bench.consent(), code: 'unknown' }), 'reauthorize');
      });

      it('and keeps it by refreshing, each refresh token once', async () => {
        const first = await provider.exchangeCode(bench.consent());
        const second = await provider.refreshGrant(first.refreshToken!);
        expect(second.accessToken).not.toBe(first.accessToken);
        if (second.refreshToken !== null) {
          await expectFailure(provider.refreshGrant(first.refreshToken!), 'reauthorize');
          await provider.refreshGrant(second.refreshToken);
        }
      });

      it('and ends it, also when it has ended', async () => {
        const { accessToken, refreshToken } = await provider.exchangeCode(bench.consent());
        await provider.revokeGrant(refreshToken!);
        await provider.revokeGrant(refreshToken!);
        await provider.revokeGrant('unknown');
        await expectFailure(provider.refreshGrant(refreshToken!), 'reauthorize');
        await expectFailure(provider.readAccount({ ...access, accessToken }, {} as never), 'unauthorized');
      });

      it('and knows whose it is', async () => {
        const account = await provider.readAccount(access, {} as never);
        expect(account).toMatchObject({ accountId: expect.stringMatching(/./), email: expect.stringContaining('@') });
        expect(JSON.stringify(account)).not.toContain(access.accessToken);
      });

      it('unless our own registration is refused: then it says which variables to check', async () => {
        const odd = bench.canned([oddities.unknownClient]);
        const failure = await expectFailure(odd.provider.refreshGrant('x'), 'misconfigured');
        expect(failure).toMatchObject({ variable: expect.stringMatching(/^[A-Z_, ]+$/) });
      });
    });

    const calls: Record<string, (provider: BookingProvider, access: ProviderAccess) => Promise<unknown>> = {
      listEvents: (one, who) => one.listEvents(who, bench.window, null),
      readEvent: async (one, who) => one.readEvent(who, someEvent),
      findBooking: (one, who) => one.findBooking(who, someBooking),
      openChannel: (one, who) => one.openChannel(who, { url: bench.pushUrl, secret: 'x' }),
      checkChannel: (one, who) => one.checkChannel(who, 'W1'),
      closeChannel: (one, who) => one.closeChannel(who, 'W1'),
      readAccount: (one, who) => one.readAccount(who, {} as never),
      exchangeCode: (one) => one.exchangeCode(bench.consent()),
      refreshGrant: (one) => one.refreshGrant('x'),
      revokeGrant: (one) => one.revokeGrant('x'),
    };
    let someEvent: ListedEvent;
    let someBooking: string;

    describe.each(Object.keys(calls))('when %s goes wrong', (call) => {
      const make = (who = access) => calls[call]!(provider, who);
      const isOfToken = ['exchangeCode', 'refreshGrant', 'revokeGrant'].includes(call);

      beforeAll(async () => {
        someBooking = await bookOne();
        someEvent = await listed(someBooking);
      });

      it('for too many requests, says when to ask again', async () => {
        bench.trouble({ kind: 'too-many-requests', seconds: 17 });
        const failure = await expectFailure(make(), 'rate-limited');
        const seconds = (Number((failure as { retryAt?: Date }).retryAt) - bench.now().getTime()) / 1_000;
        expect(seconds).toBeGreaterThanOrEqual(isOfToken ? 1 : 17);
        expect(seconds).toBeLessThanOrEqual(60);
      });

      it.each<[string, Trouble, string]>([
        ['with 500', { kind: 'status', status: 500 }, 'temporary'],
        ['with 502', { kind: 'status', status: 502 }, 'temporary'],
        ['with 503', { kind: 'status', status: 503 }, 'temporary'],
        ['in silence', { kind: 'silence' }, 'timeout'],
        ['in the middle', { kind: 'cut' }, 'temporary'],
      ])('%s, leaves the connection alive', async (_, trouble, kind) => {
        bench.trouble(trouble);
        await expectFailure(make(), kind);
      });

      if (isOfToken) return;
      it('for a token that is not accepted, says only that', async () => {
        await expectFailure(make(bench.refused), 'unauthorized');
      });
    });

    describe('takes for no answer', () => {
      it('a redirection, which it does not follow', async () => {
        const odd = bench.canned([{ status: 302, headers: { location: '{{base}}/elsewhere' }, body: '' }]);
        await expectFailure(odd.provider.listEvents(odd.access, bench.window, null), 'unexpected');
        expect(odd.asked).toHaveLength(1);
      });

      it.each(Object.entries(oddities.badEventPages))('as a page of events: %s', async (_, answer) => {
        const odd = bench.canned([answer]);
        await expectFailure(odd.provider.listEvents(odd.access, bench.window, 'T'), 'contract');
      });

      it.each(Object.entries(oddities.badInviteePages))('as a page of invitees: %s', async (_, answer) => {
        const good = bench.canned(oddities.inviteesInThreePages.answers);
        const { events } = await good.provider.listEvents(good.access, bench.window, null);
        const odd = bench.canned([answer]);
        await expectFailure(odd.provider.readEvent(odd.access, events[0]!), 'contract');
      });

      it.each(Object.entries(oddities.badGrants))('as a grant: %s', async (_, answer) => {
        const odd = bench.canned([answer]);
        await expectFailure(odd.provider.refreshGrant('x'), 'contract');
      });
    });
  });
}

async function listAll(
  provider: BookingProvider,
  access: ProviderAccess,
  window: BookingBench['window'],
): Promise<ListedEvent[]> {
  const events: ListedEvent[] = [];
  let pageToken: string | null = null;
  do {
    const page = await provider.listEvents(access, window, pageToken);
    events.push(...page.events);
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
  return events;
}

async function expectFailure(call: Promise<unknown>, kind: string): Promise<ProviderError['failure']> {
  const outcome = await call.then(
    (value) => ({ answered: value }),
    (error: unknown) => error,
  );
  if (!(outcome instanceof ProviderError))
    throw new Error(`Expected ${kind}, but there was ${JSON.stringify(outcome)}`, { cause: outcome });
  expect(outcome.failure.kind).toBe(kind);
  return outcome.failure;
}

function byId(facts: readonly BookingFacts[]): BookingFacts[] {
  return facts.toSorted((one, other) => (one.externalId < other.externalId ? -1 : 1));
}

function eventOf({ externalEventId }: BookingFacts): string {
  return externalEventId;
}

function idOf({ externalEventId }: ListedEvent): string {
  return externalEventId;
}
