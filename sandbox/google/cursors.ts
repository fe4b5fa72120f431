import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import { fullSyncRequired, invalidParameter } from './api-error.js';

/** What a token stands for: whose list, of what, asked how. */
export interface Listing {
  email: string;
  /** A calendar's id, or another name for the list. */
  list: string;
  /** The parameters that must come again. */
  fingerprint: string;
}

export interface PagePosition extends Listing {
  /** The key of the last row that was given out; null before the first. */
  after: string | null;
  /** The list's revision when its first page was read: what changes meanwhile is news for the sync token. */
  startedAtRevision: number;
}

export interface SyncPosition extends Listing {
  revision: number;
  issuedAt: Date;
}

const dayMs = 86_400_000;
const tokenPattern = /^[A-Za-z0-9+/]{30,}={0,2}$/;

/** The tokens of pages and of synchronisation: opaque, and good only for the listing they came from (contract 8). */
export class Cursors {
  readonly #pages = new Map<string, PagePosition>();
  readonly #syncs = new Map<string, SyncPosition>();
  readonly #invalidated = new Set<string>();

  constructor(private readonly clock: SandboxClock) {}

  issuePage(position: PagePosition): string {
    return keep(this.#pages, position);
  }

  issueSync(listing: Listing, revision: number): string {
    return keep(this.#syncs, { ...listing, revision, issuedAt: this.clock.now() });
  }

  readPage(token: string, listing: Listing): PagePosition {
    const position = this.#pages.get(token);
    if (!position || !isSame(position, listing)) {
      throw invalidParameter('pageToken', 'Invalid page token value.', 'invalid');
    }
    return position;
  }

  /** Of tokens that are nobody's any more nothing is known but their look; they count as expired. */
  readSync(token: string, listing: Listing, limits: { days: number; oldestRevision: number }): SyncPosition {
    const position = this.#syncs.get(token);
    if (!position && !tokenPattern.test(token)) throw invalidSyncToken('Invalid sync token value.');
    if (!position || this.#invalidated.has(token)) throw fullSyncRequired();
    if (!isSame(position, listing)) {
      throw invalidSyncToken('Sync token cannot be used with other request restrictions.');
    }
    const isTooOld = this.clock.now().getTime() - position.issuedAt.getTime() > limits.days * dayMs;
    if (isTooOld || position.revision < limits.oldestRevision) throw fullSyncRequired();
    return position;
  }

  /** Those of all listings when none is described. Answers how many. */
  invalidate(which: { email?: string | undefined; list?: string | undefined }): number {
    const found = [...this.#syncs].filter(
      ([token, position]) =>
        !this.#invalidated.has(token) &&
        (which.email ?? position.email) === position.email &&
        (which.list ?? position.list) === position.list,
    );
    for (const [token] of found) this.#invalidated.add(token);
    return found.length;
  }

  clear(): void {
    this.#pages.clear();
    this.#syncs.clear();
    this.#invalidated.clear();
  }
}

export function invalidSyncToken(message: string) {
  return invalidParameter('syncToken', message, 'invalid');
}

/** Base64 with its plus signs, slashes and padding: a client that does not encode its parameters is found out. */
function keep<T>(table: Map<string, T>, position: T): string {
  const token = randomBytes(28).toString('base64');
  table.set(token, position);
  return token;
}

function isSame(one: Listing, other: Listing): boolean {
  return one.email === other.email && one.list === other.list && one.fingerprint === other.fingerprint;
}
