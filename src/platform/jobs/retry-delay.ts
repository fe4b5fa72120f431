const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

// Quick enough for a hiccup, long enough in all (about a day) for a provider's bad night.
const DELAYS_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, 12 * HOUR];

// What failed together must not come back together.
const JITTER = 0.2;

/** How long to wait after the given attempt failed; `random` is from 0 to 1. */
export function retryDelayMs(attempt: number, random: number): number {
  const delay = DELAYS_MS[Math.min(attempt, DELAYS_MS.length) - 1] ?? SECOND;
  return Math.round(delay * (1 - JITTER + 2 * JITTER * random));
}
