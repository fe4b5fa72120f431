import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { v5 } from 'uuid';

/** Bookings carry short uids of 22 characters, seats and webhooks UUIDs (contract 2). */
export interface Uids {
  uid(): string;
  uuid(): string;
}

const uidAlphabet = '123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const seedNamespace = '6f1d0c5e-2f53-4a6a-9a7e-2d9a1f5f6c11';

export const randomUids: Uids = {
  uid: () => uidFrom(randomBytes(22)),
  uuid: () => randomUUID(),
};

/** The same at every start, so that a restarted sandbox shows an application the same seeded bookings. */
export function derivedUids(label: string): Uids {
  let position = 0;
  const next = () => `${label}/${(position += 1)}`;
  return {
    uid: () => uidFrom(createHash('sha256').update(next()).digest()),
    uuid: () => v5(next(), seedNamespace),
  };
}

/** OAuth client ids look like `clx0abc123…`: they end up inside e-mail addresses, hence lower case and no sign. */
export function newClientId(): string {
  return `clx${randomBytes(11).toString('hex')}`;
}

function uidFrom(bytes: Buffer): string {
  return [...bytes.subarray(0, 22)].map((byte) => uidAlphabet[byte % uidAlphabet.length]).join('');
}

type Numbered = 'organization' | 'user' | 'schedule' | 'eventType' | 'booking' | 'credential' | 'destination';

const firstNumbers: Record<Numbered, number> = {
  organization: 12,
  user: 179,
  schedule: 881,
  eventType: 7,
  booking: 91,
  credential: 135,
  destination: 42,
};

/** Everything else is counted. Each kind begins at its own number, so that ids of two kinds are seldom alike. */
export class Numbers {
  #last = new Map<Numbered, number>();

  next(kind: Numbered): number {
    const number = (this.#last.get(kind) ?? firstNumbers[kind] - 1) + 1;
    this.#last.set(kind, number);
    return number;
  }

  clear(): void {
    this.#last.clear();
  }
}
