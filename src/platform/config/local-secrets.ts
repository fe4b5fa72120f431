import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets a person should not have to make up to try the product. Production must bring its own. */
const GENERATED = ['ENCRYPTION_KEY', 'JWT_SECRET'] as const;

/**
 * Completes the environment with secrets made once and kept in `DATA_DIR/secrets.json` (mode 0600). Does nothing in
 * production.
 */
export async function withLocalSecrets(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const missing = GENERATED.filter((name) => !environment[name]);
  if (environment['NODE_ENV'] === 'production' || missing.length === 0) return environment;
  const kept = await keptSecrets(environment['DATA_DIR'] || '.passerelle');
  return { ...environment, ...Object.fromEntries(missing.map((name) => [name, kept[name]])) };
}

async function keptSecrets(dataDir: string): Promise<Record<string, string>> {
  const path = join(dataDir, 'secrets.json');
  await mkdir(dataDir, { recursive: true });
  const made = Object.fromEntries(GENERATED.map((name) => [name, randomBytes(32).toString('hex')]));
  try {
    // "wx" lets exactly one of several starting processes write; the others read what it wrote.
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(made, null, 2)}\n`);
    await file.close();
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  }
}
