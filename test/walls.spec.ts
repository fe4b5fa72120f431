import { describe, expect, it } from '@jest/globals';
import { listSourceFiles, readSourceFile } from './support/source-file.js';
import { findBreaches } from './support/walls.js';

/** A house of a few files, each with its text. */
type House = Record<string, string>;

function breachesOf(house: House): string[] {
  return findBreaches(Object.entries(house).map(([path, text]) => readSourceFile(path, text)));
}

describe('the walls of the house', () => {
  const files = listSourceFiles('src', 'sandbox');

  it('are read from the sources, all of them', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(files.find(({ path }) => path === 'src/app.module.ts')?.imports).toContain('src/calendly/index.ts');
  });

  it('stand', () => {
    expect(findBreaches(files)).toEqual([]);
  });
});

describe('the check of the walls', () => {
  const forbidden: [reason: string, house: House, breach: string][] = [
    [
      'a room that knows a room below it',
      { 'src/prospects/a.ts': `import { Bookings } from '../bookings/index.js';` },
      'src/prospects/a.ts → src/bookings/index.ts: prospects may only know the rooms above it',
    ],
    [
      'a platform that knows a room',
      { 'src/platform/jobs/a.ts': `import { Session } from '../../accounts/index.js';` },
      'src/platform/jobs/a.ts → src/accounts/index.ts: platform may only know the rooms above it',
    ],
    [
      'a type from below',
      { 'src/integrations/a.ts': `import type { SyncRun } from '../sync/index.js';` },
      'src/integrations/a.ts → src/sync/index.ts: integrations may only know the rooms above it',
    ],
    [
      'a re-export from below',
      { 'src/accounts/index.ts': `export * from '../prospects/index.js';` },
      'src/accounts/index.ts → src/prospects/index.ts: accounts may only know the rooms above it',
    ],
    [
      'an import on demand from below',
      { 'src/accounts/a.ts': `export const load = () => import('../sync/index.js');` },
      'src/accounts/a.ts → src/sync/index.ts: accounts may only know the rooms above it',
    ],
    [
      'an import inside a type from below',
      { 'src/accounts/a.ts': `export type Run = import('../sync/index.js').SyncRun;` },
      'src/accounts/a.ts → src/sync/index.ts: accounts may only know the rooms above it',
    ],
    [
      'a provider that knows another',
      { 'src/cal-com/a.ts': `import { CalendlyModule } from '../calendly/index.js';` },
      'src/cal-com/a.ts → src/calendly/index.ts: only src/app.module.ts knows a provider',
    ],
    [
      'a room that knows a provider',
      { 'src/deliveries/a.ts': `import { CalendlyModule } from '../calendly/index.js';` },
      'src/deliveries/a.ts → src/calendly/index.ts: only src/app.module.ts knows a provider',
    ],
    [
      'a process that knows a provider',
      { 'src/main.ts': `process.env; import { CalendlyModule } from './calendly/index.js';` },
      'src/main.ts → src/calendly/index.ts: only src/app.module.ts knows a provider',
    ],
    [
      'a file behind another room’s face',
      { 'src/bookings/a.ts': `import { Accounts } from '../accounts/accounts.service.js';` },
      'src/bookings/a.ts → src/accounts/accounts.service.ts: accounts is known by its index.ts alone',
    ],
    [
      'a file behind a provider’s face, even for the table of contents',
      { 'src/app.module.ts': `import { CalendlyModule } from './calendly/calendly.module.js';` },
      'src/app.module.ts → src/calendly/calendly.module.ts: calendly is known by its index.ts alone',
    ],
    [
      'a room that goes through its own face',
      { 'src/bookings/jobs/a.ts': `import { Bookings } from '../index.js';` },
      'src/bookings/jobs/a.ts → src/bookings/index.ts: a room does not go through its own face',
    ],
    [
      'a part of the platform that goes through its own face',
      { 'src/platform/jobs/a.ts': `import { Jobs } from './index.js';` },
      'src/platform/jobs/a.ts → src/platform/jobs/index.ts: a room does not go through its own face',
    ],
    [
      'a room that knows the roof',
      { 'src/sync/a.ts': `import { AppModule } from '../app.module.js';` },
      'src/sync/a.ts → src/app.module.ts: a room does not know the roof',
    ],
    [
      'a product that knows its sandbox',
      { 'src/calendly/a.ts': `import { sign } from '../../sandbox/calendly/signature.js';` },
      'src/calendly/a.ts → sandbox/calendly/signature.ts: src imports nothing from sandbox',
    ],
    [
      'a sandbox that knows the product',
      { 'sandbox/calendly/a.ts': `import { CALENDLY } from '../../src/calendly/calendly.profile.js';` },
      'sandbox/calendly/a.ts → src/calendly/calendly.profile.ts: sandbox imports nothing from src',
    ],
    [
      'a spec that checks a client against its own profile through the sandbox',
      { 'sandbox/calendly/a.spec.ts': `import { CALENDLY } from '../../src/calendly/calendly.profile.js';` },
      'sandbox/calendly/a.spec.ts → src/calendly/calendly.profile.ts: sandbox imports nothing from src',
    ],
    [
      'a product that needs its tests',
      { 'src/bookings/a.ts': `import { gate } from '../../test/support/gate.js';` },
      'src/bookings/a.ts → test/support/gate.ts: src imports nothing from test',
    ],
    [
      'a new folder that the table does not name',
      { 'src/utils/a.ts': '' },
      'src/utils/a.ts stands in no room of the table',
    ],
    ['a new file on the roof', { 'src/helpers.ts': '' }, 'src/helpers.ts stands in no room of the table'],
    [
      'an environment read in a room',
      { 'src/calendly/a.ts': `const id = process.env['CALENDLY_CLIENT_ID'];` },
      'src/calendly/a.ts touches process.env',
    ],
    [
      'an environment under another spelling',
      { 'src/sync/a.ts': `const all = globalThis.process['env'];` },
      'src/sync/a.ts touches process.env',
    ],
    [
      'an environment taken apart',
      { 'src/sync/a.ts': `const { env: all } = process;` },
      'src/sync/a.ts touches process.env',
    ],
    [
      'an environment imported',
      { 'src/sync/a.ts': `import { env } from 'node:process';` },
      'src/sync/a.ts touches process.env',
    ],
    [
      'an environment read elsewhere in the sandbox',
      { 'sandbox/calendly/a.ts': `const { SEED } = process.env;` },
      'sandbox/calendly/a.ts touches process.env',
    ],
    [
      'a permit for the environment that is not used',
      { 'sandbox/main.ts': 'export const port = 4010;' },
      'sandbox/main.ts no longer touches process.env: take it off the list',
    ],
    ['a word to the console', { 'src/sync/a.ts': `console.log('here');` }, 'src/sync/a.ts writes to the console'],
    [
      'a console handed on',
      { 'src/sync/a.ts': `export const log = { sink: globalThis.console };` },
      'src/sync/a.ts writes to the console',
    ],
    [
      'two files that import each other',
      { 'src/sync/a.ts': `import { b } from './b.js';`, 'src/sync/b.ts': `import { a } from './a.js';` },
      'src/sync/a.ts → src/sync/b.ts → src/sync/a.ts: a circle of imports',
    ],
    [
      'a longer circle, closed by a type',
      {
        'src/sync/a.ts': `import { b } from './b.js';`,
        'src/sync/b.ts': `export { c } from './c.js';`,
        'src/sync/c.ts': `import type { A } from './a.js';`,
      },
      'src/sync/a.ts → src/sync/b.ts → src/sync/c.ts → src/sync/a.ts: a circle of imports',
    ],
  ];

  it.each(forbidden)('sees %s', (_, house, breach) => {
    expect(breachesOf(house)).toEqual([breach]);
  });

  const allowed: [reason: string, house: House][] = [
    ['a room above, by its face', { 'src/bookings/a.ts': `import { ProspectBook } from '../prospects/index.js';` }],
    ['the platform, by file', { 'src/bookings/jobs/a.ts': `import { Clock } from '../../platform/clock/clock.js';` }],
    ['a file of the same room', { 'src/bookings/jobs/a.ts': `import { join } from '../booking-join.js';` }],
    ['a face elsewhere in the platform', { 'src/platform/outbox/a.ts': `import { Jobs } from '../jobs/index.js';` }],
    ['the table of contents naming a provider', { 'src/app.module.ts': `import { M } from './outlook/index.js';` }],
    [
      'a spec with the support of the tests',
      { 'src/sync/a.spec.ts': `import { gate } from '../../test/support/gate.js';` },
    ],
    ['the configuration and the environment', { 'src/platform/config/a.ts': 'export const all = process.env;' }],
    ['a console in the sandbox', { 'sandbox/calendly/a.ts': `console.log('ready');` }],
    [
      'a comment or a string',
      { 'src/sync/a.ts': `// process.env, console.log\nexport const text = "import '../calendly/index.js'";` },
    ],
    ['a field of that name', { 'src/sync/a.ts': `export const a = { console: 1, env: 2 }; a.console + a.env;` }],
  ];

  it.each(allowed)('allows %s', (_, house) => {
    expect(breachesOf(house)).toEqual([]);
  });
});
