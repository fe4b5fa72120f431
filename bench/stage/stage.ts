import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from './application.js';
import { type BenchDatabase, Databases } from './databases.js';
import { Caller } from './http.js';
import { StandIns } from './stand-ins.js';

export const FRONTEND = 'https://crm.example';

export interface Installation {
  readonly database: BenchDatabase;
  readonly keys: Record<string, string>;
}

/**
 * Everything a bench is played on. What was started on it is ended by `clear`, whoever started it and however the bench
 * ended; the database server stands until `close`.
 */
export class Stage {
  private readonly endings: (() => Promise<void>)[] = [];
  private closed: Promise<void> | null = null;

  private constructor(
    readonly databases: Databases,
    readonly caller: Caller,
    private readonly profileFolder: string | null,
  ) {}

  static async open(profileFolder: string | null): Promise<Stage> {
    return new Stage(await Databases.start(), new Caller(64), profileFolder);
  }

  async newInstallation(): Promise<Installation> {
    return { database: await this.databases.create(), keys: Application.newKeys() };
  }

  async startStandIns(): Promise<StandIns> {
    const standIns = await StandIns.start(this.caller, FRONTEND);
    this.endWith(() => standIns.close());
    return standIns;
  }

  async startApplication(
    { database, keys }: Installation,
    standIns: StandIns,
    environment: Record<string, string> = {},
  ): Promise<Application> {
    const application = await Application.start({
      databaseUrl: database.url,
      port: await findFreePort(),
      folder: await this.newFolder(),
      environment: { FRONTEND_URL: FRONTEND, ...standIns.environment, ...keys, ...environment },
      caller: this.caller,
      profileFolder: this.profileFolder,
    });
    this.endWith(() => application.stop());
    return application;
  }

  async newFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'passerelle-bench-'));
    this.endWith(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }

  /** Ended in the opposite order of their beginning. */
  endWith(ending: () => Promise<void>): void {
    this.endings.push(ending);
  }

  async clear(): Promise<void> {
    for (let ending = this.endings.pop(); ending; ending = this.endings.pop()) await ending();
  }

  close(): Promise<void> {
    this.closed ??= this.clear().then(async () => {
      this.caller.close();
      await this.databases.stop();
    });
    return this.closed;
  }
}

/** Below the ports that systems hand out for outgoing connections: nobody takes it between now and `listen`. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
