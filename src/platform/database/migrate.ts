import { EmbeddedPostgresError } from './embedded/embedded-postgres.error.js';
import { EmbeddedPostgres } from './embedded/embedded-postgres.js';
import { revertLastMigration, runMigrations } from './migrations.js';

const USAGE = 'Usage: migrate up | revert\n';

const COMMANDS: Readonly<Record<string, (url: string) => Promise<string>>> = {
  up: async (url) => {
    const { applied } = await runMigrations(url);
    return applied.length === 0 ? 'Nothing to apply.' : `Applied:\n${applied.map((name) => `  ${name}`).join('\n')}`;
  },
  revert: async (url) => {
    const reverted = await revertLastMigration(url);
    return reverted === null ? 'Nothing to revert.' : `Reverted:\n  ${reverted}`;
  },
};

/** The database that the environment names, or the embedded one: visited when somebody runs it, else started for us. */
async function withDatabase<T>(environment: NodeJS.ProcessEnv, work: (url: string) => Promise<T>): Promise<T> {
  const url = environment['DATABASE_URL'];
  if (url) return await work(url);
  const dataDir = environment['DATA_DIR'] || '.passerelle';
  let server: EmbeddedPostgres;
  try {
    server = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  } catch (error) {
    const isRunByOther =
      error instanceof EmbeddedPostgresError && error.code === 'embedded-postgres/owned-by-another-process';
    const running = isRunByOther ? await EmbeddedPostgres.findRunning(dataDir) : null;
    if (running === null) throw error;
    return await work(running);
  }
  try {
    return await work(server.url);
  } finally {
    await (server.adopted ? server.leaveRunning() : server.stop());
  }
}

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
    process.stdout.write(`${await withDatabase(process.env, command)}\n`);
  } catch (error) {
    process.stderr.write(`The migration failed: ${describe(error)}\n`);
    process.exitCode = 1;
  }
}
