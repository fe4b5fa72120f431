import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withCommandWork } from '../../src/platform/database/command-work.js';
import { listPendingMigrations } from '../../src/platform/database/migrations.js';
import { migrations } from '../../src/platform/database/migrations/index.js';
import {
  DatabaseNotReady,
  type PreparedDatabase,
  prepareDatabase,
} from '../../src/platform/database/prepare-database.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** What a start does to a database that nobody has migrated, by the roles it is given. */
describe('a start', () => {
  let database: TestDatabase;
  let events: string[];

  beforeEach(async () => {
    database = await createTestDatabase({ isEmpty: true });
    events = [];
  });

  afterEach(() => database.drop());

  async function start(given: Partial<PreparedDatabase>): Promise<void> {
    const log = new EventLog({ logFormat: 'json', logLevel: 'log' }, (line) => {
      events.push((JSON.parse(line) as { event: string }).event);
    });
    const roles = { url: database.applicationUrl, migrationUrl: undefined, production: true, allowsSuperuser: false };
    await prepareDatabase({ ...roles, ...given }, log);
  }

  /** With the application's role: may it work, and is it held? */
  async function rowsSeenBy(url: string): Promise<number> {
    const organizationId = randomUUID();
    return await withCommandWork(url, 'passerelle test', async (work) => {
      await work.inOrganization({ organizationId }, (tx) =>
        tx.query(`INSERT INTO organizations (id, name, slug) VALUES ($1::uuid, 'One', $1::text)`, [organizationId]),
      );
      const rows = await work.inOrganization({ organizationId: randomUUID() }, (tx) =>
        tx.query('SELECT FROM organizations'),
      );
      return rows.length;
    });
  }

  it('with two roles migrates as the one, and lets the other work behind the wall', async () => {
    await start({ migrationUrl: database.ownerUrl });

    expect(events).toEqual([]);
    expect(await rowsSeenBy(database.applicationUrl)).toBe(0);
    expect(await listPendingMigrations(database.applicationUrl)).toEqual([]);
    await start({ migrationUrl: database.ownerUrl });
    await start({});
  });

  it('with one role migrates as that, says so, and is held by the wall as well', async () => {
    await start({ url: database.ownerUrl });

    expect(events).toEqual(['database.role_owns_tables']);
    expect(await rowsSeenBy(database.ownerUrl)).toBe(0);
  });

  it('with a role that may not migrate says what is missing', async () => {
    await expect(start({})).rejects.toThrow(DatabaseNotReady);
    await start({ migrationUrl: database.ownerUrl });
    await database.query('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)');
    await expect(start({})).rejects.toThrow('1 migrations have not been applied');
    expect(await listPendingMigrations(database.applicationUrl)).toEqual([migrations.at(-1)!.name]);
  });

  it('with a superuser is refused in production, unless that is wanted, and noted anywhere else', async () => {
    const url = database.superuserUrl;
    await expect(start({ url })).rejects.toThrow(DatabaseNotReady);
    expect(await database.query(`SELECT to_regclass('migrations') AS found`)).toEqual([{ found: null }]);
    await start({ url, allowsSuperuser: true });
    await start({ url, production: false });
    expect(events.filter((event) => event === 'database.role_overrides_row_security')).toHaveLength(2);
  });
});
