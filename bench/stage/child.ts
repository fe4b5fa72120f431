import { type ChildProcess, fork, type ForkOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PATIENCE_MS = 60_000;
const KEPT_OUTPUT = 4_000;

/** What a child may know of this shell: how to run, and nothing that configures it. */
const SHELL = Object.fromEntries(
  ['PATH', 'SystemRoot', 'TEMP', 'TMPDIR', 'TZ', 'LANG'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

export interface ChildOptions {
  /** From the folder of the build. */
  readonly entry: string;
  readonly environment?: Record<string, string>;
  readonly folder?: string;
  readonly nodeFlags?: readonly string[];
}

/** A program of the build in a process of its own. Its output is kept for the case that it fails, the end of it. */
export class Child {
  private output = '';
  readonly ended: Promise<void>;

  private constructor(
    readonly process: ChildProcess,
    private readonly entry: string,
  ) {
    this.ended = new Promise((resolve) => process.once('exit', () => resolve()));
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output = (this.output + chunk.toString()).slice(-KEPT_OUTPUT);
      });
    }
  }

  static start({ entry, environment = {}, folder, nodeFlags = [] }: ChildOptions): Child {
    const options: ForkOptions = {
      env: { ...SHELL, ...environment },
      execArgv: [...nodeFlags],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...(folder !== undefined && { cwd: folder }),
    };
    return new Child(fork(fileURLToPath(new URL(`../../${entry}`, import.meta.url)), [], options), entry);
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** The first message. */
  message<T>(): Promise<T> {
    return this.until((found) => this.process.once('message', (message) => found(message as T)));
  }

  /** Once a piece of its output holds this. */
  said(text: string): Promise<void> {
    return this.until((found) => this.process.stdout?.on('data', (chunk: Buffer) => chunk.includes(text) && found()));
  }

  send(message: object): void {
    this.process.send(message);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill(signal);
    await this.ended;
  }

  private until<T>(watch: (found: (value: T) => void) => void, patienceMs = PATIENCE_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (what: string) => reject(new Error(`${this.entry} ${what}:\n${this.output}`));
      const timer = setTimeout(() => fail('did not answer in time'), patienceMs);
      void this.ended.then(() => fail('ended'));
      watch((value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
  }
}
