const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/** Doubles after each failure up to a limit, and never says stop: a disk that is full today has room tomorrow. */
export function restartDelayMs(failures: number): number {
  return Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 30), LONGEST_MS);
}
