import { createHash } from 'node:crypto';

/**
 * Values that anyone can read somewhere: placeholders, keys made of a pattern, and credentials that were printed in a
 * public document. The latter are known by their digest only, so that listing them here does not print them again.
 */
const PUBLISHED_DIGESTS: ReadonlySet<string> = new Set<string>([]);

const PLACEHOLDER = /^(?:<.*>|your[-_ ].*|change[-_ ]?me.*|secret|password|example|xxx+|test)$/i;

export function isPublicCredential(value: string): boolean {
  return PLACEHOLDER.test(value) || isPattern(value) || PUBLISHED_DIGESTS.has(digestOf(value));
}

/** A short block repeated, such as 64 zeros or "0123456789abcdef" four times. */
function isPattern(value: string): boolean {
  return value.length >= 16 && /^(.{1,16})\1+$/.test(value);
}

function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
