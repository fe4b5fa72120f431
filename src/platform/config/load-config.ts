import type { ConfigSlice } from './config-slice.js';

export interface ConfigFault {
  variable: string;
  message: string;
}

/** Everything that is wrong with the environment at once, by name; values are never repeated. */
export class InvalidConfiguration extends Error {
  constructor(readonly faults: readonly ConfigFault[]) {
    super(
      ['The configuration has faults:', ...faults.map(({ variable, message }) => `  ${variable} ${message}`)].join(
        '\n',
      ),
    );
    this.name = 'InvalidConfiguration';
  }
}

/** The validated slices, by their token. */
export type LoadedConfig = ReadonlyMap<ConfigSlice['token'], object>;

export function loadConfig(slices: readonly ConfigSlice[], environment: NodeJS.ProcessEnv): LoadedConfig {
  const faults: ConfigFault[] = [];
  const report = (variable: string, message: string) => faults.push({ variable, message });
  const loaded = new Map<ConfigSlice['token'], object>();
  for (const slice of slices) {
    const value = slice.read(environment, report);
    if (value !== undefined) loaded.set(slice.token, value);
  }
  if (faults.length > 0) throw new InvalidConfiguration(faults);
  return loaded;
}
