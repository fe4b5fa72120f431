import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// Below node_modules: what the compiled files import is found from there.
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/passerelle-chaos/', import.meta.url));
const COMPILER = fileURLToPath(new URL('../compile-sources.mjs', import.meta.url));

/** The product as JavaScript, compiled once for a run of tests: its files share the process that runs them. */
export async function compileProduct(): Promise<string> {
  const folder = `${CACHE}run-${process.ppid}`;
  if (await exists(folder)) return join(folder, 'src');
  await mkdir(CACHE, { recursive: true });
  await removeAbandoned();
  const fresh = await mkdtemp(`${CACHE}making-${process.ppid}-`);
  await promisify(execFile)(process.execPath, [COMPILER, fresh, 'src']);
  try {
    await rename(fresh, folder);
  } catch {
    // The file beside this one was quicker.
    await rm(fresh, { recursive: true, force: true });
  }
  return join(folder, 'src');
}

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const [, pid] = /^(?:run|making)-(\d+)/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) await rm(`${CACHE}${name}`, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
