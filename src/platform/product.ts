import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Product {
  /** Where `package.json` is. */
  readonly folder: string;
  readonly version: string;
}

/** What is running, by its own `package.json`: a few folders up, fewer for sources than for a build. */
export const PRODUCT: Product = findProduct(dirname(fileURLToPath(import.meta.url)));

function findProduct(folder: string): Product {
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
    if (name === 'passerelle' && version !== undefined) return { folder, version };
  }
  const parent = dirname(folder);
  // A build that was taken away from its package.json runs all the same.
  return parent === folder ? { folder: process.cwd(), version: '0.0.0' } : findProduct(parent);
}
