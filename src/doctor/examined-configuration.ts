import { randomBytes } from 'node:crypto';
import type { ConfigSlice } from '../platform/config/config-slice.js';
import type { ConfigFault, LoadedConfig } from '../platform/config/load-config.js';
import type { Finding } from './finding.js';
import { finding } from './finding-texts.js';

export interface ExaminedConfiguration {
  readonly findings: readonly Finding[];
  /** As far as it can be read: what is faulty is taken for not set, so that everything else can still be looked at. */
  readonly config: LoadedConfig;
}

/**
 * Reads an environment with which the application would not start. `production` keeps its strictness; secrets that the
 * application would make by itself at its first start are not missed.
 */
export function examineConfiguration(
  slices: readonly ConfigSlice[],
  environment: NodeJS.ProcessEnv,
): ExaminedConfiguration {
  const given = { ...madeAtFirstStart(environment), ...environment };
  const faults: ConfigFault[] = [];
  for (const slice of slices) slice.read(given, (variable, message) => faults.push({ variable, message }));
  const faulty = new Set(faults.map(({ variable }) => variable));
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !faulty.has(name)));
  const readable = { ...throwaway(), ...rest };
  const loaded = new Map<ConfigSlice['token'], object>();
  for (const slice of slices) {
    const value = slice.read(readable, () => undefined);
    if (value !== undefined) loaded.set(slice.token, value);
  }
  // Several slices may look at one variable.
  const told = new Map(faults.map((fault) => [`${fault.variable} ${fault.message}`, fault]));
  return {
    findings: [...told.values()].map(({ variable, message }) =>
      finding('configuration/invalid', { variable, message }),
    ),
    config: loaded,
  };
}

function madeAtFirstStart({ NODE_ENV }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return NODE_ENV === 'production' ? {} : throwaway();
}

/** Nothing is ever sealed or signed with these. */
function throwaway(): NodeJS.ProcessEnv {
  const secret = () => randomBytes(32).toString('hex');
  return { ENCRYPTION_KEY: secret(), JWT_SECRET: secret() };
}
