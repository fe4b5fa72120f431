import { createHash, randomBytes } from 'node:crypto';

const base32hex = '0123456789abcdefghijklmnopqrstuv';

export interface Ids {
  event(): string;
  calendar(): string;
}

export const randomIds: Ids = {
  event: () => encode(randomBytes(26)),
  calendar: () => `c_${randomBytes(32).toString('hex')}@group.calendar.google.com`,
};

/** The same identifiers at every start, so that a restarted sandbox shows an application the same seeded events. */
export function derivedIds(label: string): Ids {
  let position = 0;
  const next = () => createHash('sha256').update(`${label}/${(position += 1)}`);
  return {
    event: () => encode(next().digest().subarray(0, 26)),
    calendar: () => `c_${next().digest('hex')}@group.calendar.google.com`,
  };
}

/** What a caller may choose as an event's id (contract 7). */
export function isEventId(text: string): boolean {
  return /^[0-9a-v]{5,1024}$/.test(text);
}

/** A number for a person, as Google's account ids are: twenty-one digits, the same for the same address. */
export function accountIdOf(email: string): string {
  const digest = createHash('sha256').update(email).digest('hex');
  return `1${(BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, '0')}`;
}

export function randomText(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}

function encode(bytes: Buffer): string {
  return [...bytes].map((byte) => base32hex[byte % 32]).join('');
}
