import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { givenVariables } from './given-variables.js';
import { withLocalSecrets } from './local-secrets.js';

/**
 * The environment as the application would find it here, for commands beside it. Secrets that the application has made
 * are read; none is made, because a command that looks should leave nothing behind.
 */
export async function commandEnvironment(): Promise<NodeJS.ProcessEnv> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = givenVariables(process.env);
  const hasSecrets = existsSync(join(environment['DATA_DIR'] || '.passerelle', 'secrets.json'));
  return hasSecrets ? await withLocalSecrets(environment) : environment;
}
