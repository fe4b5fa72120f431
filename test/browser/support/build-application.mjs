// The server, its stand-ins and the console as they run, from the sources as they are now. What has been built from the
// same sources before is taken again.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
// Below node_modules: what the compiled files import is found from there.
const CACHE = join(ROOT, 'node_modules/.cache/passerelle-browser');
const KEPT = 4;

const run = promisify(execFile);

export async function buildApplication() {
  await mkdir(CACHE, { recursive: true });
  const [server, console] = await Promise.all([
    keep('server', ['src', 'sandbox', 'test/support/compile-sources.mjs'], async (folder) => {
      const compiler = join(ROOT, 'test/support/compile-sources.mjs');
      await run(process.execPath, [compiler, folder, 'src', 'sandbox'], { cwd: ROOT });
    }),
    keep(
      'console',
      [
        'console/src',
        'test/browser/support/build-application.mjs',
        'console/public',
        'console/index.html',
        'console/vite.config.ts',
        'client/src',
      ],
      async (folder) => {
        const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
        const options = ['build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
        await run(process.execPath, [vite, ...options], {
          cwd: join(ROOT, 'console'),
          env: { ...process.env, NODE_ENV: 'production' },
        });
      },
    ),
  ]);
  await forgetOldest();
  return { server, console };
}

async function keep(name, sources, make) {
  const folder = join(CACHE, `${name}-${await digest(sources)}`);
  if (existsSync(folder)) {
    const now = new Date();
    await utimes(folder, now, now);
    return folder;
  }
  const fresh = await mkdtemp(join(CACHE, `making-${name}-`));
  try {
    await make(fresh);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another run may have been quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function digest(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    const entries = await readdir(join(ROOT, source), { recursive: true, withFileTypes: true }).catch(() => null);
    const files = entries
      ?.filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    for (const file of files?.toSorted() ?? [join(ROOT, source)]) hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function forgetOldest() {
  const names = await readdir(CACHE);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(CACHE, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const old = aged.toSorted((one, other) => other.at - one.at).slice(2 * KEPT);
  for (const { name } of old) await rm(join(CACHE, name), { recursive: true, force: true });
}
