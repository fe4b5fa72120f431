import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10;

/**
 * The processor time that these processes, their living children and their dead ones have used; null where the system
 * keeps no such figure. On a machine that is busy with something else it says more than the time on the wall.
 */
export function cpuTime(...pids: number[]): number | null {
  if (process.platform !== 'linux') return null;
  let ticks = 0;
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const figures = readFigures(entry);
    if (figures === null) continue;
    const isOne = pids.includes(Number(entry));
    if (isOne || pids.includes(figures.parent)) ticks += figures.own;
    if (isOne) ticks += figures.deadChildren;
  }
  return ticks * TICK_MS;
}

/** Null when it has ended while we looked. */
function readFigures(pid: string): { parent: number; own: number; deadChildren: number } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The name of the program, in brackets, may hold anything; what is counted stands behind it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [1, 11, 12, 13, 14].map((place) => fields[place]);
  return { parent, own: utime + stime, deadChildren: cutime + cstime };
}
