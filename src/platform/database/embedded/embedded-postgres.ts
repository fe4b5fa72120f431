import { access, mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { APPLICATION_DATABASE, APPLICATION_ROLE, ensureRoles, OWNER_ROLE } from './application-role.js';
import { chooseClusterFolder } from './cluster-folder.js';
import {
  type ClusterRecord,
  createClusterRecord,
  findClusterRecord,
  withOwnerPassword,
  writeClusterRecord,
} from './cluster-record.js';
import { Cluster, type Postmaster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { findFreePort } from './free-port.js';
import { findNativeBinaries } from './native-binaries.js';
import { OwnerLock } from './owner-lock.js';
import { findPostmasterFile } from './postmaster-file.js';
import { isRunning } from './process-table.js';
import { restartDelayMs } from './restart-delay.js';
import { findServerAccount } from './server-account.js';
import { probeServer, SUPERUSER } from './server-probe.js';
import type { SupervisorLog } from './supervisor-log.js';

/** `restarting`: gone or recovering, being brought back. `down`: bringing it back failed at least once; we go on. */
export type ServerState = 'up' | 'restarting' | 'down';

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** Wanted at the first start; afterwards the port that was used last is tried first. */
  readonly port?: number;
  readonly log: SupervisorLog;
  /** For tests: nothing survives a power cut. */
  readonly isDisposable?: boolean;
}

const WATCH_EVERY_MS = 500;
/** Every tenth look also asks a question: a server in recovery is alive but serves nobody. */
const LOOKS_PER_QUESTION = 10;

const START_ATTEMPTS = 4;
const BETWEEN_START_ATTEMPTS_MS = 400;

const ANSWER_WITHIN_MS = 6_000;
const RECOVER_WITHIN_MS = 120_000;
const BETWEEN_PROBES_MS = 100;

/**
 * A PostgreSQL of our own, in a folder, for as long as the application runs.
 *
 * The server is a process of its own that a signal to the application does not reach: work in flight can be finished
 * before `stop()`, which comes last. The price is that a killed application leaves its server behind, so `start()`
 * first looks whether one already runs on the folder, makes sure that it is ours, and takes it over.
 *
 * Afterwards the server is watched:
 *
 *     up ── died or recovering ──▶ restarting ── could not be started ──▶ down
 *      ▲                               │                                   │
 *      └────────── answers ────────────┴───── tried again, for ever ◀──────┘
 *
 * A full disk can keep it down for hours, and it must come back by itself when there is room. The port stays the same
 * during all that, because connection pools have been made for it; only `start()` may choose another.
 */
export class EmbeddedPostgres {
  private state: ServerState = 'up';
  private readonly listeners = new Set<(state: ServerState) => void>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private looks = 0;
  private failures = 0;
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly cluster: Cluster,
    private readonly record: ClusterRecord,
    private readonly port: number,
    private readonly lock: OwnerLock,
    private readonly options: EmbeddedPostgresOptions,
    private pid: number,
    /** A server that was already running on the folder was taken over. */
    readonly adopted: boolean,
  ) {}

  static async start(given: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const options = { ...given, dataDir: resolve(given.dataDir) };
    // Passable for root's helper account; what is secret inside has a mode of its own.
    await mkdir(options.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const lock = await OwnerLock.acquire(
      join(options.dataDir, 'postgres.owner'),
      `The embedded PostgreSQL in ${options.dataDir}`,
    );
    try {
      const server = await startUnderLock(options, lock);
      server.watch();
      return server;
    } catch (error) {
      await lock.release();
      throw error;
    }

    async function startUnderLock(wanted: EmbeddedPostgresOptions, held: OwnerLock): Promise<EmbeddedPostgres> {
      const startedAt = performance.now();
      const { cluster, record: found } = await openCluster(wanted);
      const { postmaster, port, adopted } =
        (await adopt(cluster, found, wanted)) ?? (await startServer(cluster, found, wanted));
      const record = { ...withOwnerPassword(found), port };
      if (port !== found.port || found.ownerPassword === null) await writeClusterRecord(wanted.dataDir, record);
      await ensureRoles(
        { port, password: record.superuserPassword },
        { owner: record.ownerPassword, application: record.applicationPassword },
      );
      wanted.log(adopted ? 'embedded_postgres.adopted' : 'embedded_postgres.started', {
        folder: cluster.folder,
        port,
        pid: postmaster.pid,
        durationMs: Math.round(performance.now() - startedAt),
      });
      return new EmbeddedPostgres(cluster, record, port, held, wanted, postmaster.pid, adopted);
    }
  }

  /**
   * The addresses of a server that somebody else keeps running on this DATA_DIR, or `null`. For commands that want to
   * visit it, such as a migration by hand, and leave it as it is.
   */
  static async findRunning(dataDir: string): Promise<{ url: string; ownerUrl: string } | null> {
    const record = await findClusterRecord(resolve(dataDir));
    const file = record && (await findPostmasterFile(record.folder));
    if (!record || !file?.port || !(await isRunning(file.pid))) return null;
    const answer = await probeServer({ port: file.port, password: record.superuserPassword });
    const isOurs = answer.kind === 'answers' && answer.dataFolder === (await realpath(record.folder));
    return isOurs ? { url: applicationUrl(file.port, record), ownerUrl: ownerUrl(file.port, record) } : null;
  }

  /** For the application's role. It stays valid for the life of this object, restarts of the server included. */
  get url(): string {
    return applicationUrl(this.port, this.record);
  }

  /** For the role that owns the tables, and migrates them. */
  get ownerUrl(): string {
    return ownerUrl(this.port, this.record);
  }

  /** Called on every change; returns the way to stop listening. */
  onStateChange(listener: (state: ServerState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends the watch and the server. Call it last, after the connection pools are closed; calling it twice is safe. */
  stop(): Promise<void> {
    this.stopping ??= this.endWatch().then(async () => {
      try {
        await this.cluster.stop();
        this.options.log('embedded_postgres.stopped', { folder: this.cluster.folder });
      } finally {
        await this.lock.release();
      }
    });
    return this.stopping;
  }

  /** Ends the watch and leaves the server running, for the next process to adopt. */
  leaveRunning(): Promise<void> {
    this.stopping ??= this.endWatch().then(() => this.lock.release());
    return this.stopping;
  }

  private watch(inMs = WATCH_EVERY_MS): void {
    this.timer = setTimeout(() => {
      this.looking = this.look().then((nextInMs) => {
        if (this.stopping === undefined) this.watch(nextInMs);
      });
    }, inMs);
    // The watch alone is no reason for a process to stay alive.
    this.timer.unref();
  }

  private async endWatch(): Promise<void> {
    clearTimeout(this.timer);
    // A restart that is under way must end first, or it would bring back what is being stopped.
    await this.looking;
  }

  /** Looks once, repairs if need be, and says when to look again. Never throws: the watch must go on. */
  private async look(): Promise<number> {
    try {
      if (!(await isRunning(this.pid))) await this.revive();
      else if (this.state !== 'up' || ++this.looks % LOOKS_PER_QUESTION === 0) await this.question();
      return WATCH_EVERY_MS;
    } catch (error) {
      const retryInMs = restartDelayMs(++this.failures);
      this.enter('down');
      this.options.log('embedded_postgres.restart_failed', {
        attempt: this.failures,
        retryInMs,
        reason: error instanceof Error ? error.message : String(error),
      });
      return retryInMs;
    }
  }

  private async revive(): Promise<void> {
    if (this.state === 'up') {
      this.options.log('embedded_postgres.died', { pid: this.pid });
      this.enter('restarting');
    }
    // An administrator may have started it by hand meanwhile.
    let postmaster = await this.cluster.findPostmaster();
    if (postmaster === null) {
      await this.cluster.start({ port: this.port, isDisposable: this.options.isDisposable ?? false });
      postmaster = await this.cluster.findPostmaster();
    }
    if (postmaster === null) throw new Error(`The restarted server is gone again; see ${this.cluster.logPath}.`);
    this.pid = postmaster.pid;
    await this.question();
  }

  private async question(): Promise<void> {
    const { kind } = await probeServer({ port: this.port, password: this.record.superuserPassword });
    // Silence of a living server may only mean a busy machine: it is reported, never a reason to kill it.
    this.enter(kind === 'answers' || kind === 'crowded' ? 'up' : 'restarting');
  }

  private enter(state: ServerState): void {
    if (state === this.state) return;
    this.state = state;
    if (state === 'up') {
      this.failures = 0;
      this.options.log('embedded_postgres.up_again', { pid: this.pid, port: this.port });
    }
    for (const listener of this.listeners) listener(state);
  }
}

interface RunningServer {
  readonly postmaster: Postmaster;
  readonly port: number;
  readonly adopted: boolean;
}

async function openCluster(options: EmbeddedPostgresOptions): Promise<{ cluster: Cluster; record: ClusterRecord }> {
  const account = await findServerAccount(options.log);
  const [binaries, known] = await Promise.all([
    findNativeBinaries(account, options.log),
    findClusterRecord(options.dataDir),
  ]);
  const record = known ?? createClusterRecord(await chooseClusterFolder(options.dataDir, account, options.log));
  const cluster = new Cluster(record.folder, binaries, account);
  if (await cluster.isInitialised()) {
    if (known !== null) return { cluster, record };
    throw new EmbeddedPostgresError(
      'credentials-missing',
      `${record.folder} holds a PostgreSQL, but ${join(options.dataDir, 'postgres.json')} with its passwords is gone. ` +
        'Put that file back, or move the folder away to begin with an empty one.',
    );
  }
  if (known !== null && (await exists(record.folder))) {
    throw new EmbeddedPostgresError('initdb-failed', `${record.folder} exists, but is no PostgreSQL data folder.`);
  }
  // The passwords are on disk before the cluster is: the other order could leave a cluster that nobody can enter.
  await writeClusterRecord(options.dataDir, record);
  await cluster.initialise(SUPERUSER, record.superuserPassword, options.isDisposable ?? false);
  options.log('embedded_postgres.initialised', { folder: record.folder });
  return { cluster, record };
}

async function adopt(
  cluster: Cluster,
  record: ClusterRecord,
  options: EmbeddedPostgresOptions,
): Promise<RunningServer | null> {
  const postmaster = await cluster.findPostmaster();
  if (postmaster === null) return null;
  const answer = await waitForAnswer(cluster, postmaster, record);
  if (answer === 'gone') return null;
  const isOurs = answer.kind === 'answers' && answer.dataFolder === (await realpath(cluster.folder));
  if (isOurs && !postmaster.isProgramReplaced && answer.port !== null) {
    return { postmaster, port: answer.port, adopted: true };
  }
  if (isOurs || (answer.kind === 'silent' && postmaster.isCertain)) {
    // What `npm ci` under a running server leaves: it holds the folder, but can no longer be relied upon.
    options.log('embedded_postgres.replaced', {
      pid: postmaster.pid,
      reason: isOurs ? 'its program files were replaced' : 'it does not answer',
    });
    await cluster.stop();
    return null;
  }
  throw new EmbeddedPostgresError(
    'foreign-server',
    `${cluster.folder} is in use by process ${postmaster.pid}, and that is not a server that we can take over ` +
      `(it is ${answer.kind}). Stop that process, or set DATABASE_URL or another DATA_DIR.`,
  );
}

type FirstAnswer = Awaited<ReturnType<typeof probeServer>> & { readonly port: number | null };

async function waitForAnswer(
  cluster: Cluster,
  postmaster: Postmaster,
  record: ClusterRecord,
): Promise<FirstAnswer | 'gone'> {
  const began = Date.now();
  for (;;) {
    if (!(await isRunning(postmaster.pid))) return 'gone';
    // Asked again each time: a server that is just starting has not written its port yet.
    const port = (await findPostmasterFile(cluster.folder))?.port ?? null;
    const answer =
      port === null ? ({ kind: 'silent' } as const) : await probeServer({ port, password: record.superuserPassword });
    const patienceMs = answer.kind === 'starting' || answer.kind === 'crowded' ? RECOVER_WITHIN_MS : ANSWER_WITHIN_MS;
    const isFinal = answer.kind === 'answers' || answer.kind === 'refusing';
    if (isFinal || Date.now() - began > patienceMs) return { ...answer, port };
    await sleep(BETWEEN_PROBES_MS);
  }
}

/**
 * Several attempts, because the obstacle may be passing: backends of a killed server need a moment to notice, and
 * somebody may take the port between our looking and the server's listening.
 */
async function startServer(
  cluster: Cluster,
  record: ClusterRecord,
  options: EmbeddedPostgresOptions,
): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort(record.port ?? options.port ?? null);
    try {
      await cluster.start({ port, isDisposable: options.isDisposable ?? false });
      const postmaster = await cluster.findPostmaster();
      if (postmaster !== null) return { postmaster, port, adopted: false };
      throw new EmbeddedPostgresError('start-failed', `The server ended at once; see ${cluster.logPath}.`);
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      await sleep(BETWEEN_START_ATTEMPTS_MS);
    }
  }
}

function applicationUrl(port: number, { applicationPassword }: ClusterRecord): string {
  return urlOf(APPLICATION_ROLE, applicationPassword, port);
}

/** Where an earlier version keeps the server running, the application still owns its tables. */
function ownerUrl(port: number, record: ClusterRecord): string {
  return record.ownerPassword === null ? applicationUrl(port, record) : urlOf(OWNER_ROLE, record.ownerPassword, port);
}

function urlOf(role: string, password: string, port: number): string {
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${APPLICATION_DATABASE}`;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
