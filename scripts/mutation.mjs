// How much the tests notice: faults are made on purpose, one at a time, in what everybody's safety rests on, and each of
// them has to make a test fail. Prints those that did not, and the share of those that did; ends with 1 when a module is
// below the bar.
//
//   npm run test:mutation                    everything
//   npm run test:mutation -- merge scope     some modules
//   npm run test:mutation -- booking-join    what has the word in its name
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import '../test/support/register-typescript.mjs';

const BAR = 85;

/**
 * What is looked at, each with the tests that have to notice: those beside it, or those on a real PostgreSQL. Left out is
 * what only a whole application shows: `BookingMerge` around the join, `ConnectFlow` around the states, commands on keys.
 */
const MODULES = {
  signature: [
    [functions('src/calendly/calendly.delivery.ts', 'verifyDelivery', 'parseSignature')],
    [functions('src/cal-com/cal-com.delivery.ts', 'verifyDelivery')],
    ['src/webhooks/webhook-signature.ts'],
  ],
  crypto: [
    ['src/platform/crypto/sealed-text.ts'],
    ['src/platform/crypto/keyring.ts'],
    ['src/platform/crypto/hashing.ts'],
    ['src/platform/crypto/sealed-columns.ts', 'test/{integration/,}sealed-columns.spec.ts'],
    [
      ['src/platform/crypto/{organization-keys,field-cipher,key-check,wrong-encryption-key}.ts'],
      'test/integration/organization-keys.spec.ts',
    ],
  ],
  state: [
    ['src/integrations/oauth-transactions.ts', 'test/integration/oauth-transactions.spec.ts'],
    ['src/integrations/consent-page.ts'],
  ],
  merge: [
    ['src/bookings/booking-join.ts'],
    ['src/bookings/booking-pairs.ts'],
    ['src/bookings/booking-changes.ts'],
    ['src/calendars/copy-merge.ts'],
    ['src/calendars/copy-content.ts'],
  ],
  scope: [
    [
      [
        'src/platform/database/{unit-of-work,transaction}.ts',
        // The list of tables is data, and compared with the schema elsewhere.
        ...functions(
          'src/platform/database/row-security.ts',
          'secureTables',
          'unsecureTables',
          'policiesOf',
          'dropPolicies',
        ),
      ],
      'test/integration/tenant-scope.spec.ts',
    ],
    [['src/accounts/{session.guard,session.decorators,session}.ts'], 'src/accounts/session.guard.spec.ts'],
    ['src/accounts/session-authenticator.ts'],
  ],
};

const words = process.argv.slice(2);
const { startTestServer } = await import('../test/support/test-server.ts');
const server = await startTestServer();
const scores = [];
try {
  for (const [module, parts] of Object.entries(MODULES)) {
    const chosen = parts.filter(
      (part) => words.length === 0 || words.some((word) => [module, ...part].join().includes(word)),
    );
    const mutants = [];
    for (const part of chosen) mutants.push(...(await mutate(part)));
    if (mutants.length > 0) scores.push({ module, ...scoreOf(mutants) });
  }
} finally {
  await server.stop();
}
console.table(scores);
if (scores.length === 0) console.error(`Nothing here has a name like that: ${words.join(' ')}`);
if (scores.length === 0 || scores.some(({ score }) => score < BAR)) process.exitCode = 1;

async function mutate([sources, tests = String(sources).replace(/\.ts.*$/, '.spec.ts')]) {
  return await new Stryker({
    mutate: [sources].flat(),
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    plugins: ['@stryker-mutator/jest-runner'],
    jest: {
      projectType: 'custom',
      configFile: 'test/mutation/jest.config.mjs',
      config: { testMatch: [`<rootDir>/${tests}`] },
      enableFindRelatedTests: false,
    },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // Endless is what is still running then: a busy machine alone must make nothing look noticed.
    timeoutMS: 30_000,
    // What a process has loaded for one fault is not given back for the next.
    maxTestRunnerReuse: 40,
    reporters: ['clear-text'],
    clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
    tempDirName: join(tmpdir(), 'passerelle-mutation'),
    cleanTempDir: 'always',
    ignorePatterns: ['/.ci', '/.passerelle', '/bench', '/client', '/console', '/dist', '/docs'],
  }).runMutationTest();
}

/** A fault that took the program out of its senses for too long was noticed too; one that let nothing load is none. */
function scoreOf(mutants) {
  const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const survived = count('Survived', 'NoCoverage');
  const score = Math.floor((1_000 * noticed) / (noticed + survived)) / 10;
  return { noticed, survived, invalid: mutants.length - noticed - survived, score };
}

/** The lines of these functions alone. */
function functions(path, ...names) {
  const lines = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8').split('\n');
  return names.map((name) => {
    const start = lines.findIndex((line) => line.includes(`function ${name}(`));
    if (start === -1) throw new Error(`${path} has no function ${name}`);
    return `${path}:${start + 1}-${lines.indexOf('}', start) + 1}`;
  });
}
