import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { configSlices } from '../src/app.module.js';
import { loadConfig } from '../src/platform/config/load-config.js';
import { composeUses } from './support/compose-file.js';
import { listExampleVariables } from './support/env-example.js';
import { knownVariables } from './support/known-variables.js';
import { REPOSITORY } from './support/source-file.js';

const SECRETS = { ENCRYPTION_KEY: randomBytes(32).toString('hex'), JWT_SECRET: randomBytes(32).toString('hex') };

describe('.env.example', () => {
  const listed = listExampleVariables(readFileSync(join(REPOSITORY, '.env.example'), 'utf8'));

  it('lists every variable that is read, once, and no other', () => {
    const read = new Set([...knownVariables.keys(), ...composeUses.map(({ name }) => name)]);
    expect(listed.map(({ name }) => name).toSorted()).toEqual([...read].toSorted());
  });

  it('prints the defaults that hold', () => {
    const wrong = listed.filter(({ name, value, saidDefault }) => {
      const real = knownVariables.get(name);
      return value === '' ? real !== undefined && real !== saidDefault : value !== real;
    });
    expect(wrong).toEqual([]);
  });

  it('says of each variable what it is for', () => {
    expect(listed.filter(({ comment }) => comment.length < 20)).toEqual([]);
  });

  it('changes nothing when it is copied as it is', () => {
    const copied = Object.fromEntries(listed.map(({ name, value }) => [name, value]));
    const loaded = loadConfig(configSlices, { ...copied, ...SECRETS });
    expect([...loaded.values()]).toEqual([...loadConfig(configSlices, SECRETS).values()]);
  });

  it('holds nothing that could be taken for a credential', () => {
    const secretive = listed.filter(({ name }) => /KEY|SECRET|TOKEN|PASSWORD|CLIENT_ID|DATABASE_URL/.test(name));
    expect(secretive.length).toBeGreaterThan(5);
    expect(secretive.filter(({ value }) => value !== '')).toEqual([]);
  });
});

describe('the reading of .env.example', () => {
  it('knows a default by its line, by the words around it, or as absent', () => {
    const text = '# --- Title ---\n\n# The port. Default: 4010, or the next free one.\nA=\n\n# Two of them.\nB=7\nC=\n';
    expect(listExampleVariables(text)).toEqual([
      { name: 'A', value: '', comment: 'The port. Default: 4010, or the next free one.', saidDefault: '4010' },
      { name: 'B', value: '7', comment: 'Two of them.', saidDefault: undefined },
      { name: 'C', value: '', comment: 'Two of them.', saidDefault: undefined },
    ]);
  });

  it('refuses a line that is neither a comment nor a variable', () => {
    expect(() => listExampleVariables('# A comment\nexport A=1\n')).toThrow('Line 2');
  });
});
