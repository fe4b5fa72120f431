import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { v5 } from 'uuid';

/** Old resources carry 16-character codes, newer ones UUIDs (contract 1). Clients may assume neither. */
export interface Ids {
  code(): string;
  uuid(): string;
  either(): string;
}

const codeAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const seedNamespace = 'a4a1f1f4-6f0c-4d58-9a3c-2b6a53c5d2f0';

export const randomIds: Ids = {
  code: () => codeFrom(randomBytes(16)),
  uuid: () => randomUUID(),
  either: () => (randomBytes(1).readUInt8() % 3 === 0 ? randomIds.code() : randomIds.uuid()),
};

/** The same identifiers at every start, so that a restarted sandbox shows an application the same seeded bookings. */
export function derivedIds(label: string): Ids {
  let position = 0;
  const next = () => `${label}/${(position += 1)}`;
  const code = () => codeFrom(createHash('sha256').update(next()).digest());
  const uuid = () => v5(next(), seedNamespace);
  return { code, uuid, either: () => (position % 3 === 0 ? code() : uuid()) };
}

function codeFrom(bytes: Buffer): string {
  return [...bytes.subarray(0, 16)].map((byte) => codeAlphabet[byte % codeAlphabet.length]).join('');
}
