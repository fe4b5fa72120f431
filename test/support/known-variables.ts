import type { z } from 'zod';
import { configSlices } from '../../src/app.module.js';
import { type ConfigFault, InvalidConfiguration, loadConfig } from '../../src/platform/config/load-config.js';
import { listSourceFiles } from './source-file.js';

/** Every variable that somebody reads, with the default its slice gives it; the sandbox decides on its own. */
export const knownVariables: ReadonlyMap<string, string | undefined> = new Map([
  ...listSourceFiles('sandbox').flatMap(({ environmentNames }) =>
    environmentNames.map((name) => [name, undefined] as const),
  ),
  ...configSlices.flatMap(({ variables }) =>
    Object.entries(variables).map(([name, schema]) => [name, defaultOf(schema as z.ZodType)] as const),
  ),
  // Several slices read it; the platform's own default is the one that counts.
  ['NODE_ENV', 'development'] as const,
]);

/** What is wrong with an environment, for all slices of the application. */
export function faultsOf(environment: NodeJS.ProcessEnv): readonly ConfigFault[] {
  try {
    loadConfig(configSlices, environment);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    return error.faults;
  }
}

function defaultOf(schema: z.ZodType): string | undefined {
  const { data } = schema.safeParse(undefined) as { data?: string | number | boolean };
  return data?.toString();
}
