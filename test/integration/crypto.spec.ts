import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { FieldCipher, type SealedPlace } from '../../src/platform/crypto/field-cipher.js';
import { WrongEncryptionKey } from '../../src/platform/crypto/wrong-encryption-key.js';
import {
  ENCRYPTION_KEY,
  ORGANIZATION,
  OTHER_ORGANIZATION,
  seedPeople,
  startIntegrationsApplication,
} from '../support/integrations-application.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const PLACE: SealedPlace = { table: 'integrations', column: 'access_token', rowId: 'row-1', context: 'v1' };
const newKey = () => randomBytes(32).toString('hex');

async function within<T>(
  application: INestApplicationContext,
  work: (tx: Transaction, cipher: FieldCipher) => Promise<T>,
  organizationId = ORGANIZATION,
): Promise<T> {
  return await application
    .get(UnitOfWork)
    .inOrganization({ organizationId }, (tx) => work(tx, application.get(FieldCipher)));
}

describe('encryption at rest', () => {
  let database: TestDatabase;
  let logged: string[];
  const applications: INestApplicationContext[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    await seedPeople(database);
    logged = [];
  });

  afterEach(async () => {
    for (const application of applications.splice(0)) await application.close();
    await database.drop();
  });

  async function start(environment: Record<string, string> = {}): Promise<INestApplicationContext> {
    const application = await startIntegrationsApplication({
      url: database.url,
      environment,
      write: (line) => logged.push(line),
    });
    applications.push(application);
    return application;
  }

  const keyRows = async () => await database.query('SELECT * FROM organization_keys ORDER BY organization_id');

  it('makes one key for an organization, however many ask first', async () => {
    const [one, two] = [await start(), await start()];
    const sealed = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        within(index % 2 ? one : two, (tx, cipher) => cipher.seal(tx, PLACE, `secret ${index}`)),
      ),
    );
    expect(await keyRows()).toHaveLength(1);
    const opened = await within(one, (tx, cipher) => Promise.all(sealed.map((text) => cipher.open(tx, PLACE, text))));
    expect(opened).toEqual(sealed.map((_, index) => `secret ${index}`));
  });

  it('forgets a key whose transaction was rolled back', async () => {
    const application = await start();
    const lost = await within(application, async (tx, cipher) => {
      await cipher.seal(tx, PLACE, 'before');
      throw new Error('rolled back');
    }).catch((error: Error) => error.message);
    expect(lost).toBe('rolled back');
    expect(application.get(FieldCipher).keyFor(ORGANIZATION)).toBeNull();

    const sealed = await within(application, (tx, cipher) => cipher.seal(tx, PLACE, 'after'));
    const other = await start();
    expect(await within(other, (tx, cipher) => cipher.open(tx, PLACE, sealed))).toBe('after');
  });

  it('refuses a value in another row, column, version or organization, and says so without showing it', async () => {
    const application = await start();
    const sealed = await within(application, (tx, cipher) => cipher.seal(tx, PLACE, 'secret'));
    await within(application, (tx, cipher) => cipher.seal(tx, PLACE, 'theirs'), OTHER_ORGANIZATION);
    const tampered = { definition: { code: 'crypto/tampered' } };
    for (const change of [{ rowId: 'row-2' }, { column: 'refresh_token' }, { table: 'channels' }, { context: 'v2' }]) {
      await expect(
        within(application, (tx, cipher) => cipher.open(tx, { ...PLACE, ...change }, sealed)),
      ).rejects.toMatchObject(tampered);
    }
    await expect(
      within(application, (tx, cipher) => cipher.open(tx, PLACE, sealed), OTHER_ORGANIZATION),
    ).rejects.toMatchObject(tampered);
    await expect(within(application, (tx, cipher) => cipher.open(tx, PLACE, 'plain text'))).rejects.toMatchObject(
      tampered,
    );
    expect(logged.filter((line) => line.includes('crypto.tamper'))).toHaveLength(6);
    expect(logged.join()).not.toContain('secret');
  });

  it('works without a transaction once the organization is known, and within a loop without waiting', async () => {
    const application = await start();
    const cipher = application.get(FieldCipher);
    expect(cipher.keyFor(ORGANIZATION)).toBeNull();
    await within(application, (tx) => cipher.seal(tx, PLACE, 'first'));
    const inLoop = await within(application, (tx) => cipher.forOrganization(tx));
    const sealed = cipher.keyFor(ORGANIZATION)?.seal(PLACE, 'outside') ?? '';
    expect(inLoop.open(PLACE, sealed)).toBe('outside');
  });

  it('refuses to keep a secret for no organization', async () => {
    const application = await start();
    await expect(
      application.get(UnitOfWork).acrossOrganizations((tx) => application.get(FieldCipher).seal(tx, PLACE, 'secret')),
    ).rejects.toThrow('organization');
  });

  it('reads with a previous key what that key wrapped', async () => {
    const sealed = await within(await start(), (tx, cipher) => cipher.seal(tx, PLACE, 'secret'));
    const rotated = await start({
      ENCRYPTION_KEY: newKey(),
      ENCRYPTION_KEYS_PREVIOUS: `${newKey()}, ${ENCRYPTION_KEY}`,
    });
    expect(await within(rotated, (tx, cipher) => cipher.open(tx, PLACE, sealed))).toBe('secret');
    await within(rotated, (tx, cipher) => cipher.seal(tx, PLACE, 'new'), OTHER_ORGANIZATION);
    expect(new Set((await keyRows()).map(({ kek_id }) => kek_id)).size).toBe(2);
  });

  it('refuses to start with another key before it writes anything, naming variables and ids only', async () => {
    await within(await start(), (tx, cipher) => cipher.seal(tx, PLACE, 'secret'));
    const before = await database.query('SELECT * FROM key_checks');
    const [{ kek_id: usedId } = {}] = await keyRows();
    for (let trial = 0; trial < 5; trial += 1) {
      const wrong = newKey();
      const refusal = await start({ ENCRYPTION_KEY: wrong }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(WrongEncryptionKey);
      const { message } = refusal as Error;
      for (const part of [String(usedId), 'ENCRYPTION_KEY', 'ENCRYPTION_KEYS_PREVIOUS'])
        expect(message).toContain(part);
      expect(message).not.toContain(wrong);
    }
    expect(await database.query('SELECT * FROM key_checks')).toEqual(before);
  });

  it('refuses to start when a key only shares its id with the right one', async () => {
    await start();
    await database.query(`UPDATE key_checks SET mac = '\\x00'`);
    await expect(start()).rejects.toBeInstanceOf(WrongEncryptionKey);
  });

  it('notices a wrapped key that was altered or given to another organization', async () => {
    const sealed = await within(await start(), (tx, cipher) => cipher.seal(tx, PLACE, 'secret'));
    await database.query('UPDATE organization_keys SET organization_id = $1', [OTHER_ORGANIZATION]);
    const application = await start();
    await expect(
      within(application, (tx, cipher) => cipher.open(tx, PLACE, sealed), OTHER_ORGANIZATION),
    ).rejects.toMatchObject({ definition: { code: 'crypto/tampered' } });
  });
});
