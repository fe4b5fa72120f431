import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * What can be learned about a process by its number. A number alone proves nothing: it is reused, soonest of all
 * in a container, where the same small numbers come back at every start. `null` means that this platform, or this
 * user, cannot tell.
 */
export interface ProcessFacts {
  /** Differs between two processes that had the same number. */
  readonly startedAt: string | null;
  readonly command: string | null;
  readonly workingFolder: string | null;
  /** The program file was removed or replaced under the running process, as `npm ci` does. */
  readonly isProgramReplaced: boolean;
}

const NOTHING_KNOWN: ProcessFacts = {
  startedAt: null,
  command: null,
  workingFolder: null,
  isProgramReplaced: false,
};

/** Cheap enough to ask twice a second. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's process, but a process.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // A dead child that nobody waits for still answers kill(pid, 0). An orphaned server ends so in a container
  // whose first process does not collect orphans, and would look alive for ever.
  return process.platform !== 'linux' || (await readLinuxStat(pid))?.state !== 'Z';
}

/** `null` when no such process runs. */
export async function findProcess(pid: number): Promise<ProcessFacts | null> {
  if (!(await isRunning(pid))) return null;
  if (process.platform === 'linux') return await readLinuxProcess(pid);
  if (process.platform === 'win32') return NOTHING_KNOWN;
  return await readProcessWithPs(pid);
}

async function readLinuxProcess(pid: number): Promise<ProcessFacts> {
  const [stat, bootId, command, workingFolder, program] = await Promise.all([
    readLinuxStat(pid),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null),
    readlink(`/proc/${pid}/cwd`).catch(() => null),
    readlink(`/proc/${pid}/exe`).catch(() => null),
  ]);
  return {
    // The start time counts from boot, so it means nothing without the boot it counts from.
    startedAt: stat && `${bootId.trim()}/${stat.startTicks}`,
    command: command && command.replaceAll('\0', ' ').trim(),
    workingFolder,
    isProgramReplaced: program?.endsWith(' (deleted)') ?? false,
  };
}

async function readLinuxStat(pid: number): Promise<{ state: string; startTicks: string } | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat === null ? null : parseLinuxStat(stat);
}

/** `pid (name) state …`, the start time being field 22; the name may itself hold spaces and parentheses. */
export function parseLinuxStat(stat: string): { state: string; startTicks: string } | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTicks = fields[19];
  return state && startTicks ? { state, startTicks } : null;
}

async function readProcessWithPs(pid: number): Promise<ProcessFacts> {
  try {
    const columns = ['-o', 'lstart=', '-o', 'command=', '-p', String(pid)];
    // lstart is written in the locale's words; a fixed locale keeps it comparable and always five words long.
    const { stdout } = await promisify(execFile)('ps', columns, { env: { ...process.env, LC_ALL: 'C' } });
    const words = stdout.trim().split(/\s+/);
    return { ...NOTHING_KNOWN, startedAt: words.slice(0, 5).join(' '), command: words.slice(5).join(' ') };
  } catch {
    return NOTHING_KNOWN;
  }
}
