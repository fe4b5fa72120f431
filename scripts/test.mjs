// Runs Jest in native ESM with the flags Node needs, the same on every platform; and, when nothing is chosen, the tests of
// the console and the client after it, which Vitest runs.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const jest = require.resolve('jest/bin/jest');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

// Paths first: "--selectProjects unit src/x" would take the path for another project.
const given = process.argv.slice(2);
const paths = given.filter((argument) => argument.includes('/') && !argument.startsWith('-'));
const options = given.filter((argument) => !paths.includes(argument));

const { status } = spawnSync(process.execPath, [...flags, jest, ...paths, ...options], { stdio: 'inherit' });
if (status !== 0 || given.length > 0) process.exit(status ?? 1);

const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
for (const folder of ['client', 'console']) {
  const cwd = new URL(`../${folder}/`, import.meta.url);
  const run = spawnSync(process.execPath, [vitest, 'run'], { cwd, stdio: 'inherit' });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
