import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from './application.js';
import { Child, type ChildOptions } from './child.js';
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

  /** Ended with the rest, also when it never became ready. */
  start(options: ChildOptions): Child {
    this.assertOpen();
    const child = Child.start(options);
    this.endWith(() => child.end());
    return child;
  }

  startStandIns(): Promise<StandIns> {
    return StandIns.start(this, FRONTEND);
  }

  async startApplication(
    { database, keys }: Installation,
    standIns: StandIns,
    environment: Record<string, string> = {},
  ): Promise<Application> {
    return await Application.start({
      stage: this,
      databaseUrl: database.url,
      port: await findFreePort(),
      folder: this.newFolder(),
      environment: { FRONTEND_URL: FRONTEND, ...standIns.environment, ...keys, ...environment },
      profileFolder: this.profileFolder,
    });
  }

  newFolder(): string {
    this.assertOpen();
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-bench-'));
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

  /** Whoever is still at it while everything ends would start what nobody ends. */
  private assertOpen(): void {
    if (this.closed !== null) throw new Error('The stage is closed');
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
