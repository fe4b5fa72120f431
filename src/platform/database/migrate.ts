import { revertLastMigration, runMigrations } from './migrations.js';
import { visitDatabase } from './visited-database.js';

const USAGE = 'Usage: migrate up | revert\n';

const COMMANDS: Readonly<Record<string, (applicationUrl: string, url: string) => Promise<string>>> = {
  up: async (applicationUrl, url) => {
    const { applied } = await runMigrations(url, { applicationUrl });
    return applied.length === 0 ? 'Nothing to apply.' : `Applied:\n${applied.map((name) => `  ${name}`).join('\n')}`;
  },
  revert: async (_applicationUrl, url) => {
    const reverted = await revertLastMigration(url);
    return reverted === null ? 'Nothing to revert.' : `Reverted:\n  ${reverted}`;
  },
};

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const details = [error.message || error.name];
  // A refused connection to a name with several addresses comes as a bundle without a message of its own.
  if (error instanceof AggregateError) details.push(...error.errors.map(describe));
  if (error.cause !== undefined) details.push(`caused by: ${describe(error.cause)}`);
  return details.join('\n  ');
}

const command = COMMANDS[process.argv[2] ?? ''];
if (command === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 1;
} else {
  try {
    process.stdout.write(`${await visitDatabase(process.env, command)}\n`);
  } catch (error) {
    process.stderr.write(`The migration failed: ${describe(error)}\n`);
    process.exitCode = 1;
  }
}
