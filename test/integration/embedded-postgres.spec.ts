import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import {
  EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type ServerState,
} from '../../src/platform/database/embedded/embedded-postgres.js';
import { isRunning } from '../../src/platform/database/embedded/process-table.js';

// A PostgreSQL made, killed and brought back several times over: seconds on an idle machine, more on a busy one.
jest.setTimeout(60_000);

const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;

describe('the embedded PostgreSQL', () => {
  let base: string;
  let dataDir: string;
  let told: string[];
  const servers: EmbeddedPostgres[] = [];
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'passerelle-embedded-'));
    // Root runs PostgreSQL under another account, which must be able to enter.
    await chmod(base, 0o711);
    dataDir = join(base, 'data');
    told = [];
  });

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(servers.splice(0).map(async (server) => await server.stop()));
    await killServerOf(dataDir);
    await rm(base, { recursive: true, force: true });
  });

  async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const server = await EmbeddedPostgres.start({
      dataDir,
      isDisposable: true,
      log: (event, fields) => told.push(JSON.stringify({ event, ...fields })),
      ...options,
    });
    servers.push(server);
    return server;
  }

  /** One role for everything, and nothing known of another. */
  async function startAsEarlier(): Promise<{ superuserUrl: string }> {
    const server = await start();
    const { ownerPassword: _, ...record } = await readRecord(dataDir);
    const superuserUrl = Object.assign(new URL(server.url), {
      username: 'postgres',
      password: record.superuserPassword,
    }).href;
    await query(
      superuserUrl,
      'alter database passerelle owner to passerelle; drop owned by passerelle_owner; drop role passerelle_owner',
    );
    await writeFile(join(dataDir, 'postgres.json'), JSON.stringify(record));
    return { superuserUrl };
  }

  function startOwner(): Promise<OwnerMessage & { kill(): Promise<void> }> {
    const script = fileURLToPath(new URL('../support/embedded-postgres-owner.ts', import.meta.url));
    const hooks = new URL('../support/register-typescript.mjs', import.meta.url).href;
    const child = spawn(process.execPath, ['--import', hooks, script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    };
    return new Promise((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        const message = JSON.parse(line) as OwnerMessage;
        if (message.event === 'ready' || message.event === 'refused') resolve({ ...message, kill });
      });
      child.once('exit', () => reject(new Error('The owner ended without a word.')));
    });
  }

  it('keeps what was written durable, checked and limited in time', async () => {
    const server = await start({ isDisposable: false });

    const [settings] = await query(
      server.url,
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as "fullPageWrites",
         current_setting('synchronous_commit') as "synchronousCommit", current_setting('data_checksums') as checksums,
         current_setting('server_encoding') as encoding, current_setting('statement_timeout') as statement,
         current_setting('lock_timeout') as lock, current_setting('transaction_timeout') as transaction,
         current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      fullPageWrites: 'on',
      synchronousCommit: 'on',
      checksums: 'on',
      encoding: 'UTF8',
      statement: '10s',
      lock: '3s',
      transaction: '30s',
      idle: '10s',
    });
    expect(server.adopted).toBe(false);
  });

  it('gives the owner of the tables and the application a login each, of which neither rules anything else', async () => {
    const server = await start({ isDisposable: false });

    for (const [url, name] of [
      [server.url, 'passerelle'],
      [server.ownerUrl, 'passerelle_owner'],
    ] as const) {
      const [role] = await query(
        url,
        `select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as rules,
           (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner
         from pg_roles where rolname = current_user`,
      );
      expect(role).toEqual({ name, rules: false, owner: 'passerelle_owner' });
    }
    await expect(query(server.url, 'create table mine ()')).rejects.toMatchObject({ code: '42501' });
  });

  it('hands tables over that the application owned in a folder of an earlier version', async () => {
    const { superuserUrl } = await startAsEarlier();
    await query(superuserUrl, 'set role passerelle; create table kept as select 1 as answer');
    await servers.splice(0)[0]!.stop();

    const server = await start();

    expect(await query(server.ownerUrl, `select tableowner from pg_tables where tablename = 'kept'`)).toEqual([
      { tableowner: 'passerelle_owner' },
    ]);
    await expect(query(server.url, 'drop table kept')).rejects.toMatchObject({ code: '42501' });
    expect(await readRecord(dataDir)).toHaveProperty('ownerPassword', expect.stringMatching(/^.{32}$/));
  });

  it('asks for the password, of the superuser too', async () => {
    const server = await start();
    const { port } = new URL(server.url);

    for (const user of ['passerelle', 'postgres']) {
      const attempt = query(`postgres://${user}:wrong@127.0.0.1:${port}/postgres`, 'select 1');
      await expect(attempt).rejects.toMatchObject({ code: '28P01' });
    }
    const withoutPassword = new Client({ host: '127.0.0.1', port: Number(port), user: 'postgres', password: '' });
    await expect(withoutPassword.connect()).rejects.toThrow(/password/);
  });

  it('listens on loopback only', async () => {
    const server = await start();
    const port = Number(new URL(server.url).port);

    expect(await canConnect('127.0.0.1', port)).toBe(true);
    for (const address of outwardAddresses()) expect(await canConnect(address, port)).toBe(false);
    const { superuserPassword } = await readRecord(dataDir);
    const [settings] = await query(
      `postgres://postgres:${superuserPassword}@127.0.0.1:${port}/postgres`,
      `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`,
    );
    expect(settings).toEqual({ addresses: '127.0.0.1', sockets: '' });
  });

  it('writes its passwords into one private file and nowhere else', async () => {
    const server = await start();
    await query(server.url, 'select nonsense from nowhere').catch(() => undefined);
    const record = await readRecord(dataDir);
    const passwords = [record.superuserPassword, record.ownerPassword, record.applicationPassword];

    const processFolder = `/proc/${await pidOf(dataDir)}`;
    const places = [`${record.folder}.log`, `${processFolder}/cmdline`, `${processFolder}/environ`];
    const contents = await Promise.all(places.map(async (place) => await readFile(place, 'utf8').catch(() => '')));
    const written = [...told, ...contents].join('\n');
    expect(decodeURIComponent(server.url)).toContain(record.applicationPassword);
    for (const password of passwords) expect(written).not.toContain(password);
    expect(written).not.toContain('nonsense from nowhere');
    const { mode } = await stat(join(dataDir, 'postgres.json'));
    // Windows knows no such modes and shows every file as open to all.
    expect(mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it('is taken over with its data after its owner was killed', async () => {
    const owner = await startOwner();
    await query(owner.ownerUrl, 'create table kept as select 1 as answer');
    const pidBefore = await pidOf(dataDir);
    await owner.kill();

    const server = await start();

    expect(server.adopted).toBe(true);
    expect(await pidOf(dataDir)).toBe(pidBefore);
    expect(server.url).toBe(owner.url);
    expect(await query(server.ownerUrl, 'select answer from kept')).toEqual([{ answer: 1 }]);
  });

  it('starts with its data when owner and server were both killed', async () => {
    const owner = await startOwner();
    await query(owner.ownerUrl, 'create table kept as select 1 as answer');
    await owner.kill();
    process.kill(await pidOf(dataDir), 'SIGKILL');

    const server = await start();

    expect(server.adopted).toBe(false);
    expect(await query(server.ownerUrl, 'select answer from kept')).toEqual([{ answer: 1 }]);
  });

  it('comes back at the same address when the server is killed, and says so', async () => {
    const server = await start({ isDisposable: false });
    const { url } = server;
    await query(server.ownerUrl, 'create table kept as select 1 as answer');
    const states: ServerState[] = [];
    server.onStateChange((state) => states.push(state));

    for (const round of [1, 2, 3]) {
      process.kill(await pidOf(dataDir), 'SIGKILL');
      await until(() => states.filter((state) => state === 'up').length === round);
      expect(server.url).toBe(url);
      expect(await query(server.ownerUrl, 'select answer from kept')).toEqual([{ answer: 1 }]);
    }
    expect(states[0]).toBe('restarting');
  });

  it('goes on trying while the server cannot be started', async () => {
    const server = await start();
    const { folder } = await readRecord(dataDir);
    const states: ServerState[] = [];
    server.onStateChange((state) => states.push(state));
    const version = join(folder, 'PG_VERSION');
    const content = await readFile(version, 'utf8');

    await writeFile(version, 'unreadable\n');
    process.kill(await pidOf(dataDir), 'SIGKILL');
    await until(() => told.filter((line) => line.includes('embedded_postgres.restart_failed')).length >= 2);
    expect(states).toEqual(['restarting', 'down']);
    await writeFile(version, content);
    await until(() => states.at(-1) === 'up');
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('leaves no process behind when stopped, twice if need be', async () => {
    const server = await start();
    const idle = new Client({ connectionString: server.url });
    idle.on('error', () => undefined);
    await idle.connect();
    const rows = await query<{ pid: number }>(server.url, 'select pid from pg_stat_activity');
    const pids = [await pidOf(dataDir), ...rows.map(({ pid }) => pid)];
    expect(pids.length).toBeGreaterThan(3);

    await Promise.all([server.stop(), server.stop()]);
    await server.stop();

    const left = await Promise.all(pids.map(async (pid) => await isRunning(pid)));
    expect(left).not.toContain(true);
    expect(await canConnect('127.0.0.1', Number(new URL(server.url).port))).toBe(false);
  });

  it('stays stopped when stop meets a restart', async () => {
    const server = await start();
    const port = Number(new URL(server.url).port);
    const dies = new Promise<void>((resolve) => {
      server.onStateChange(() => resolve());
    });
    process.kill(await pidOf(dataDir), 'SIGKILL');
    await dies;

    await server.stop();

    expect(await canConnect('127.0.0.1', port)).toBe(false);
    expect(await EmbeddedPostgres.findRunning(dataDir)).toBeNull();
  });

  it('refuses a second owner while the first one lives', async () => {
    const server = await start();

    const second = await startOwner();

    expect(second.event).toBe('refused');
    expect(second.message).toMatch(new RegExp(`belongs to process ${process.pid}.*DATABASE_URL`));
    await expect(start()).rejects.toMatchObject({ code: 'embedded-postgres/owned-by-another-process' });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await EmbeddedPostgres.findRunning(dataDir)).toEqual({ url: server.url, ownerUrl: server.ownerUrl });
  });

  it('lets one of several simultaneous starters win, also over the lock of a killed owner', async () => {
    await (await startOwner()).kill();

    const starters = await Promise.all([startOwner(), startOwner(), startOwner()]);

    expect(starters.map(({ event }) => event).sort()).toEqual(['ready', 'refused', 'refused']);
  });

  it('refuses a server on its folder that does not know its password', async () => {
    const server = await start();
    await server.leaveRunning();
    const record = await readRecord(dataDir);
    await writeFile(join(dataDir, 'postgres.json'), JSON.stringify({ ...record, superuserPassword: 'another' }));

    const attempt = start();

    await expect(attempt).rejects.toMatchObject({ code: 'embedded-postgres/foreign-server' });
    expect(answersSignals(await pidOf(dataDir))).toBe(true);
  });

  it('is not misled by a leftover file that names somebody else', async () => {
    const first = await start();
    await first.stop();
    const { folder } = await readRecord(dataDir);
    await writeFile(join(folder, 'postmaster.pid'), `${process.pid}\n${folder}\n1\n5432\n\n127.0.0.1\n`);

    const server = await start();

    expect(server.adopted).toBe(false);
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('moves to another port when its own is taken, and remembers it', async () => {
    const first = await start();
    await first.stop();
    const squatter = await listen(Number(new URL(first.url).port));
    let second: EmbeddedPostgres;
    try {
      second = await start();
      expect(second.url).not.toBe(first.url);
      expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await second.stop();
    } finally {
      squatter.close();
    }
    expect((await start()).url).toBe(second.url);
  });

  it('says what to do when the passwords are lost', async () => {
    await (await start()).stop();
    await rm(join(dataDir, 'postgres.json'));

    await expect(start()).rejects.toMatchObject({
      code: 'embedded-postgres/credentials-missing',
      message: expect.stringContaining('postgres.json'),
    });
  });

  describeAsRoot('run by root', () => {
    it('puts its data elsewhere when only root may enter DATA_DIR', async () => {
      dataDir = join(base, 'closed', 'data');
      await mkdir(dirname(dataDir), { mode: 0o700 });

      const server = await start();

      const { folder } = await readRecord(dataDir);
      try {
        expect(folder).toMatch(/^\/var\/lib\/passerelle\/[0-9a-f]{16}\/pg$/);
        expect(told.join('\n')).toContain(`"event":"embedded_postgres.data_elsewhere","folder":"${folder}"`);
        await server.stop();
        // Permissions that change later must not begin an empty cluster.
        await chmod(dirname(dataDir), 0o755);
        await (await start()).stop();
        expect((await readRecord(dataDir)).folder).toBe(folder);
      } finally {
        await server.stop();
        await rm(dirname(folder), { recursive: true, force: true });
      }
    });
  });
});

interface OwnerMessage {
  readonly event: string;
  readonly url: string;
  readonly ownerUrl: string;
  readonly adopted?: boolean;
  readonly message?: string;
}

interface Record {
  readonly superuserPassword: string;
  readonly ownerPassword: string;
  readonly applicationPassword: string;
  readonly folder: string;
}

async function readRecord(dataDir: string): Promise<Record> {
  return JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as Record;
}

async function pidOf(dataDir: string): Promise<number> {
  const { folder } = await readRecord(dataDir);
  return Number.parseInt(await readFile(join(folder, 'postmaster.pid'), 'utf8'), 10);
}

/** For servers whose owner a test has killed. */
async function killServerOf(dataDir: string): Promise<void> {
  const pid = await pidOf(dataDir).catch(() => null);
  // A leftover file of a test may name this very process.
  if (pid === null || pid === process.pid || !answersSignals(pid)) return;
  process.kill(pid, 'SIGQUIT');
  await until(() => !answersSignals(pid));
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function query<T extends object = object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const finish = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}

function outwardAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('The expected condition did not come about in 15 s.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
