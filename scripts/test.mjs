// Runs Jest in native ESM with the flags Node needs, the same on every platform.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

// Paths first: "--selectProjects unit src/x" would take the path for another project.
const given = process.argv.slice(2);
const paths = given.filter((argument) => argument.includes('/') && !argument.startsWith('-'));
const options = given.filter((argument) => !paths.includes(argument));

const { status } = spawnSync(process.execPath, [...flags, jest, ...paths, ...options], { stdio: 'inherit' });
process.exit(status ?? 1);
