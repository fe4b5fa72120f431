import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// URLs, because Windows takes no path for --import.
const SUPPORT = new URL('./', import.meta.url);
const HOOKS = new URL('./register-typescript.mjs', SUPPORT);

export interface CompiledProcess {
  readonly child: ChildProcess;
  /** Every line the process has written so far. */
  readonly lines: readonly string[];
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** The first line, past or future, that the condition holds for; fails when the process ends without it. */
  line(condition: (line: string) => boolean): Promise<string>;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Runs a TypeScript file of this folder in a process of its own: for what only a real process can show, such as a
 * kill -9, a SIGTERM, or two instances. Node loads the sources through the hooks of `register-typescript.mjs`, file by
 * file as they are imported, so that there is no build to wait for and none to go stale.
 *
 * The caller ends what it starts: keep the processes, and `end('SIGKILL')` them in an `afterEach`.
 */
export function spawnCompiled(
  file: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): CompiledProcess {
  const entry = fileURLToPath(new URL(file, SUPPORT));
  return watchProcess(file, ['--import', HOOKS.href, entry, ...args], env);
}

/** Node with these arguments. The caller ends it, as above; `name` is for whoever reads that it ended too soon. */
export function watchProcess(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  /** Errors are kept with the other lines instead of shown: a process that is meant to be in trouble has many. */
  { keepsErrors = false }: { keepsErrors?: boolean } = {},
): CompiledProcess {
  const child = spawn(process.execPath, args, {
    // Jest's own flags and its NODE_ENV are not the child's business; secrets of this shell are not either.
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], TZ: process.env['TZ'], ...env },
    stdio: ['ignore', 'pipe', keepsErrors ? 'pipe' : 'inherit'],
  });
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const hear = (line: string): void => {
    lines.push(line);
    for (const look of watchers) look();
  };
  createInterface(child.stdout!).on('line', hear);
  if (child.stderr) createInterface(child.stderr).on('line', hear);
  return {
    child,
    lines,
    exited,
    line: (condition) =>
      new Promise<string>((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => condition(line));
          if (found === undefined) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
        void exited.then(({ code, signal }) =>
          reject(new Error(`${name} ended (${signal ?? code}) before it said so:\n${lines.join('\n')}`)),
        );
      }),
    end: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}
