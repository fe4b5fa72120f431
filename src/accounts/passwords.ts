import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { HashQueue } from './hash-queue.js';

/** argon2id, the library's default kind, with at least what OWASP ASVS 5.0 (appendix C) asks for: 46 MiB, one pass. */
const COST = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };

/** Each takes a core and 46 MiB for some tens of milliseconds. */
const AT_ONCE = 2;
const MOST_WAITING = 40;

@Injectable()
export class Passwords {
  private readonly queue = new HashQueue(AT_ONCE, MOST_WAITING);
  private readonly decoy = makeDecoy();

  async hash(password: string): Promise<string> {
    return await this.queue.run(() => hash(normalized(password), COST));
  }

  /** Does the same work when there is no such person, so that the time of the answer does not tell. */
  async verify(password: string, storedHash: string | null): Promise<boolean> {
    const isRight = await this.queue.run(() => verify(storedHash ?? this.decoy, normalized(password)));
    return isRight && storedHash !== null;
  }

  areSame(one: string, other: string): boolean {
    return normalized(one) === normalized(other);
  }
}

/** What is hashed. The same keys give the same password on every system: macOS composes "é" otherwise than Windows does. */
export function normalized(password: string): string {
  return password.normalize('NFKC');
}

/** A hash that no password is known for, of the same cost as the real ones. */
function makeDecoy(): string {
  const [salt, digest] = [16, 32].map((bytes) => randomBytes(bytes).toString('base64').replaceAll('=', ''));
  return `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${salt}$${digest}`;
}
