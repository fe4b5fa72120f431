import { EmbeddedPostgresError } from './embedded/embedded-postgres.error.js';
import { EmbeddedPostgres } from './embedded/embedded-postgres.js';

/**
 * For commands: the database that the environment names, or the embedded one, which is visited when somebody runs it and
 * else started for us. `work` gets the address for the application's role, and the one for the role that migrates.
 */
export async function visitDatabase<T>(
  environment: NodeJS.ProcessEnv,
  work: (url: string, migrationUrl: string) => Promise<T>,
): Promise<T> {
  const url = environment['DATABASE_URL'];
  if (url) return await work(url, environment['MIGRATION_DATABASE_URL'] || url);
  const dataDir = environment['DATA_DIR'] || '.passerelle';
  let server: EmbeddedPostgres;
  try {
    server = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  } catch (error) {
    const isRunByOther =
      error instanceof EmbeddedPostgresError && error.code === 'embedded-postgres/owned-by-another-process';
    const running = isRunByOther ? await EmbeddedPostgres.findRunning(dataDir) : null;
    if (running === null) throw error;
    return await work(running.url, running.ownerUrl);
  }
  try {
    return await work(server.url, server.ownerUrl);
  } finally {
    await (server.adopted ? server.leaveRunning() : server.stop());
  }
}
