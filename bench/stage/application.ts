import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Child } from './child.js';
import type { Caller } from './http.js';
import type { Stage } from './stage.js';

const HOST = '127.0.0.1';

export interface ApplicationOptions {
  readonly databaseUrl: string;
  readonly port: number;
  readonly folder: string;
  readonly environment: Record<string, string>;
  readonly stage: Stage;
  /** Writes a CPU profile into this folder when it ends. */
  readonly profileFolder: string | null;
}

/** The product as it is deployed: the build, in a process and on a port of its own, given a database. */
export class Application {
  private constructor(
    private readonly child: Child,
    private readonly caller: Caller,
    readonly url: string,
    readonly readyMs: number,
  ) {}

  static async start(options: ApplicationOptions): Promise<Application> {
    const url = `http://${HOST}:${options.port}`;
    const { profileFolder } = options;
    const startedAt = performance.now();
    const child = options.stage.start({
      entry: 'src/main.js',
      folder: options.folder,
      nodeFlags: profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
      environment: {
        NODE_ENV: 'development',
        LOG_FORMAT: 'json',
        SANDBOX: 'off',
        HOST,
        PORT: String(options.port),
        PUBLIC_URL: url,
        DATABASE_URL: options.databaseUrl,
        DATA_DIR: options.folder,
        CONSOLE_DIR: 'no-console',
        ...options.environment,
      },
    });
    await child.said('"app.ready"');
    return new Application(child, options.stage.caller, url, performance.now() - startedAt);
  }

  get pid(): number {
    return this.child.pid;
  }

  /** Keys that instances of one installation share. */
  static newKeys(): Record<string, string> {
    return { ENCRYPTION_KEY: randomBytes(32).toString('hex'), JWT_SECRET: randomBytes(32).toString('hex') };
  }

  /** What the process holds of the machine's memory now, in MB. */
  async residentMemory(): Promise<number> {
    if (process.platform === 'linux') return this.procStatus('VmRSS');
    const { text } = await this.caller.send({ method: 'GET', url: `${this.url}/metrics` });
    return Number(/process_resident_memory_bytes (\S+)/.exec(text)?.[1]) / 1024 ** 2;
  }

  /** The most it ever held since the last reset; null where the system keeps no such figure. */
  peakMemory(): number | null {
    return process.platform === 'linux' ? this.procStatus('VmHWM') : null;
  }

  /** False where one may not, or cannot. */
  resetPeakMemory(): boolean {
    try {
      writeFileSync(`/proc/${this.child.pid}/clear_refs`, '5');
      return true;
    } catch {
      return false;
    }
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.child.end(signal);
  }

  private procStatus(name: string): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  }
}
