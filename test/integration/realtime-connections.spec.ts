import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { AdapterConnections } from '../../src/realtime/adapter-connections.js';
import { eventually } from '../support/eventually.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

describe('the connections of the adapter', () => {
  let database: TestDatabase;
  let connections: AdapterConnections;

  beforeEach(async () => {
    database = await createTestDatabase();
    const log = new EventLog({ logFormat: 'json', logLevel: 'error' }, () => undefined);
    connections = new AdapterConnections(database.url, log);
  });
  afterEach(async () => {
    await connections?.close();
    await database?.drop();
  });

  const isOpen = async (pid: number): Promise<boolean> =>
    (await database.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).length > 0;

  it('hold one that listens: a second one replaces the first, which is not mourned', async () => {
    const first = await connections.connect();
    let mourned = 0;
    first.on('end', () => {
      mourned += 1;
    });
    const { rows } = await first.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');

    await connections.connect();

    await eventually(
      () => isOpen(rows[0]!.pid),
      (open) => !open,
      2_000,
    );
    expect(mourned).toBe(0);
  });

  it('report the loss of the one that listens, and survive as many losses as there are', async () => {
    for (let loss = 0; loss < 5; loss += 1) {
      const client = await connections.connect();
      const ended = new Promise<void>((resolve) => client.once('end', resolve));
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await database.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      await ended;
    }

    expect((await connections.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('close at once while one is still being opened, and open none afterwards', async () => {
    const opening = connections.connect();
    await connections.close();
    const reopening = connections.connect();

    const answer = await Promise.race([opening, reopening, database.query('SELECT pg_sleep(0.2)').then(() => 'none')]);

    expect(answer).toBe('none');
    connections = new AdapterConnections(database.url, new EventLog({ logFormat: 'json', logLevel: 'error' }));
  });
});
