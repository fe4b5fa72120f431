import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { composeUses } from './support/compose-file.js';
import { knownVariables } from './support/known-variables.js';
import { REPOSITORY } from './support/source-file.js';

const DOCUMENTS = [
  'README.md',
  'README.fr.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'sandbox/README.md',
  ...readdirSync(join(REPOSITORY, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => posix.join('docs', file.replaceAll('\\', '/'))),
];

/** Read by the tests alone, or no variables at all. */
const OTHER_NAMES = new Set(['TEST_DATABASE_URL']);

const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(join(REPOSITORY, document), 'utf8');

  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const missing = links
      .filter((link) => !/^(?:https?:|#)/.test(link))
      .filter((link) => !existsSync(join(REPOSITORY, dirname(document), link.replace(/#.*/, ''))));
    expect(missing).toEqual([]);
  });

  it('names commands and tests that there are', () => {
    const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
    const tests = [...text.matchAll(/npm test -- ((?:test|src)\/[\w/.-]+)/g)].map(([, path = '']) => path);
    expect(
      tests.filter((path) => !existsSync(join(REPOSITORY, path)) && !existsSync(join(REPOSITORY, `${path}.spec.ts`))),
    ).toEqual([]);
  });

  it('names files that there are', () => {
    const paths = [...text.matchAll(/`((?:src|test|docs|docker|scripts)\/[\w/.-]+\.\w+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.filter((path) => !/rendezvous/.test(path) && !existsSync(join(REPOSITORY, path)))).toEqual([]);
  });

  it('names variables that somebody reads', () => {
    const known = new Set([...knownVariables.keys(), ...composeUses.map(({ name }) => name), ...OTHER_NAMES]);
    const prefixes =
      /^(?:CALENDLY|SANDBOX|JWT|ENCRYPTION|OAUTH|WORKER|DATABASE|PUBLIC|FRONTEND|CORS|METRICS|DOCS|TEST)_/;
    const named = [...text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name);
    expect([...new Set(named)].filter((name) => prefixes.test(name) && !known.has(name))).toEqual([]);
  });
});
