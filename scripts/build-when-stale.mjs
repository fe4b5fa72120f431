// Builds when the build is missing or older than its sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = join(root, 'dist/src/main.js');

/** The line goes to standard error where standard output is a command's answer. */
export function buildWhenStale({ say = console.log } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Passerelle demande Node 20.19 ou plus récent ; voici Node ${process.versions.node}.`);
    process.exit(1);
  }
  if (!isStale()) return;
  say('Construction…');
  const nest = createRequire(import.meta.url).resolve('@nestjs/cli/bin/nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: root, stdio: ['ignore', 2, 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

function isStale() {
  // An image holds the build alone.
  if (!existsSync(join(root, 'src'))) return false;
  if (!existsSync(entry)) return true;
  const built = statSync(entry).mtimeMs;
  const sources = ['src', 'sandbox'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name)),
  );
  return [...sources, join(root, 'package.json'), join(root, 'tsconfig.json')].some(
    (file) => statSync(file).mtimeMs > built,
  );
}
