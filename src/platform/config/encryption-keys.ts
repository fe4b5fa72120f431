import type { ReportFault } from './config-slice.js';
import { readKeyFile } from './key-file.js';
import { isPublicCredential } from './public-credentials.js';
import { keyDigits } from './variables.js';

export interface GivenKeys {
  readonly ENCRYPTION_KEY?: string | undefined;
  readonly ENCRYPTION_KEY_FILE?: string | undefined;
  readonly ENCRYPTION_KEYS_PREVIOUS?: readonly string[] | undefined;
  readonly ENCRYPTION_KEYS_PREVIOUS_FILE?: string | undefined;
}

/** The primary key and the others, whether they stand in variables or in files. Faults name the place, never a key. */
export function readEncryptionKeys(given: GivenKeys, report: ReportFault): { primary: string; previous: string[] } {
  const [primary = '', ...more] = [...listed(given.ENCRYPTION_KEY), ...fromFile(given, 'ENCRYPTION_KEY', report)];
  const previous = [...(given.ENCRYPTION_KEYS_PREVIOUS ?? []), ...fromFile(given, 'ENCRYPTION_KEYS_PREVIOUS', report)];
  const place = given.ENCRYPTION_KEY_FILE === undefined ? 'ENCRYPTION_KEY' : 'ENCRYPTION_KEY_FILE';
  if (more.length > 0) {
    report(place, 'must give one key: the others belong into ENCRYPTION_KEYS_PREVIOUS');
  } else if (primary === '') {
    if (given.ENCRYPTION_KEY_FILE === undefined) report(place, 'is required: make one with "openssl rand -hex 32"');
  } else if (!isKey(primary)) {
    report(place, 'must be 64 hexadecimal digits (32 bytes)');
  } else if (isPublicCredential(primary)) {
    report(place, 'is printed in a public document or is a placeholder: make a new one');
  }
  if (!previous.every(isKey)) {
    report('ENCRYPTION_KEYS_PREVIOUS', 'must be a comma-separated list of keys of 64 hexadecimal digits');
  }
  return { primary: isKey(primary) ? primary : '', previous: previous.filter(isKey) };
}

function fromFile(
  given: GivenKeys,
  name: 'ENCRYPTION_KEY' | 'ENCRYPTION_KEYS_PREVIOUS',
  report: ReportFault,
): string[] {
  const path = given[`${name}_FILE`];
  if (path === undefined) return [];
  try {
    const keys = readKeyFile(path);
    if (keys.length === 0 && name === 'ENCRYPTION_KEY') report(`${name}_FILE`, 'names a file that holds no key');
    return keys;
  } catch {
    report(`${name}_FILE`, 'names a file that cannot be read');
    return [];
  }
}

function listed(key: string | undefined): string[] {
  return key === undefined ? [] : [key];
}

function isKey(value: string): boolean {
  return keyDigits().safeParse(value).success;
}
