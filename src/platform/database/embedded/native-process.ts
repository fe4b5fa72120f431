import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ServerAccount } from './server-account.js';

export interface NativeResult {
  readonly isSuccess: boolean;
  readonly output: string;
}

// A server lives longer than the application and its environment can be read by its account, so it must not inherit
// our secrets; and an inherited PGDATA or PGPORT would quietly change what it does.
const INHERITED_VARIABLES = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SystemDrive', 'PATHEXT', 'COMSPEC'];

/** Runs one of PostgreSQL's programs to its end. A program that cannot even start is a failure, not an exception. */
export function runNative(
  program: string,
  parameters: readonly string[],
  account: ServerAccount | null,
): Promise<NativeResult> {
  // A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open, and Node waiting for its end.
  const outputPath = join(tmpdir(), `passerelle-${randomUUID()}.out`);
  const outputFile = openSync(outputPath, 'wx+', 0o600);
  return new Promise((resolve) => {
    const finish = (isSuccess: boolean, reason: string): void => {
      const output = readFromStart(outputFile);
      closeSync(outputFile);
      rmSync(outputPath, { force: true });
      resolve({ isSuccess, output: [output, reason].filter(Boolean).join('\n') });
    };
    const child = spawn(program, parameters, {
      // Our own folder may be closed to the account, and the programs insist on knowing where they are.
      cwd: account === null ? dirname(program) : '/',
      env: nativeEnvironment(process.env),
      stdio: ['ignore', outputFile, outputFile],
      windowsHide: true,
      // On Windows a console's Ctrl-C reaches all who share it; elsewhere pg_ctl itself detaches the server.
      detached: process.platform === 'win32',
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    });
    // Nameless from here on, so that our being killed leaves nothing behind. Windows keeps the name of an open file.
    if (process.platform !== 'win32') rmSync(outputPath, { force: true });
    child.once('error', (error) => finish(false, error.message));
    child.once('exit', (code, signal) => finish(code === 0, code === 0 ? '' : `exit ${code ?? signal}`));
  });
}

/** The descriptor's own position is where the program, which shares it, stopped writing. */
function readFromStart(file: number): string {
  const buffer = Buffer.alloc(fstatSync(file).size);
  return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, 0)).trim();
}

export function nativeEnvironment(ours: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(INHERITED_VARIABLES.map((name) => [name, ours[name]]));
  return { ...kept, LC_ALL: 'C', TZ: 'UTC' };
}
