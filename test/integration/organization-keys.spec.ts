import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { PlatformConfig } from '../../src/platform/config/platform.config.js';
import { FieldCipher, type SealedPlace } from '../../src/platform/crypto/field-cipher.js';
import { findKeyFaults, findPromotedId, getWritingKey, KeyCheck, macOf } from '../../src/platform/crypto/key-check.js';
import { Keyring } from '../../src/platform/crypto/keyring.js';
import {
  makeDataKey,
  OrganizationKeys,
  unwrapDataKey,
  wrapDataKey,
} from '../../src/platform/crypto/organization-keys.js';
import { SEALED_COLUMNS } from '../../src/platform/crypto/sealed-columns.js';
import { WrongEncryptionKey } from '../../src/platform/crypto/wrong-encryption-key.js';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { eventually } from '../support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const OURS = '01990000-0000-7000-8000-000000000001';
const THEIRS = '01990000-0000-7000-8000-000000000002';
const KEY = '8c'.repeat(32);
const OTHER_KEY = '9d'.repeat(32);
const PLACE: SealedPlace = { table: 'integrations', column: 'access_token', rowId: 'row-1', context: 'v1' };
const tampered = { definition: { code: 'crypto/tampered' } };

let database: TestDatabase;
let source: DataSource;
let work: UnitOfWork;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.query(`INSERT INTO organizations (id, name, slug) VALUES ($1, 'One', 'one'), ($2, 'Other', 'other')`, [
    OURS,
    THEIRS,
  ]);
  source = await new DataSource({ type: 'postgres', url: database.url, installExtensions: false }).initialize();
  work = new UnitOfWork(source);
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

beforeEach(async () => {
  await database.query('DELETE FROM organization_keys');
  await database.query('DELETE FROM key_checks');
});

const keyringOf = (...keys: string[]) =>
  new Keyring({ encryptionKey: keys[0], previousEncryptionKeys: keys.slice(1) } as unknown as PlatformConfig);

/** What one process has: its configured keys, its memory, its log. */
function processWith(...keys: string[]) {
  const logged: string[] = [];
  const keyring = keyringOf(...(keys.length > 0 ? keys : [KEY]));
  const dataKeys = new OrganizationKeys(keyring);
  const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, (line) => logged.push(line));
  return { keyring, dataKeys, cipher: new FieldCipher(dataKeys, log), logged };
}

const within = <T>(task: (tx: Transaction) => Promise<T>, organizationId = OURS) =>
  work.inOrganization({ organizationId }, task);
const across = <T>(task: (tx: Transaction) => Promise<T>) => work.acrossOrganizations(task);
const stored = () => database.query('SELECT * FROM organization_keys ORDER BY created_at');

/** The data key of an organization is retired for a new one, as a renewal does it elsewhere. */
async function renew(keyring: Keyring, organizationId = OURS): Promise<string> {
  const { dataKey, secret } = makeDataKey();
  await database.query('UPDATE organization_keys SET retired_at = now() WHERE organization_id = $1', [organizationId]);
  const wrapped = wrapDataKey(keyring.primary, organizationId, dataKey.id, secret);
  await database.query(
    'INSERT INTO organization_keys (dek_id, organization_id, kek_id, wrapped) VALUES ($1, $2, $3, $4)',
    [dataKey.id, organizationId, keyring.primary.id, wrapped],
  );
  return dataKey.id;
}

describe('the data key of an organization', () => {
  it('is made at its first secret, wrapped, and said which key wrapped it', async () => {
    const { cipher, keyring } = processWith();
    const sealed = await within((tx) => cipher.seal(tx, PLACE, 'secret'));
    const [row, ...others] = await stored();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ organization_id: OURS, kek_id: keyring.primary.id, retired_at: null });
    expect(row!['dek_id']).toMatch(/^[0-9a-f]{16}$/);
    expect(row!['wrapped']).toMatch(new RegExp(`^psr1-wrap\\.${keyring.primary.id}\\.`));
    expect(sealed).toMatch(new RegExp(`^psr1\\.${row!['dek_id']}\\.`));
    const secret = unwrapDataKey(keyring, OURS, row!['dek_id'], row!['wrapped']);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(() => unwrapDataKey(keyring, THEIRS, row!['dek_id'], row!['wrapped'])).toThrow('crypto/tampered');
    expect(() => unwrapDataKey(keyring, OURS, '0000000000000000', row!['wrapped'])).toThrow('crypto/tampered');
  });

  it('is another for each organization, and read by any process that has the key', async () => {
    const [one, other] = [processWith(), processWith()];
    const ours = await within((tx) => one.cipher.seal(tx, PLACE, 'ours'));
    const theirs = await within((tx) => one.cipher.seal(tx, PLACE, 'theirs'), THEIRS);
    expect(await stored()).toHaveLength(2);
    expect(await within((tx) => other.cipher.open(tx, PLACE, ours))).toBe('ours');
    expect(await within((tx) => other.cipher.open(tx, PLACE, theirs), THEIRS)).toBe('theirs');
    await expect(within((tx) => other.cipher.open(tx, PLACE, theirs))).rejects.toMatchObject(tampered);
  });

  it('is one, whoever of two makes it first', async () => {
    const [one, other] = [processWith(), processWith()];
    const sealed = await Promise.all(
      [one, other, one, other].map(({ cipher }) => within((tx) => cipher.seal(tx, PLACE, 'secret'))),
    );
    expect(await stored()).toHaveLength(1);
    for (const text of sealed) expect(await within((tx) => one.cipher.open(tx, PLACE, text))).toBe('secret');
  });

  it('is the one that is committed first, for whoever made another at the same moment', async () => {
    const [one, other] = [processWith(), processWith()];
    let late = Promise.resolve('');
    const early = await within(async (tx) => {
      const sealed = await one.cipher.seal(tx, PLACE, 'early');
      late = within((theirs) => other.cipher.seal(theirs, PLACE, 'late'));
      const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      await eventually(
        () => database.query(waiting),
        ({ length }) => length > 0,
        10_000,
      );
      return sealed;
    });
    expect(await stored()).toHaveLength(1);
    const fresh = processWith();
    expect(await within((tx) => fresh.cipher.open(tx, PLACE, early))).toBe('early');
    const sealedLate = await late;
    expect(await within((tx) => fresh.cipher.open(tx, PLACE, sealedLate))).toBe('late');
  });

  it('belongs to the transaction that made it, and is forgotten with it', async () => {
    const { cipher, dataKeys } = processWith();
    const lost = within(async (tx) => {
      const sealed = await cipher.seal(tx, PLACE, 'lost');
      expect(await cipher.open(tx, PLACE, sealed)).toBe('lost');
      const keys = await dataKeys.get(tx);
      expect([...keys.byId.keys()]).toEqual([keys.current.id]);
      expect(cipher.keyFor(OURS)).toBeNull();
      throw new Error('rolled back');
    });
    await expect(lost).rejects.toThrow('rolled back');
    const kept = await within((tx) => cipher.seal(tx, PLACE, 'kept'));
    expect(await within((tx) => processWith().cipher.open(tx, PLACE, kept))).toBe('kept');
  });

  it('is looked up once, and anew when its time in memory is over or it is forgotten', async () => {
    const { cipher, dataKeys } = processWith();
    await within((tx) => cipher.seal(tx, PLACE, 'first'));
    expect(await countLooks(() => within((tx) => cipher.seal(tx, PLACE, 'a')))).toBe(1);
    expect(await countLooks(() => within((tx) => cipher.seal(tx, PLACE, 'b')))).toBe(0);
    const sealed = cipher.keyFor(OURS)?.seal(PLACE, 'c') ?? '';
    expect(await countLooks(() => within((tx) => cipher.open(tx, PLACE, sealed)))).toBe(0);
    dataKeys.forget(OURS);
    expect(dataKeys.findCached(OURS)).toBeUndefined();
    dataKeys.keptMs = 0;
    expect(await countLooks(() => within((tx) => cipher.seal(tx, PLACE, 'c')))).toBe(1);
    expect(await countLooks(() => within((tx) => cipher.seal(tx, PLACE, 'd')))).toBe(1);
  });

  /** How often the table of keys is read in the meantime. */
  async function countLooks(task: () => Promise<unknown>): Promise<number> {
    let looks = 0;
    const original = source.createQueryRunner.bind(source);
    source.createQueryRunner = (...given) => {
      const runner = original(...given);
      const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<unknown>;
      runner.query = (async (...args: unknown[]) => {
        if (String(args[0]).includes('organization_keys')) looks += 1;
        return await query(...args);
      }) as typeof runner.query;
      return runner;
    };
    try {
      await task();
    } finally {
      source.createQueryRunner = original;
    }
    return looks;
  }

  it('seals with the current one, and opens what older ones sealed', async () => {
    const { cipher, dataKeys, keyring } = processWith();
    const old = await within((tx) => cipher.seal(tx, PLACE, 'old'));
    await within((tx) => dataKeys.get(tx));
    const renewedId = await renew(keyring);
    const fresh = processWith();
    const sealed = await within((tx) => fresh.cipher.seal(tx, PLACE, 'new'));
    expect(sealed.split('.')[1]).toBe(renewedId);
    expect(await within((tx) => fresh.cipher.open(tx, PLACE, old))).toBe('old');
    // Whoever remembers the former key alone looks again.
    expect(await within((tx) => cipher.open(tx, PLACE, sealed))).toBe('new');
  });

  it('is looked for again by a process that met a key it does not know, also without a transaction', async () => {
    const { cipher, keyring } = processWith();
    await within((tx) => cipher.seal(tx, PLACE, 'first'));
    await within((tx) => cipher.seal(tx, PLACE, 'remembered'));
    await renew(keyring);
    const sealed = await within((tx) => processWith().cipher.seal(tx, PLACE, 'new'));
    expect(() => cipher.keyFor(OURS)?.open(PLACE, sealed)).toThrow('crypto/tampered');
    expect(cipher.keyFor(OURS)).toBeNull();
    const again = await within((tx) => cipher.forOrganization(tx));
    expect(again.open(PLACE, sealed)).toBe('new');
  });

  it('serves no work that is of no organization', async () => {
    const { cipher } = processWith();
    await expect(across((tx) => cipher.seal(tx, PLACE, 'secret'))).rejects.toThrow('must name one');
  });

  it('is refused with the names of the keys when its wrapping key is not there', async () => {
    const sealed = await within((tx) => processWith(KEY).cipher.seal(tx, PLACE, 'secret'));
    const elsewhere = processWith(OTHER_KEY);
    const refusal = await within((tx) => elsewhere.cipher.open(tx, PLACE, sealed)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WrongEncryptionKey);
    const [missing, configured] = [keyringOf(KEY).primary.id, keyringOf(OTHER_KEY).primary.id];
    expect(refusal).toMatchObject({
      name: 'WrongEncryptionKey',
      missingKeyIds: [missing],
      configuredKeyIds: [configured],
    });
    expect((refusal as Error).message).toContain(`encrypted with key ${missing}`);
    expect((refusal as Error).message).toContain(`holds ${configured}.`);
    expect((refusal as Error).message).toContain('ENCRYPTION_KEYS_PREVIOUS');
  });

  it('counts what it sealed until somebody asks', async () => {
    const { cipher, dataKeys } = processWith();
    await within(async (tx) => {
      const inLoop = await cipher.forOrganization(tx);
      for (const text of ['a', 'b', 'c']) inLoop.open(PLACE, inLoop.seal(PLACE, text));
    });
    const [{ dek_id: id } = {}] = await stored();
    expect([...dataKeys.takeUses()]).toEqual([[id, 3]]);
    expect([...dataKeys.takeUses()]).toEqual([]);
  });
});

describe('a sealed value', () => {
  it.each<[string, Partial<SealedPlace>]>([
    ['row', { rowId: 'row-2' }],
    ['column', { column: 'refresh_token' }],
    ['table', { table: 'webhook_endpoints', column: 'secret' }],
    ['version', { context: 'v2' }],
    ['place without a version', { context: undefined }],
  ])('opens in no other %s, and the try is logged without it', async (_, change) => {
    const { cipher, logged } = processWith();
    const sealed = await within((tx) => cipher.seal(tx, PLACE, 'for nobody’s eyes'));
    const place = { ...PLACE, ...change };
    await expect(within((tx) => cipher.open(tx, place, sealed))).rejects.toMatchObject(tampered);
    expect(logged.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        event: 'crypto.tamper',
        level: expect.stringMatching(/^warn/),
        organization_id: OURS,
        table: place.table,
        column: place.column,
        row_id: place.rowId,
      }),
    ]);
    expect(logged.join()).not.toContain('nobody’s eyes');
  });

  it.each(['', 'plain', 'psr1', 'psr1.x', `psr1.${'0'.repeat(16)}.AAAA.AAAA`])('is none: "%s"', async (text) => {
    const { cipher } = processWith();
    await within((tx) => cipher.seal(tx, PLACE, 'secret'));
    await expect(within((tx) => cipher.open(tx, PLACE, text))).rejects.toMatchObject(tampered);
  });

  it('without a context is bound to having none', async () => {
    const { cipher } = processWith();
    const { context: _, ...place } = PLACE;
    const sealed = await within((tx) => cipher.seal(tx, place, 'secret'));
    expect(await within((tx) => cipher.open(tx, { ...place, context: '' }, sealed))).toBe('secret');
  });

  it('is made for every place that is declared, and for no other', async () => {
    const { cipher } = processWith();
    await within(async (tx) => {
      const inLoop = await cipher.forOrganization(tx);
      for (const { table, column } of SEALED_COLUMNS) inLoop.seal({ table, column, rowId: '1' }, 'x');
      const seal = (table: string, column: string) => () => inLoop.seal({ table, column, rowId: '1' }, 'x');
      expect(seal('prospects', 'phone')).toThrow('prospects.phone is not declared in sealed-columns.ts');
      expect(seal('integrations', 'verifier')).toThrow('not declared');
      expect(seal('integrations.access_token', '')).toThrow('not declared');
    });
  });
});

describe('the check of the keys', () => {
  const check = (keyring: Keyring) => new KeyCheck(work, keyring);
  const known = async () => (await database.query('SELECT kek_id FROM key_checks')).map(({ kek_id }) => kek_id);

  it('makes the primary key known at the first start, and passes at the next', async () => {
    const { keyring } = processWith(KEY, OTHER_KEY);
    await check(keyring).onModuleInit();
    await check(keyring).onModuleInit();
    expect(await known()).toEqual([keyring.primary.id]);
    expect(await across((tx) => findKeyFaults(tx, keyring))).toEqual([]);
  });

  it('refuses a start without a key that something is wrapped with, before it writes', async () => {
    const { cipher, keyring } = processWith(KEY);
    await within((tx) => cipher.seal(tx, PLACE, 'secret'));
    const wrong = keyringOf(OTHER_KEY);
    await expect(check(wrong).onModuleInit()).rejects.toMatchObject({
      missingKeyIds: [keyring.primary.id],
      configuredKeyIds: [wrong.primary.id],
    });
    expect(await known()).toEqual([keyring.primary.id]);
    await check(keyringOf(OTHER_KEY, KEY)).verify();
    expect(await known()).toHaveLength(2);
  });

  it('refuses a key that only shares its name with the right one, and names it once', async () => {
    const { cipher, keyring } = processWith(KEY);
    await within((tx) => cipher.seal(tx, PLACE, 'secret'));
    await database.query('UPDATE key_checks SET mac = $1', [randomBytes(32)]);
    expect(await across((tx) => findKeyFaults(tx, keyring))).toEqual([keyring.primary.id]);
    expect(await across((tx) => findKeyFaults(tx, keyringOf(OTHER_KEY)))).toEqual([keyring.primary.id]);
  });

  it('asks nothing of keys that are known and used by nothing', async () => {
    await check(keyringOf(KEY)).verify();
    expect(await across((tx) => findKeyFaults(tx, keyringOf(OTHER_KEY)))).toEqual([]);
  });

  it('misses a key that was promoted, though nothing is wrapped with it yet', async () => {
    const promoted = keyringOf(OTHER_KEY).primary;
    await check(keyringOf(OTHER_KEY)).verify();
    expect(await across(findPromotedId)).toBeNull();
    await database.query('UPDATE key_checks SET promoted_at = now()');
    expect(await across(findPromotedId)).toBe(promoted.id);
    expect(await across((tx) => findKeyFaults(tx, keyringOf(KEY)))).toEqual([promoted.id]);
    await database.query('UPDATE key_checks SET retired_at = now()');
    expect(await across(findPromotedId)).toBeNull();
  });
});

describe('the mark by which a key is known again', () => {
  it('is the same in every version', () => {
    expect(macOf(keyringOf(KEY).primary).toString('hex')).toBe(
      '6839272b98059eb8903bf2a6d2e8035bee5eabb228b6ef1acc90ef2894fd8d60',
    );
  });
});

describe('a wrong key', () => {
  it('is told with all that is missing and all that is there', () => {
    const { message } = new WrongEncryptionKey(['a1', 'b2'], ['c3', 'd4']);
    expect(message).toContain('key a1, b2,');
    expect(message).toContain('holds c3, d4.');
  });
});

describe('the key to wrap with', () => {
  it('is the primary one, made known on the way', async () => {
    const keyring = keyringOf(KEY, OTHER_KEY);
    expect((await across((tx) => getWritingKey(tx, keyring))).id).toBe(keyring.primary.id);
  });

  it('is the one that was promoted last, whichever is configured first', async () => {
    const keyring = keyringOf(KEY, OTHER_KEY);
    const third = keyringOf('7b'.repeat(32));
    for (const one of [keyring, keyringOf(OTHER_KEY), third]) await new KeyCheck(work, one).verify();
    const promote = (id: string, ago: string) =>
      database.query('UPDATE key_checks SET promoted_at = now() - $2::interval WHERE kek_id = $1', [id, ago]);
    await promote(third.primary.id, '2 hours');
    await promote(keyringOf(OTHER_KEY).primary.id, '1 hour');
    expect((await across((tx) => getWritingKey(tx, keyring))).id).toBe(keyringOf(OTHER_KEY).primary.id);
    await expect(across((tx) => getWritingKey(tx, keyringOf(KEY)))).rejects.toBeInstanceOf(WrongEncryptionKey);
  });

  it('is never one that is retired', async () => {
    const keyring = keyringOf(KEY);
    await new KeyCheck(work, keyring).verify();
    await database.query('UPDATE key_checks SET retired_at = now()');
    await expect(across((tx) => getWritingKey(tx, keyring))).rejects.toMatchObject({
      missingKeyIds: [keyring.primary.id],
      configuredKeyIds: [keyring.primary.id],
    });
  });
});
