// Measures the build: `node scripts/bench.mjs [name…] [--short] [--profile=<folder>] [--dist=<folder>]`.
// Without --dist the sources are built first when they have changed; with it, that build is measured as it is.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { buildWhenStale } from './build-when-stale.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const elsewhere = process.argv.find((argument) => argument.startsWith('--dist='))?.slice('--dist='.length);
if (elsewhere === undefined) buildWhenStale();
const dist = elsewhere === undefined ? join(root, 'dist') : resolve(elsewhere);

// Beside the build and against its parts; types are checked with the rest, by `npm run types`.
const sources = readdirSync(join(root, 'bench'), { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('bench', name));
for (const name of [...sources, 'test/support/calendly-payloads.ts']) {
  const { outputText } = ts.transpileModule(readFileSync(join(root, name), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  const target = join(dist, name.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
}
process.chdir(root);
await import(pathToFileURL(join(dist, 'bench', 'main.js')));
