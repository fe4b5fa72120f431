// The long form of the fuzzer: `npm run test:fuzz -- --runs 500 --seed 7`. Every seed is another search.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) } },
});
const environment = { ...process.env, FUZZ_RUNS: values.runs, FUZZ_SEED: values.seed };

process.stdout.write(`fuzz: ${values.runs} requests of each kind for each route, seed ${values.seed}\n`);
const tests = fileURLToPath(new URL('../../scripts/test.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [tests, 'test/e2e/fuzz.spec.ts', '--selectProjects', 'e2e'], {
  stdio: 'inherit',
  env: environment,
});
process.exit(status ?? 1);
