import { ProviderError } from './provider-error.js';
import type { ProviderAccount } from './provider.js';

const LONGEST_ID = 512;
const LONGEST_EMAIL = 320;
const LONGEST_NAME = 500;

/** Refuses an account that could not be told from another, or not be shown. */
export function checkProviderAccount({ accountId, email, name, options }: ProviderAccount): void {
  const isUsable =
    isText(accountId, LONGEST_ID) &&
    isText(email, LONGEST_EMAIL) &&
    email.includes('@') &&
    (name === null || name === '' || isText(name, LONGEST_NAME)) &&
    typeof options === 'object' &&
    options !== null;
  if (!isUsable) throw new ProviderError({ kind: 'contract' });
}

function isText(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value !== '' && value.length <= longest && !/\p{Cc}/u.test(value);
}
