// Builds what is missing or older than its sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

const SERVER = {
  entry: 'dist/src/main.js',
  sources: ['src', 'sandbox', 'package.json', 'tsconfig.json'],
  folder: root,
  command: () => [require.resolve('@nestjs/cli/bin/nest.js'), 'build'],
};
const CONSOLE = {
  entry: 'console/dist/index.html',
  sources: ['console/src', 'console/index.html', 'console/vite.config.ts', 'console/package.json', 'client/src'],
  folder: join(root, 'console'),
  command: () => [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
};

/** The line goes to standard error where standard output is a command's answer. */
export function buildWhenStale({ say = console.log, withConsole = false } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Passerelle demande Node 20.19 ou plus récent ; voici Node ${process.versions.node}.`);
    process.exit(1);
  }
  const stale = [SERVER, ...(withConsole ? [CONSOLE] : [])].filter(isStale);
  if (stale.length > 0) say('Construction…');
  // Whatever mode the application will run in, what a browser loads is built for production.
  const env = { ...process.env, NODE_ENV: 'production' };
  for (const { command, folder } of stale) {
    const { status } = spawnSync(process.execPath, command(), { cwd: folder, env, stdio: ['ignore', 2, 'inherit'] });
    if (status !== 0) process.exit(status ?? 1);
  }
}

function isStale({ entry, sources }) {
  // An image holds the build alone.
  if (!existsSync(join(root, sources[0]))) return false;
  if (!existsSync(join(root, entry))) return true;
  const built = statSync(join(root, entry)).mtimeMs;
  return sources.flatMap((name) => listFiles(join(root, name))).some((file) => statSync(file).mtimeMs > built);
}

function listFiles(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
}
