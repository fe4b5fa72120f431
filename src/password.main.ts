import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { AuditTrail, PasswordReset, Passwords } from './accounts/index.js';
import { commandEnvironment } from './platform/config/command-environment.js';
import { withCommandWork } from './platform/database/command-work.js';
import { visitDatabase } from './platform/database/visited-database.js';

const NOTHING_DONE = 2;

const USAGE = `Usage: npm --silent run password -- reset [--email-file <path>]
Draws a password for somebody who has forgotten theirs, prints it once, and ends their sessions.
The e-mail address is read from the file, or from standard input; never from the command line.
`;

class Refused extends Error {}

async function main(): Promise<void> {
  const emailFile = readArguments(process.argv.slice(2));
  const email = (emailFile === null ? await readStream(process.stdin) : await read(emailFile)).trim();
  if (!email.includes('@')) throw new Refused('One e-mail address is expected.');
  const environment = await commandEnvironment();
  const drawn = await visitDatabase(environment, (url) =>
    withCommandWork(url, 'passerelle password', (work) =>
      new PasswordReset(work, new Passwords(), new AuditTrail()).reset(email),
    ),
  );
  if (drawn === null) throw new Refused('Nobody signs in with a password under this address.');
  process.stderr.write(`Until ${drawn.expiresAt.toISOString()}, and to be changed at the first sign-in:\n`);
  process.stdout.write(`${drawn.password}\n`);
}

/** The file with the address; null for standard input. */
function readArguments(given: readonly string[]): string | null {
  if (given.some((argument) => argument.includes('@'))) {
    throw new Refused(
      'Command lines are seen by everybody on this machine and kept in histories: give the address by file or standard input.',
    );
  }
  try {
    const options = { 'email-file': { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...given], allowPositionals: true, options });
    if (positionals.join(' ') === 'reset') return values['email-file'] ?? null;
  } catch {
    // An option that does not exist: the usage says which do.
  }
  throw new Refused(USAGE);
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new Refused('--email-file names a file that cannot be read.');
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Refused ? NOTHING_DONE : 1;
});
