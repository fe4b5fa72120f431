import { appendFile, chmod, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { giveTo } from './cluster-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { NativeBinaries } from './native-binaries.js';
import { runNative } from './native-process.js';
import { findPostmasterFile, postmasterFilePath } from './postmaster-file.js';
import { findProcess, isRunning, type ProcessFacts } from './process-table.js';
import type { ServerAccount } from './server-account.js';
import { renderServerSettings, type ServerSettings, SETTINGS_FILE } from './server-settings.js';

/** A server process that holds, or may hold, a data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number | null;
  /** Proven by what the process table says; otherwise only the file in the folder names it. */
  readonly isCertain: boolean;
  readonly isProgramReplaced: boolean;
}

const START_TIMEOUT_S = 120;
const STOP_TIMEOUT_S = 30;
const END_WITHIN_MS = 5_000;
const LOG_SIZE_LIMIT = 10 * 1024 * 1024;
const LOG_TAIL_BYTES = 1500;

/** One data folder, and PostgreSQL's own programs applied to it. Decides nothing: `EmbeddedPostgres` does. */
export class Cluster {
  constructor(
    readonly folder: string,
    private readonly binaries: NativeBinaries,
    private readonly account: ServerAccount | null,
  ) {}

  get logPath(): string {
    return `${this.folder}.log`;
  }

  async isInitialised(): Promise<boolean> {
    const version = await readFile(join(this.folder, 'PG_VERSION'), 'utf8').catch(() => null);
    if (version === null) return false;
    if (version.trim() === this.binaries.majorVersion) return true;
    throw new EmbeddedPostgresError(
      'wrong-version',
      `${this.folder} was made by PostgreSQL ${version.trim()}, and the installed one is ${this.binaries.majorVersion}. ` +
        'Go back to the former release and dump it, or move the folder away to begin with an empty one.',
    );
  }

  /** Built beside its place and then moved there, so that a half-made cluster is never taken for a whole one. */
  async initialise(superuser: string, password: string, isDisposable: boolean): Promise<void> {
    const draft = `${this.folder}.new`;
    const passwordFile = `${this.folder}.password`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    await giveTo(draft, this.account);
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await giveTo(passwordFile, this.account);
    try {
      const { isSuccess, output } = await runNative(
        this.binaries.initdb,
        [
          `--pgdata=${draft}`,
          `--username=${superuser}`,
          `--pwfile=${passwordFile}`,
          '--auth-local=scram-sha-256',
          '--auth-host=scram-sha-256',
          '--data-checksums',
          '--encoding=UTF8',
          // PostgreSQL's own C.UTF-8 sorts alike everywhere; the system's may change with an update, or be missing.
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--locale=C',
          ...(isDisposable ? ['--no-sync'] : []),
        ],
        this.account,
      );
      if (!isSuccess) {
        throw new EmbeddedPostgresError('initdb-failed', `PostgreSQL could not make its folder ${draft}: ${output}`);
      }
    } finally {
      await rm(passwordFile, { force: true });
    }
    await appendFile(join(draft, 'postgresql.conf'), `\ninclude_if_exists = '${SETTINGS_FILE}'\n`);
    await rename(draft, this.folder);
  }

  /** The server that runs on this folder; a file left by one that died names nobody. */
  async findPostmaster(): Promise<Postmaster | null> {
    const file = await findPostmasterFile(this.folder);
    if (file === null) return null;
    const facts = await findProcess(file.pid);
    if (facts === null) return null;
    const isOurs = await this.worksHere(facts);
    if (isOurs === false) return null;
    return { ...file, isCertain: isOurs === true, isProgramReplaced: facts.isProgramReplaced };
  }

  async start(settings: ServerSettings): Promise<void> {
    await this.writeSettings(settings);
    await this.prepareLog();
    await this.removeMisleadingPostmasterFile();
    const { isSuccess, output } = await runNative(
      this.binaries.pgCtl,
      ['start', '-D', this.folder, '-l', this.logPath, '-w', '-t', String(START_TIMEOUT_S)],
      this.account,
    );
    if (isSuccess) return;
    throw new EmbeddedPostgresError(
      'start-failed',
      `PostgreSQL did not start on ${this.folder} (port ${settings.port}): ${output}\n${await this.readLogTail()}`,
    );
  }

  /** Ends the server and everybody's work in it; returns when it is gone. */
  async stop(): Promise<void> {
    for (const mode of ['fast', 'immediate']) {
      const postmaster = await this.findPostmaster();
      if (postmaster === null) return;
      const parameters = ['stop', '-D', this.folder, '-m', mode, '-w', '-t', String(STOP_TIMEOUT_S)];
      await runNative(this.binaries.pgCtl, parameters, this.account);
      if (await hasEnded(postmaster.pid)) return;
    }
    if ((await this.findPostmaster()) === null) return;
    throw new EmbeddedPostgresError('stop-failed', `PostgreSQL on ${this.folder} could not be stopped.`);
  }

  /** `null` when the platform cannot tell. A postmaster works in its data folder and names it on its command line. */
  private async worksHere(facts: ProcessFacts): Promise<boolean | null> {
    const folder = await realpath(this.folder);
    if (facts.workingFolder !== null) return facts.workingFolder === folder;
    if (facts.command !== null) return facts.command.includes(folder) || facts.command.includes(this.folder);
    return null;
  }

  /**
   * PostgreSQL refuses to start while the number in a leftover file answers, even when it is a zombie or another
   * program by now. When nobody answers, the file stays: it leads PostgreSQL to backends that outlived their server.
   */
  private async removeMisleadingPostmasterFile(): Promise<void> {
    const file = await findPostmasterFile(this.folder);
    if (file === null || !answersSignals(file.pid)) return;
    if ((await this.findPostmaster()) === null) await rm(postmasterFilePath(this.folder), { force: true });
  }

  private async writeSettings(settings: ServerSettings): Promise<void> {
    const path = join(this.folder, SETTINGS_FILE);
    const wanted = renderServerSettings(settings);
    // On a full disk, writing what is already there would be the only thing that fails.
    if ((await readFile(path, 'utf8').catch(() => null)) === wanted) return;
    await writeFile(path, wanted, { mode: 0o600 });
    await giveTo(path, this.account);
  }

  private async prepareLog(): Promise<void> {
    const size = await stat(this.logPath).then(
      (found) => found.size,
      () => 0,
    );
    if (size > LOG_SIZE_LIMIT) await rename(this.logPath, `${this.logPath}.1`);
    await (await open(this.logPath, 'a', 0o600)).close();
    await chmod(this.logPath, 0o600);
    await giveTo(this.logPath, this.account);
  }

  private async readLogTail(): Promise<string> {
    const log = await readFile(this.logPath, 'utf8').catch(() => '');
    return log.slice(-LOG_TAIL_BYTES).trim();
  }
}

/** pg_ctl is content when the server removes its file, which is a moment before it ends. */
async function hasEnded(pid: number): Promise<boolean> {
  const deadline = Date.now() + END_WITHIN_MS;
  while (await isRunning(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
