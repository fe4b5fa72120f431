/** How long the fuzzer looks, and from where: `npm run test:fuzz -- --runs 500 --seed 7`. */
export const FUZZ = {
  /** Requests of each kind for each route. */
  runs: Number(process.env['FUZZ_RUNS'] ?? 3),
  /** The same every day, so that a red build is red again; the long form takes a new one each time and prints it. */
  seed: Number(process.env['FUZZ_SEED'] ?? 20_260_116),
};
