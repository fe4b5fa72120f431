import { readFileSync } from 'node:fs';

/** The keys in a file: apart from each other by blanks, commas or lines, with comments behind a `#`. */
export function readKeyFile(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => line.replace(/#.*/, '').split(/[\s,]+/))
    .filter((key) => key !== '');
}
