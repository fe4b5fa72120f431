import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets a person should not have to make up to try the product. Production must bring its own. */
const GENERATED = ['ENCRYPTION_KEY', 'JWT_SECRET'] as const;

/**
 * Completes the environment with secrets made once and kept in `DATA_DIR/secrets.json` (mode 0600). Does nothing in
 * production.
 */
export async function withLocalSecrets(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const missing = GENERATED.filter((name) => !environment[name] && !environment[`${name}_FILE`]);
  if (environment['NODE_ENV'] === 'production' || missing.length === 0) return environment;
  const kept = await keptSecrets(environment['DATA_DIR'] || '.passerelle');
  return { ...environment, ...Object.fromEntries(missing.map((name) => [name, kept[name]])) };
}

async function keptSecrets(dataDir: string): Promise<Record<string, string>> {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) await makeSecrets(dataDir, path);
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
}

/** Several processes may start at once: the file appears whole, and the first one's stays. */
async function makeSecrets(dataDir: string, path: string): Promise<void> {
  const made = Object.fromEntries(GENERATED.map((name) => [name, randomBytes(32).toString('hex')]));
  const draft = `${path}.${randomUUID()}`;
  await mkdir(dataDir, { recursive: true });
  await writeFile(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
