import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from './source-file.js';

export interface ComposeService {
  readonly build?: { readonly context: string };
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly secrets?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
}

interface ComposeFile {
  readonly services: Record<string, ComposeService>;
  readonly networks: Record<string, { readonly internal?: boolean } | null>;
  readonly secrets: Record<string, { readonly file: string }>;
}

/** `${NAME}`, `${NAME:-default}` or `${NAME:?what to do}`. */
const USE = /\$\{(\w+)(?::([?-])([^}]*))?\}/g;

const file = readFileSync(join(REPOSITORY, 'docker-compose.yml'), 'utf8');

export const {
  services: composeServices,
  networks: composeNetworks,
  secrets: composeSecrets,
} = parse(file, { merge: true }) as ComposeFile;

/** What the file asks its reader for, and whether it insists. */
export const composeUses = [...file.matchAll(USE)].map(([, name = '', mode]) => ({ name, isRequired: mode === '?' }));

/** What Compose makes of a value; like Compose, it refuses to go on without what is required. */
export function interpolate(value: string, given: Readonly<Record<string, string>>): string {
  return value.replaceAll(USE, (_use, name: string, mode?: string, text?: string) => {
    const filled = given[name] || (mode === '-' ? text : undefined);
    if (mode === '?' && !filled) throw new Error(`${name}: ${text}`);
    return filled ?? '';
  });
}
