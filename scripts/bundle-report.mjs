// What the console weighs on the wire: what every visit loads, and what a screen loads when it is first opened.
//   node scripts/bundle-report.mjs [<folder of the built console>]
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

export const MOST_FIRST_BYTES = 200_000;

/** Sizes are of gzip, as a server sends it. `first` is all that `index.html` names; the rest comes when it is needed. */
export function weighConsole(folder) {
  const assets = join(folder, 'assets');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = new Set([...html.matchAll(/(?:src|href)="[^"]*\/assets\/([^"]+)"/g)].map(([, name]) => name));
  const sizes = readdirSync(assets)
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => ({ name, bytes: gzipSync(readFileSync(join(assets, name))).length, isFirst: named.has(name) }))
    .toSorted((one, other) => other.bytes - one.bytes);
  const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0);
  const [first, later] = [sizes.filter(({ isFirst }) => isFirst), sizes.filter(({ isFirst }) => !isFirst)];
  return { first, later, firstBytes: sum(first), laterBytes: sum(later) };
}

const [, script, given] = process.argv;
if (script && import.meta.url === pathToFileURL(script).href) {
  const folder = resolve(given ?? fileURLToPath(new URL('../console/dist', import.meta.url)));
  const { first, later, firstBytes, laterBytes } = weighConsole(folder);
  const kilo = (bytes) => `${(bytes / 1_000).toFixed(1)} kB`.padStart(9);
  console.log(`${kilo(firstBytes)}  with the first screen (bar: ${MOST_FIRST_BYTES / 1_000} kB)`);
  for (const { name, bytes } of first) console.log(`${kilo(bytes)}    ${basename(name)}`);
  console.log(`${kilo(laterBytes)}  when they are needed, ${later.length} files`);
  for (const { name, bytes } of later) console.log(`${kilo(bytes)}    ${basename(name)}`);
  process.exitCode = firstBytes > MOST_FIRST_BYTES ? 1 : 0;
}
