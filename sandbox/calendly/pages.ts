import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { invalid } from './api-error.js';
import type { Links } from './links.js';
import { type Direction, readParameters, text } from './parameters.js';

const pageParameters = z.object({
  count: text
    .regex(/^-?\d+$/, 'must be a number')
    .transform(Number)
    .refine((count) => count >= 1, 'must be greater than or equal to 1')
    .refine((count) => count <= 100, 'must be less than or equal to 100')
    .default(20),
  page_token: text.optional(),
});

const tokenContent = z.object({ towards: z.enum(['next', 'previous']), key: z.string(), filters: z.string() });
type TokenContent = z.output<typeof tokenContent>;

export interface PageRequest {
  callerId: string;
  /** Relative to the API: `/scheduled_events`. */
  path: string;
  query: Record<string, unknown>;
}

export interface Rows<T> {
  rows: T[];
  /** Orders the rows and tells where a page ended, so that rows booked meanwhile neither hide nor repeat others. */
  keyOf: (row: T) => string;
  direction: Direction;
}

/** Lists in Calendly's envelope (contract 1). Tokens are opaque, and good only with the filters they were made for. */
export class Pages {
  readonly #secret = randomBytes(32);
  readonly #links: Links;

  constructor(links: Links) {
    this.#links = links;
  }

  answer<T, W>(request: PageRequest, list: Rows<T>, toWire: (row: T) => W) {
    const { count, page_token: token } = readParameters(pageParameters, request.query);
    const filters = fingerprint(request);
    const sorted = sort(list);
    const start = token === undefined ? 0 : startOf(this.#open(token, filters), sorted, list.direction, count);
    const end = Math.min(start + count, sorted.length);

    const tokenFor = (towards: TokenContent['towards'], row: Keyed<T> | undefined) =>
      row === undefined ? null : this.#seal({ towards, key: row.key, filters });
    const next = end < sorted.length ? tokenFor('next', sorted[end - 1]) : null;
    const previous = start > 0 ? tokenFor('previous', sorted[start] ?? sorted.at(-1)) : null;
    const shown = sorted.slice(start, end);
    return {
      collection: shown.map(({ row }) => toWire(row)),
      pagination: {
        count: shown.length,
        next_page: this.#addressOf(request, count, next),
        previous_page: this.#addressOf(request, count, previous),
        next_page_token: next,
        previous_page_token: previous,
      },
    };
  }

  #addressOf(request: PageRequest, count: number, token: string | null): string | null {
    if (token === null) return null;
    const query = new URLSearchParams(filtersOf(request));
    query.set('count', String(count));
    query.set('page_token', token);
    return `${this.#links.api}${request.path}?${query.toString()}`;
  }

  #seal(content: TokenContent): string {
    const body = Buffer.from(JSON.stringify(content));
    return Buffer.concat([this.#mac(body), body]).toString('base64url');
  }

  #open(token: string, filters: string): TokenContent {
    const bytes = Buffer.from(token, 'base64url');
    const body = bytes.subarray(16);
    if (bytes.length < 17 || !timingSafeEqual(bytes.subarray(0, 16), this.#mac(body))) {
      throw invalid('page_token', 'is invalid');
    }
    const content = tokenContent.parse(JSON.parse(body.toString()));
    if (content.filters !== filters) throw invalid('page_token', 'does not belong to these parameters');
    return content;
  }

  #mac(body: Buffer): Buffer {
    return createHmac('sha256', this.#secret).update(body).digest().subarray(0, 16);
  }
}

interface Keyed<T> {
  row: T;
  key: string;
}

/** Keys are made once a row, not once a comparison: with ten thousand bookings that is most of the time of a page. */
function sort<T>({ rows, keyOf, direction }: Rows<T>): Keyed<T>[] {
  const sign = direction === 'asc' ? 1 : -1;
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((left, right) => {
      if (left.key === right.key) return 0;
      return left.key < right.key ? -sign : sign;
    });
}

function startOf<T>(token: TokenContent, sorted: Keyed<T>[], direction: Direction, count: number): number {
  const isBefore = ({ key }: Keyed<T>) => (direction === 'asc' ? key < token.key : key > token.key);
  const before = sorted.filter(isBefore).length;
  if (token.towards === 'previous') return Math.max(0, before - count);
  return sorted[before]?.key === token.key ? before + 1 : before;
}

/** `count` may change from page to page; everything else is repeated with each token. */
function filtersOf({ query }: PageRequest): [string, string][] {
  return Object.entries(query)
    .filter(([name]) => name !== 'count' && name !== 'page_token')
    .map(([name, value]): [string, string] => [name, String(value)])
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

function fingerprint(request: PageRequest): string {
  const content = JSON.stringify([request.callerId, request.path, filtersOf(request)]);
  return createHash('sha256').update(content).digest('base64url');
}
