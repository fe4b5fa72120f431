import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { AuditTrail } from '../../src/accounts/index.js';
import { FieldCipher, type SealedPlace } from '../../src/platform/crypto/field-cipher.js';
import { Keyring } from '../../src/platform/crypto/keyring.js';
import { OrganizationKeys } from '../../src/platform/crypto/organization-keys.js';
import { listStaleValues, replaceSealed, type SealedValue } from '../../src/platform/crypto/keys/sealed-values.js';
import { SEALED_COLUMNS } from '../../src/platform/crypto/sealed-columns.js';
import { WrongEncryptionKey } from '../../src/platform/crypto/wrong-encryption-key.js';
import { withCommandWork } from '../../src/platform/database/command-work.js';
import { newId } from '../../src/platform/database/identifiers.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { eventually } from '../support/eventually.js';
import {
  ENCRYPTION_KEY,
  ORGANIZATION,
  OTHER_ORGANIZATION,
  seedPeople,
  startIntegrationsApplication,
  USER,
} from '../support/integrations-application.js';
import { runKeys, spawnKeys } from '../support/key-command.js';
import { IS_LONG } from '../support/long-tests.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(120_000);

/** How many values are sealed anew, and how often the command that does it is killed. */
const [VALUES, KILLS] = IS_LONG ? [100_000, 10] : [2_000, 1];

const newKey = () => randomBytes(32).toString('hex');
const MODELS = SEALED_COLUMNS.find(({ table, column }) => table === 'mails' && column === 'model')!;
const modelPlace = (rowId: string): SealedPlace => ({ table: 'mails', column: 'model', rowId });

describe('work on encryption keys', () => {
  let database: TestDatabase;
  let folder: string;
  let primaryFile: string;
  let othersFile: string;
  let environment: Record<string, string>;
  const applications: INestApplicationContext[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    await seedPeople(database);
    folder = await mkdtemp(join(tmpdir(), 'passerelle-keys-'));
    primaryFile = join(folder, 'primary');
    othersFile = join(folder, 'others');
    await writeFile(primaryFile, `${ENCRYPTION_KEY}\n`);
    await writeFile(othersFile, '# the other keys\n');
    environment = {
      DATABASE_URL: database.url,
      DATA_DIR: folder,
      ENCRYPTION_KEY_FILE: primaryFile,
      ENCRYPTION_KEYS_PREVIOUS_FILE: othersFile,
    };
  });

  afterEach(async () => {
    for (const application of applications.splice(0)) await application.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  async function start(keys: Record<string, string> = environment): Promise<INestApplicationContext> {
    const application = await startIntegrationsApplication({
      url: database.url,
      environment: { ENCRYPTION_KEY: '', ...keys },
    });
    applications.push(application);
    application.get(OrganizationKeys).keptMs = 200;
    return application;
  }

  const keys = (...args: string[]) =>
    runKeys(args, environment, (tx, action, id) =>
      new AuditTrail().record(tx, { actor: { type: 'system' }, action, object: { type: 'key', id } }),
    );

  async function exitCodeOf(...args: string[]): Promise<number | null> {
    const command = spawnKeys(args, environment);
    return (await command.exited).code;
  }

  const idOf = (digits: string) =>
    new Keyring({ encryptionKey: digits, previousEncryptionKeys: [] } as never).primary.id;

  /** A mail to nobody, which holds one sealed text. */
  async function keep(application: INestApplicationContext, text: string, organizationId = ORGANIZATION) {
    const id = newId();
    await application.get(UnitOfWork).inOrganization({ organizationId }, async (tx) => {
      const model = await application.get(FieldCipher).seal(tx, modelPlace(id), text);
      await tx.query(
        `INSERT INTO mails (id, organization_id, kind, recipient, locale, model, message_id, dedupe_key, state)
         VALUES ($1, $2, 'other', 'a@one.example', 'fr', $3, $4, $4, 'not_sent')`,
        [id, organizationId, model, id],
      );
    });
    return id;
  }

  /** So many of them at once: id and text. */
  async function keepMany(application: INestApplicationContext, count: number): Promise<[string, string][]> {
    const made = Array.from({ length: count }, (_, index): [string, string] => [newId(), `text ${index}`]);
    await application.get(UnitOfWork).inOrganization({ organizationId: ORGANIZATION }, async (tx) => {
      const cipher = await application.get(FieldCipher).forOrganization(tx);
      await tx.query(
        `INSERT INTO mails (id, organization_id, kind, recipient, locale, model, message_id, dedupe_key, state)
         SELECT id, $1, 'other', 'a@one.example', 'fr', model, id, id, 'not_sent'
         FROM unnest($2::uuid[], $3::text[]) AS made (id, model)`,
        [ORGANIZATION, made.map(([id]) => id), made.map(([id, text]) => cipher.seal(modelPlace(id), text))],
      );
    });
    return made;
  }

  async function sealModel(application: INestApplicationContext, id: string, text: string): Promise<string> {
    return await application
      .get(UnitOfWork)
      .inOrganization({ organizationId: ORGANIZATION }, (tx) =>
        application.get(FieldCipher).seal(tx, modelPlace(id), text),
      );
  }

  /** Sealed with a data key that writes no more. */
  async function countStale(): Promise<number> {
    const [row] = await database.query<{ stale: number }>(
      `SELECT count(*)::int AS stale FROM mails
       WHERE split_part(model, '.', 2) NOT IN (SELECT dek_id FROM organization_keys WHERE retired_at IS NULL)`,
    );
    return row!.stale;
  }

  async function read(application: INestApplicationContext, id: string, organizationId = ORGANIZATION) {
    return await application.get(UnitOfWork).inOrganization({ organizationId }, async (tx) => {
      const [row] = await tx.query<{ model: string }>('SELECT model FROM mails WHERE id = $1', [id]);
      return await application.get(FieldCipher).open(tx, modelPlace(id), row!.model);
    });
  }

  const wrappedBy = async () =>
    (await database.query('SELECT DISTINCT kek_id FROM organization_keys')).map(({ kek_id }) => kek_id);

  async function addOrganizations(application: INestApplicationContext, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, newId);
    await database.query(
      `INSERT INTO organizations (id, name, slug) SELECT id, 'n', id::text FROM unnest($1::uuid[]) id`,
      [ids],
    );
    for (const organizationId of ids) await keep(application, organizationId, organizationId);
    return ids;
  }

  it('goes on where it was killed, as often as it is killed', async () => {
    const application = await start();
    const organizations = await addOrganizations(application, 120);
    const next = newKey();
    await writeFile(othersFile, next);
    await keys('introduce');
    await keys('promote', idOf(next));
    const left = async () =>
      Number(
        (await database.query('SELECT count(*) FROM organization_keys WHERE kek_id <> $1', [idOf(next)]))[0]?.['count'],
      );
    for (const goal of [100, 60, 20]) {
      const command = spawnKeys(['rotate', '--batch', '5', '--rate', '50'], environment);
      await eventually(left, (rows) => rows <= goal, 30_000);
      await command.end('SIGKILL');
      expect(await left()).toBeGreaterThan(0);
    }
    const [rotation] = await database.query('SELECT done FROM key_rotations WHERE finished_at IS NULL');
    expect(Number(rotation?.['done'])).toBe(organizations.length - (await left()));

    expect(await keys('rotate')).toMatchObject({ code: 0, text: expect.stringContaining('120 data keys') });
    expect(await wrappedBy()).toEqual([idOf(next)]);
    expect(await keys('verify')).toMatchObject({ code: 0, text: expect.stringContaining('120 sealed values, 0 of') });
  });

  it('renews keys while two instances write and read, from the introduction to the retirement, killed on the way', async () => {
    const instances = [await start(), await start()];
    const known = await keepMany(instances[0]!, VALUES);
    const over = new AbortController();
    const failures: unknown[] = [];
    let served = 0;
    const load = instances.map(async (instance, which) => {
      while (!over.signal.aborted) {
        try {
          const text = `during ${which} ${served}`;
          known.push([await keep(instance, text), text]);
          const [id, wanted] = known[Math.floor(Math.random() * known.length)]!;
          if ((await read(instance, id)) !== wanted) throw new Error('Another text came back');
          served += 1;
        } catch (error) {
          failures.push(error);
        }
        await sleep(20);
      }
    });
    const next = newKey();
    const [formerId, nextId] = [idOf(ENCRYPTION_KEY), idOf(next)];
    const startedAt = performance.now();
    try {
      await appendFile(othersFile, `${next}\n`);
      expect(await keys('introduce')).toMatchObject({ code: 0, text: expect.stringContaining(`promote ${nextId}`) });
      expect(await wrappedBy()).toEqual([formerId]);
      expect(await keys('promote', nextId)).toMatchObject({ code: 0 });
      expect(await keys('retire', formerId)).toMatchObject({ code: 2 });
      const pace = ['--new-data-keys', '--settle', '1', ...(IS_LONG ? [] : ['--batch', '50', '--rate', '1000'])];
      for (let kills = 1; kills <= KILLS; kills += 1) {
        const command = spawnKeys(['rotate', ...pace], environment);
        const goal = Math.round(VALUES * (1 - kills / (KILLS + 1)));
        await eventually(countStale, (stale) => stale > 0 && stale <= goal, 60_000);
        await command.end('SIGKILL');
        expect(await countStale()).toBeGreaterThan(0);
      }
      expect(await keys('rotate', ...pace)).toMatchObject({ code: 0 });
    } finally {
      over.abort();
      await Promise.all(load);
    }
    const seconds = (performance.now() - startedAt) / 1_000;

    expect(failures).toEqual([]);
    expect(served).toBeGreaterThan(10);
    expect(await wrappedBy()).toEqual([nextId]);
    expect(await keys('retire', formerId)).toMatchObject({ code: 0 });
    expect(await countStale()).toBe(0);

    // The former key leaves the configuration, and everything still opens.
    await writeFile(primaryFile, next);
    await writeFile(othersFile, '');
    expect(await keys('verify')).toMatchObject({ code: 0, text: expect.stringContaining(', 0 of them do not open') });
    const fresh = await start();
    for (const [id, text] of known.filter((_, index) => index % 97 === 0)) expect(await read(fresh, id)).toBe(text);
    process.stdout.write(
      `keys: ${VALUES} values sealed anew in ${seconds.toFixed(0)} s through ${KILLS} kills; ${served} written and read ` +
        `meanwhile, failed ${failures.length}, unreadable 0\n`,
    );
  }, 600_000);

  /** As a run that was killed leaves it: values under the new key, and so many at the end that are as they were. */
  async function rotateHalfway(application: INestApplicationContext, count: number, left: number): Promise<string[]> {
    const ids = (await keepMany(application, count)).map(([id]) => id).sort();
    const rows = await database.query<{ id: string; model: string }>('SELECT id, model FROM mails ORDER BY id');
    await keys('rotate', '--new-data-keys', '--settle', '0');
    for (const { id, model } of rows.slice(-left)) {
      await database.query('UPDATE mails SET model = $2 WHERE id = $1', [id, model]);
    }
    return ids.slice(-left);
  }

  it('reads again only what is left to do', async () => {
    const left = await rotateHalfway(await start(), 9, 5);
    const batches: string[][] = [];
    await withCommandWork(database.url, 'passerelle test', async (work) => {
      for await (const values of listStaleValues(work, MODELS, 2)) batches.push(values.map(({ key }) => key.join()));
    });
    expect(batches).toEqual([left.slice(0, 2), left.slice(2, 4), left.slice(4)]);
    expect(await countStale()).toBe(5);
  });

  it('leaves what the application has replaced since it was read', async () => {
    const application = await start();
    const [first = '', second = ''] = await rotateHalfway(application, 4, 2);
    await withCommandWork(database.url, 'passerelle test', async (work) => {
      const batches: SealedValue[][] = [];
      for await (const values of listStaleValues(work, MODELS, 1)) batches.push(values);
      await database.query('UPDATE mails SET model = $2 WHERE id = $1', [
        second,
        await sealModel(application, second, 'newer'),
      ]);
      const replacements = await Promise.all(
        batches.flat().map(async (value) => ({
          value,
          sealedAnew: await sealModel(application, value.place.rowId, 'older'),
        })),
      );
      const written = await work.inOrganization({ organizationId: ORGANIZATION }, (tx) =>
        replaceSealed(tx, MODELS, replacements),
      );
      expect(written).toBe(1);
    });
    expect(await read(application, first)).toBe('older');
    expect(await read(application, second)).toBe('newer');
  });

  it('goes round again until what somebody holds is free', async () => {
    const application = await start();
    const [[held] = ['']] = await keepMany(application, 5);
    const rotation = await application.get(UnitOfWork).inOrganization({ organizationId: ORGANIZATION }, async (tx) => {
      await tx.query('SELECT FROM mails WHERE id = $1 FOR UPDATE', [held]);
      const command = keys('rotate', '--new-data-keys', '--settle', '0', '--batch', '2');
      await eventually(countStale, (stale) => stale === 1, 30_000);
      return { command };
    });
    expect(await rotation.command).toMatchObject({
      code: 0,
      text: expect.stringContaining('5 values are sealed anew'),
    });
    expect(await countStale()).toBe(0);
  });

  it('ends at a batch that cannot be written, and goes on from there', async () => {
    const application = await start();
    const made = await keepMany(application, 7);
    const refused = made.map(([id]) => id).sort()[3];
    await database.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
       CREATE TRIGGER refuse BEFORE UPDATE ON mails FOR EACH ROW WHEN (NEW.id = '${refused}') EXECUTE FUNCTION refuse()`,
    );
    const rotate = () => keys('rotate', '--new-data-keys', '--settle', '0', '--batch', '2');
    await expect(rotate()).rejects.toThrow('refused');
    expect(await countStale()).toBe(5);
    await database.query('DROP TRIGGER refuse ON mails');
    expect(await rotate()).toMatchObject({ code: 0, text: expect.stringContaining('7 values are sealed anew') });
    expect(await countStale()).toBe(0);
  });

  it('does not wait for half of the application before it begins', async () => {
    await start();
    const command = spawnKeys(['status'], { ...environment, NODE_V8_COVERAGE: join(folder, 'loaded') });
    expect((await command.exited).code).toBe(0);
    const reports = await readdir(join(folder, 'loaded'));
    const loaded = (await Promise.all(reports.map((name) => readFile(join(folder, 'loaded', name), 'utf8')))).join();
    expect(loaded).toContain('/src/platform/crypto/keys/key-status.ts');
    expect(loaded).not.toContain('/src/accounts/');
  });

  it('seals every declared column anew, whatever its seal is bound to', async () => {
    const application = await start();
    const places = await seedEveryColumn(application);
    expect(places).toHaveLength(SEALED_COLUMNS.length);
    const before = await sealedTexts();
    const result = await keys('rotate', '--new-data-keys', '--settle', '0');
    expect(result).toMatchObject({ code: 0, text: expect.stringContaining(`${places.length} values are sealed anew`) });
    const after = await sealedTexts();
    expect(after.filter((sealed) => before.includes(sealed))).toEqual([]);
    expect(await keys('verify')).toMatchObject({ code: 0, text: expect.stringContaining(`${places.length} sealed`) });
  });

  it('keeps a former data key for a day after its last value, and then lets it go', async () => {
    const application = await start();
    await keep(application, 'text');
    await keys('rotate', '--new-data-keys', '--settle', '0');
    expect(await database.query('SELECT FROM organization_keys')).toHaveLength(2);
    await database.query(
      `UPDATE organization_keys SET retired_at = retired_at - interval '25 hours' WHERE retired_at IS NOT NULL`,
    );
    expect(await keys('rotate')).toMatchObject({
      code: 0,
      text: expect.stringContaining('1 former data keys are deleted'),
    });
    expect(await keys('verify')).toMatchObject({ code: 0 });
  });

  it('refuses to promote a key that a running instance does not hold', async () => {
    await start({ ENCRYPTION_KEY });
    const next = newKey();
    await writeFile(othersFile, next);
    expect(await keys('introduce', '--wait', '0')).toMatchObject({ code: 1 });
    expect(await keys('promote', idOf(next))).toMatchObject({ code: 2 });
    expect(await database.query('SELECT FROM key_checks WHERE promoted_at IS NOT NULL')).toEqual([]);
  });

  it('takes a key from a file of its own, and never from the command line', async () => {
    await start({ ENCRYPTION_KEY });
    const given = join(folder, 'given');
    const next = newKey();
    await writeFile(given, next);
    expect((await keys('introduce', '--key-file', given, '--wait', '0')).text).toContain(idOf(next));
    const before = await database.query('SELECT * FROM key_checks ORDER BY kek_id');
    expect(await exitCodeOf('introduce', newKey())).toBe(2);
    expect(await keys('introduce', `--key-file=${newKey()}`)).toMatchObject({ code: 2 });
    expect(await database.query('SELECT * FROM key_checks ORDER BY kek_id')).toEqual(before);
  });

  it('stops at a wrong key with exit code 78 before anything is written, and never prints one', async () => {
    await keep(await start(), 'text');
    const wrong = newKey();
    await writeFile(primaryFile, wrong);
    const before = await database.query('SELECT * FROM key_checks');
    expect(await exitCodeOf('rotate')).toBe(78);
    for (const command of ['introduce', 'rotate', 'verify']) {
      const refusal = await keys(command).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(WrongEncryptionKey);
      expect((refusal as Error).message).not.toContain(wrong);
    }
    expect(await keys('status')).toMatchObject({ code: 1, text: expect.stringContaining('NOT among the keys given') });
    expect(await database.query('SELECT * FROM key_checks')).toEqual(before);
    expect(await database.query('SELECT FROM key_rotations')).toEqual([]);
  });

  it('names what was altered, and a column that nobody has declared', async () => {
    const application = await start();
    const id = await keep(application, 'text');
    await keep(application, 'sound');
    const another = `CASE substr(model, 60, 1) WHEN 'A' THEN 'B' ELSE 'A' END`;
    await database.query(`UPDATE mails SET model = overlay(model placing ${another} from 60 for 1) WHERE id = $1`, [
      id,
    ]);
    await database.query(`UPDATE mails SET last_error = model WHERE id <> $1`, [id]);
    const { code, text } = await keys('verify');
    expect(code).toBe(1);
    expect(text).toContain(`mails.model ${id}`);
    expect(text).toContain('mails.last_error holds sealed values');
    expect(text).toContain('2 sealed values, 1 of them');
  });

  it('gives up a lost key only when that is said twice, and then keeps everything that was not sealed', async () => {
    const application = await start();
    await seedEveryColumn(application);
    const kept = await keep(application, 'theirs', OTHER_ORGANIZATION);
    for (const instance of applications.splice(0)) await instance.close();
    const lostId = idOf(ENCRYPTION_KEY);
    const next = newKey();
    await writeFile(primaryFile, next);
    const before = await sealedTexts();

    expect(await keys('accept-loss', lostId)).toMatchObject({
      code: 2,
      text: expect.stringContaining('integrations.access_token: 1'),
    });
    expect(await keys('accept-loss', lostId, '--confirm', '00000000')).toMatchObject({ code: 2 });
    expect(await sealedTexts()).toEqual(before);

    expect(await keys('accept-loss', lostId, '--confirm', lostId)).toMatchObject({ code: 0 });
    const fresh = await start();
    expect(await database.query('SELECT status, status_reason, access_token FROM integrations')).toEqual([
      { status: 'needs_reauth', status_reason: 'tokens_unreadable', access_token: null },
    ]);
    expect(await database.query('SELECT model FROM mails WHERE id = $1', [kept])).toEqual([{ model: null }]);
    expect(await database.query(`SELECT state, error_code, evidence FROM deliveries ORDER BY state`)).toEqual([
      { state: 'dead', error_code: 'crypto/key-lost', evidence: null },
      { state: 'rejected', error_code: 'signature-wrong', evidence: null },
    ]);
    expect(await database.query('SELECT enabled FROM webhook_endpoints')).toEqual([{ enabled: false }]);
    expect(
      await database.query(`SELECT count(*)::int AS lines FROM audit_events WHERE action = 'key.loss_accepted'`),
    ).toEqual([{ lines: 2 }]);
    expect(await keys('verify')).toMatchObject({ code: 0 });
    const id = await keep(fresh, 'anew');
    expect(await read(fresh, id)).toBe('anew');
    expect(await keys('accept-loss', lostId)).toMatchObject({ code: 2 });
  });

  it('counts how often a data key has sealed', async () => {
    const application = await start();
    for (let index = 0; index < 5; index += 1) await keep(application, 'text');
    for (const instance of applications.splice(0)) await instance.close();
    expect(await database.query('SELECT uses::int FROM organization_keys')).toEqual([{ uses: 5 }]);
    expect(await database.query('SELECT FROM key_holders')).toEqual([]);
  });

  async function sealedTexts(): Promise<string[]> {
    const texts: string[] = [];
    for (const { table, column } of SEALED_COLUMNS) {
      const rows = await database.query(`SELECT ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL`);
      texts.push(...rows.map(({ sealed }) => String(sealed)));
    }
    return texts;
  }

  /** One row, with its seal, in every column that is declared. */
  async function seedEveryColumn(application: INestApplicationContext): Promise<string[]> {
    const integrationId = newId();
    const endpointId = newId();
    const rows: Record<string, { id: string; sql: string; context?: string }> = {
      'integrations.access_token': {
        id: integrationId,
        context: 'v3',
        sql: `INSERT INTO integrations (id, organization_id, provider, account_id, status, token_version, access_token)
              VALUES ($1, $2, 'p', 'a', 'connected', 3, $3)`,
      },
      'integrations.refresh_token': {
        id: integrationId,
        context: 'v3',
        sql: `UPDATE integrations SET refresh_token = $3 WHERE id = $1 AND organization_id = $2`,
      },
      'oauth_transactions.verifier': {
        id: newId(),
        sql: `INSERT INTO oauth_transactions (id, organization_id, user_id, session_id, provider, state_hash, verifier,
                redirect_uri, scope, expires_at)
              VALUES ($1, $2, '${USER}', 's', 'p', '\\x00', $3, 'r', 's', now())`,
      },
      'cursors.value': {
        id: integrationId,
        context: 'calendar:c',
        sql: `INSERT INTO cursors (integration_id, organization_id, value, resource) VALUES ($1, $2, $3, 'calendar:c')`,
      },
      'channels.secret': {
        id: newId(),
        sql: `INSERT INTO channels (id, organization_id, secret, integration_id, provider, token_hash, state)
              VALUES ($1, $2, $3, '${integrationId}', 'p', '\\x01', 'open')`,
      },
      'deliveries.body': {
        id: newId(),
        sql: `INSERT INTO deliveries (id, organization_id, body, integration_id, provider, dedupe_key, body_sha256, state)
              VALUES ($1, $2, $3, '${integrationId}', 'p', '\\x02', '\\x02', 'received')`,
      },
      'deliveries.evidence': {
        id: newId(),
        sql: `INSERT INTO deliveries (id, organization_id, evidence, integration_id, provider, dedupe_key, body_sha256, state, error_code)
              VALUES ($1, $2, $3, '${integrationId}', 'p', '\\x03', '\\x03', 'rejected', 'signature-wrong')`,
      },
      'outbox.payload': {
        id: newId(),
        sql: `INSERT INTO outbox (id, organization_id, payload, kind, dedupe_key) VALUES ($1, $2, $3, 'k', 'd')`,
      },
      'mails.model': {
        id: newId(),
        sql: `INSERT INTO mails (id, organization_id, model, kind, recipient, locale, message_id, dedupe_key, state)
              VALUES ($1, $2, $3, 'other', 'r', 'fr', 'm', 'd', 'queued')`,
      },
      'webhook_endpoints.secret': {
        id: endpointId,
        sql: `INSERT INTO webhook_endpoints (id, organization_id, secret, url, events) VALUES ($1, $2, $3, 'u', '{}')`,
      },
      'webhook_endpoints.previous_secret': {
        id: endpointId,
        sql: `UPDATE webhook_endpoints SET previous_secret = $3 WHERE id = $1 AND organization_id = $2`,
      },
      'webhook_messages.payload': {
        id: newId(),
        sql: `INSERT INTO webhook_messages (id, organization_id, payload, endpoint_id, event_type, subject)
              VALUES ($1, $2, $3, '${endpointId}', 'e', 's')`,
      },
    };
    await application.get(UnitOfWork).inOrganization({ organizationId: ORGANIZATION }, async (tx) => {
      const cipher = application.get(FieldCipher);
      for (const [place, { id, sql, context }] of Object.entries(rows)) {
        const [table = '', column = ''] = place.split('.');
        const sealedAs = SEALED_COLUMNS.find((one) => one.table === table && one.column === column)?.sealedAs ?? column;
        const sealed = await cipher.seal(
          tx,
          { table, column: sealedAs, rowId: id, ...(context && { context }) },
          place,
        );
        await tx.query(sql, [id, ORGANIZATION, sealed]);
      }
    });
    return Object.keys(rows);
  }
});
