import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { givenVariables } from './platform/config/given-variables.js';
import { withLocalSecrets } from './platform/config/local-secrets.js';
import { startSandbox } from './platform/trial/sandbox-process.js';
import { wantsSandbox } from './platform/trial/trial.config.js';

/** The stand-ins are a process of their own, which begins while the application is loaded: each takes a second. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = await withLocalSecrets(givenVariables(process.env));
  const startingSandbox = wantsSandbox(environment) ? startSandbox(environment) : undefined;
  // Looked at when the application is there.
  startingSandbox?.catch(() => undefined);
  const { runApplication } = await import('./application.js');
  await runApplication(environment, await startingSandbox);
}

main().catch(async (error: unknown) => {
  const { endInFailure } = await import('./application.js');
  endInFailure(error);
});
