import type { FastifyReply, FastifyRequest } from 'fastify';
import { DateTime } from 'luxon';
import { isUuid } from './id.pipe.js';
import { cursorInvalid } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';

/** As `timestamptz::text` writes it, whatever the time zone of the session. */
const POSTGRES_INSTANT = /^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d)?$/;

/** Packs the sort key of a page's last row. Opaque to clients, so that the order may change its shape later. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Unpacks a cursor of `length` parts; anything we did not make is `request/cursor-invalid`. */
export function decodeCursor(cursor: string, length: number): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === 'string')) {
      return parts;
    }
  } catch (error) {
    throw new Problem(cursorInvalid, { cause: error });
  }
  throw new Problem(cursorInvalid);
}

/**
 * The cursor of a list ordered by an instant and then by id. `at` is PostgreSQL's own text of the instant: a JavaScript
 * date would lose its microseconds, and the page after it would repeat or skip rows.
 */
export function decodeInstantCursor(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  const [at = '', id = ''] = decodeCursor(cursor, 2);
  // JavaScript reads 30 February as a day in March; PostgreSQL refuses it, and that would be our fault.
  if (!POSTGRES_INSTANT.test(at) || !DateTime.fromSQL(at).isValid || !isUuid(id)) throw new Problem(cursorInvalid);
  return { at, id };
}

/** The cursor of a list ordered by our time-ordered ids alone. */
export function decodeIdCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [id = ''] = decodeCursor(cursor, 1);
  if (!isUuid(id)) throw new Problem(cursorInvalid);
  return id;
}

/** Announces the next page (RFC 8288). The address is relative, so that it holds behind any proxy. */
export function setNextLink(reply: FastifyReply, request: FastifyRequest, cursor: string | null): void {
  if (cursor === null) return;
  const [path = '/', query] = request.url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  void reply.header('link', `<${path}?${parameters.toString()}>; rel="next"`);
}
