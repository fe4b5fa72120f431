import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REPOSITORY } from './support/source-file.js';

const OXLINT = join(REPOSITORY, 'node_modules', 'oxlint', 'bin', 'oxlint');
const SOURCES = ['src', 'client/src', 'console/src', 'sandbox'].map((folder) => join(REPOSITORY, folder));

/** Each lets text become code or markup. */
const WAYS: Record<string, string> = {
  'eval.ts': 'export const run = (text: string) => eval(text);',
  'global-eval.ts': 'export const run = (text: string) => globalThis.eval(text);',
  'function.ts': 'export const make = (text: string) => new Function(text);',
  'function-call.ts': 'export const make = (text: string) => Function(text);',
  'script-url.ts': `export const address = 'javascript:alert(1)';`,
  'inner-html.ts': 'export const show = (place: Element, text: string) => void (place.innerHTML = text);',
  'inner-html.js': `export const show = (place, text) => void (place['innerHTML'] = text);`,
  'outer-html.ts': 'export const show = (place: Element, text: string) => void (place.outerHTML = text);',
  'insert-html.ts': `export const show = (place: Element, text: string) => place.insertAdjacentHTML('beforeend', text);`,
  'fragment.ts': 'export const make = (text: string) => new Range().createContextualFragment(text);',
  'write.ts': 'export const show = (text: string) => document.write(text);',
  'danger.tsx':
    'export const Shown = ({ html }: { html: string }) => <p dangerouslySetInnerHTML={{ __html: html }} />;',
};

const RULES = ['no-eval', 'no-new-func', 'no-script-url', 'no-implied-eval', 'no-restricted-properties', 'no-danger'];

interface Finding {
  code: string;
  filename: string;
}

describe('text', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passerelle-lint-'));
    await Promise.all(Object.entries(WAYS).map(([name, source]) => writeFile(join(folder, name), `${source}\n`)));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('that would become code or markup is found, in whatever way', async () => {
    const found = await lint(folder);
    const missed = Object.keys(WAYS).filter((name) => !found.some(({ filename }) => filename.endsWith(name)));
    expect(missed).toEqual([]);
  });

  it('stays text everywhere in the sources', async () => {
    expect(await lint(...SOURCES)).toEqual([]);
  }, 120_000);
});

/** What the linter, as it is set here, has against these folders, as far as text and code are concerned. */
async function lint(...paths: string[]): Promise<Finding[]> {
  const settings = ['-c', join(REPOSITORY, '.oxlintrc.json'), '--no-ignore', '-f', 'json'];
  const output = await new Promise<string>((resolve, reject) => {
    const done = (error: Error | null, stdout: string) => (stdout === '' ? reject(error!) : resolve(stdout));
    execFile(process.execPath, [OXLINT, ...settings, ...paths], { maxBuffer: 64 * 1024 * 1024 }, done);
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: Finding[] };
  return diagnostics.filter(({ code }) => RULES.some((rule) => code.endsWith(`(${rule})`)));
}
