import fc from 'fast-check';

/** CHAOS_MINUTES=30 is the long form: everything, again and again, for about so long. Without it a sample, in seconds. */
const MINUTES = Number(process.env['CHAOS_MINUTES'] ?? 0);

export const IS_LONG = MINUTES > 0;

/** For a whole scenario, however long it is meant to take. */
export const SCENARIO_MS = (MINUTES + 10) * 60_000;

/**
 * CHAOS_SEED repeats a run: the same steps in the same order. The sample is the same one each time, so that it fails by
 * a change and not by a draw; the long form looks where nobody has been.
 */
export const SEED = Number(process.env['CHAOS_SEED'] ?? (IS_LONG ? Math.floor(Math.random() * 2 ** 31) : 20_260_116));

/** So many of them, drawn by the seed and without repetition; all of them, shuffled, in the long form. */
export function choose<T>(from: readonly T[], count: number): T[] {
  const size = IS_LONG ? from.length : Math.min(count, from.length);
  const drawn = fc.sample(fc.shuffledSubarray([...from], { minLength: size, maxLength: size }), {
    seed: SEED,
    numRuns: 1,
  });
  return drawn[0] ?? [];
}

/** A share of the long form's time, as the moment at which it is over; at once in the short form. */
export function endOfShare(share: number): number {
  return performance.now() + MINUTES * 60_000 * share;
}

export function print(line: string): void {
  process.stdout.write(`chaos ${SEED}: ${line}\n`);
}
