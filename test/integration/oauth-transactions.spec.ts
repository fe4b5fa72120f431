import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { Session } from '../../src/accounts/session.js';
import { OAuthTransactions } from '../../src/integrations/oauth-transactions.js';
import type { OAuthProvider } from '../../src/integrations/provider.js';
import type { PlatformConfig } from '../../src/platform/config/platform.config.js';
import { FieldCipher } from '../../src/platform/crypto/field-cipher.js';
import { Keyring } from '../../src/platform/crypto/keyring.js';
import { OrganizationKeys } from '../../src/platform/crypto/organization-keys.js';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Problem } from '../../src/platform/errors/problem.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const OURS = '01990000-0000-7000-8000-000000000001';
const THEIRS = '01990000-0000-7000-8000-000000000002';
const JANE = '01990000-0000-7000-8000-00000000000a';
const EVE = '01990000-0000-7000-8000-00000000000b';
const COLLEAGUE = '01990000-0000-7000-8000-00000000000c';

const session = { organizationId: OURS, userId: JANE, sessionId: 'session-1' } as Session;
const provider = {
  id: 'double',
  oauth: { redirectUri: 'https://app.example/auth/double/callback', scopes: ['read', 'write'] },
} as unknown as OAuthProvider;

let database: TestDatabase;
let source: DataSource;
let work: UnitOfWork;
let transactions: OAuthTransactions;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.query(`INSERT INTO organizations (id, name, slug) VALUES ($1, 'One', 'one'), ($2, 'Other', 'other')`, [
    OURS,
    THEIRS,
  ]);
  await database.query(
    `INSERT INTO users (id, organization_id, email, email_key, name, role) VALUES
       ($1, $4, 'a@x.test', 'a@x.test', 'A', 'owner'), ($2, $5, 'b@x.test', 'b@x.test', 'B', 'owner'),
       ($3, $4, 'c@x.test', 'c@x.test', 'C', 'member')`,
    [JANE, EVE, COLLEAGUE, OURS, THEIRS],
  );
  source = await new DataSource({
    type: 'postgres',
    url: database.url,
    installExtensions: false,
    extra: { lock_timeout: 5_000 },
  }).initialize();
  work = new UnitOfWork(source);
  const config = { encryptionKey: '8c'.repeat(32), previousEncryptionKeys: [] } as unknown as PlatformConfig;
  const log = new EventLog({ logFormat: 'json', logLevel: 'error' }, () => undefined);
  transactions = new OAuthTransactions(new FieldCipher(new OrganizationKeys(new Keyring(config)), log));
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

beforeEach(async () => {
  await database.query('DELETE FROM oauth_transactions');
});

const within = <T>(task: (tx: Transaction) => Promise<T>, organizationId = OURS) =>
  work.inOrganization({ organizationId }, task);
const open = (by: Partial<Session> = {}) =>
  within((tx) => transactions.open(tx, { ...session, ...by }, provider), by.organizationId);
const spend = (state: string, by: Partial<Session> = {}, id = 'double') =>
  within((tx) => transactions.spend(tx, { ...session, ...by }, id, state), by.organizationId);
const rows = () => database.query('SELECT * FROM oauth_transactions ORDER BY created_at, id');
const openRows = () => database.query('SELECT FROM oauth_transactions WHERE consumed_at IS NULL');

/** As if all of it had been done so long ago. */
const age = (interval: string) =>
  database.query(
    `UPDATE oauth_transactions SET created_at = created_at - $1::interval, expires_at = expires_at - $1::interval`,
    [interval],
  );

describe('a consent that begins', () => {
  it('is bound to who began it, and kept without anything that could be used', async () => {
    const { state, verifier } = await open();
    const [row] = await rows();
    expect(row).toMatchObject({
      organization_id: OURS,
      user_id: JANE,
      session_id: 'session-1',
      provider: 'double',
      redirect_uri: 'https://app.example/auth/double/callback',
      scope: 'read write',
      consumed_at: null,
      outcome: null,
      state_hash: createHash('sha256').update(state).digest(),
    });
    const lifeMs = row!['expires_at'].getTime() - row!['created_at'].getTime();
    expect(lifeMs).toBe(10 * 60_000);
    const kept = JSON.stringify(row);
    expect(kept).not.toContain(state);
    expect(kept).not.toContain(verifier);
    expect(row!['verifier']).toMatch(/^psr1\./);
  });

  it('has a state and a verifier that nobody can guess, neither told by the other', async () => {
    const opened = [await open(), await open()].flatMap(({ state, verifier }) => [state, verifier]);
    expect(new Set(opened).size).toBe(4);
    for (const word of opened) expect(word).toMatch(/^[\w-]{43}$/);
  });
});

describe('a state', () => {
  it('is spent once, and gives back what the consent was begun with', async () => {
    const { state, verifier } = await open();
    const [row] = await rows();
    const redirectUri = 'https://app.example/auth/double/callback';
    expect(await spend(state)).toEqual({ id: row!['id'], redirectUri, verifier });
    expect(await openRows()).toHaveLength(0);
    expect(await spend(state)).toBeNull();
  });

  it('is spent by one of many at a time', async () => {
    const { state } = await open();
    const spent = await Promise.all(Array.from({ length: 8 }, () => spend(state)));
    expect(spent.filter((one) => one !== null)).toHaveLength(1);
  });

  it.each<[string, Partial<Session>, string]>([
    ['another session of the same person', { sessionId: 'session-2' }, 'double'],
    ['a colleague', { userId: COLLEAGUE }, 'double'],
    ['another organization', { organizationId: THEIRS, userId: EVE }, 'double'],
    ['another provider', {}, 'triple'],
  ])('is worth nothing to %s, and is not spent by the try', async (_, by, id) => {
    const { state } = await open();
    expect(await spend(state, by, id)).toBeNull();
    expect(await spend(state)).not.toBeNull();
  });

  it('is worth nothing when it was made up', async () => {
    await open();
    for (const state of ['', 'x'.repeat(43)]) expect(await spend(state)).toBeNull();
    expect(await openRows()).toHaveLength(1);
  });

  it('is good for ten minutes', async () => {
    const { state } = await open();
    await age('9 minutes');
    expect(await spend(state)).not.toBeNull();
    const late = await open();
    await age('10 minutes');
    expect(await spend(late.state)).toBeNull();
  });

  it('opens nothing when its verifier was exchanged for that of another consent', async () => {
    const [one] = [await open(), await open()];
    await database.query(
      `UPDATE oauth_transactions o SET verifier = (SELECT verifier FROM oauth_transactions WHERE id <> o.id)`,
    );
    await expect(spend(one.state)).rejects.toMatchObject({ definition: { code: 'crypto/tampered' } });
  });

  it('says whose it is, to work that knows no session', async () => {
    const { state } = await open();
    const ownerOf = (id: string, of: string) => work.acrossOrganizations((tx) => transactions.findOwner(tx, id, of));
    expect(await ownerOf('double', state)).toEqual({ organizationId: OURS, userId: JANE, sessionId: 'session-1' });
    expect(await ownerOf('triple', state)).toBeNull();
    expect(await ownerOf('double', 'made-up')).toBeNull();
  });
});

describe('the outcome of a consent', () => {
  it('is noted on that consent, by its own organization', async () => {
    await open();
    await open();
    const [first, second] = await rows();
    await within((tx) => transactions.noteOutcome(tx, first!['id'], 'denied'));
    await within((tx) => transactions.noteOutcome(tx, second!['id'], 'stolen'), THEIRS);
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(['denied', null]);
  });
});

describe('consents under way', () => {
  const openMany = async (count: number, by: Partial<Session> = {}) => {
    for (let number = 0; number < count; number += 1) await open(by);
  };

  it('may be begun ten times a minute by one person, who is told when to come back', async () => {
    await openMany(10);
    await age('20 seconds');
    const refusal = (await open().catch((error: unknown) => error)) as Problem;
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal.definition.code).toBe('oauth/too-many-starts');
    expect(refusal.retryAfterSeconds).toBeGreaterThan(20);
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(40);
    expect(await rows()).toHaveLength(10);

    await open({ userId: COLLEAGUE });
    await open({ organizationId: THEIRS, userId: EVE });
    await age('40 seconds');
    await open();
  });

  it('are begun one after the other, so that a crowd counts itself', async () => {
    const tried = await Promise.allSettled(Array.from({ length: 14 }, () => open()));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('of one person make nobody else wait', async () => {
    await open();
    await within(async (tx) => {
      await transactions.open(tx, session, provider);
      await open({ userId: COLLEAGUE });
    });
    expect(await rows()).toHaveLength(3);
  });

  it('are ten at most: the oldest of that person gives way', async () => {
    const first = await open();
    await age('1 minute');
    const second = await open();
    await age('1 minute');
    await open({ userId: COLLEAGUE });
    await age('1 minute');
    await openMany(8);
    await age('1 minute');
    expect(await openRows()).toHaveLength(11);

    await open();
    const superseded = await database.query(`SELECT consumed_at FROM oauth_transactions WHERE outcome = 'superseded'`);
    expect(superseded).toEqual([{ consumed_at: expect.any(Date) }]);
    expect(await spend(first.state)).toBeNull();
    expect(await spend(second.state)).not.toBeNull();
  });

  it('are forgotten when they are over for a day, whatever became of them', async () => {
    await open();
    await open({ userId: COLLEAGUE });
    await age('24 hours 5 minutes');
    await open();
    expect(await rows()).toHaveLength(3);
    await age('5 minutes');
    await open();
    expect((await rows()).map(({ user_id }) => user_id)).toEqual([COLLEAGUE, JANE, JANE]);
  });
});
