import { QueryFailedError } from 'typeorm';

/**
 * SQLSTATE classes that say "not now" rather than "not so": connection lost (08), resources or disk exhausted (53),
 * server shutting down or starting (57P), waits that were cut short (55P03 lock, 57014 statement), and transactions
 * that lost against another one (40).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const UNAVAILABLE = /^(?:08...|40001|40P01|53...|57P..|55P03|57014|25P0[34])$/;

const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);

/** Texts of pg's own errors that carry no code. */
const DRIVER_MESSAGES =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Cannot use a pool after calling end|Query read timeout)/;

/** No transaction could be opened, or its connection broke. A broken socket does not say whose socket it was. */
export class StorageUnreachable extends Error {
  constructor(cause: unknown) {
    super('The database could not be reached', { cause });
    this.name = 'StorageUnreachable';
  }
}

/** True when the database, not the request, is the reason: the caller may try the same thing again later. */
export function isStorageFailure(error: unknown): boolean {
  if (error instanceof StorageUnreachable) return true;
  const origin = error instanceof QueryFailedError ? (error.driverError as unknown) : error;
  if (!(origin instanceof Error)) return false;
  const code = (origin as { code?: unknown }).code;
  // FATAL ends the connection, or never lets it begin: no statement of ours is to blame for that.
  if ((origin as { severity?: unknown }).severity === 'FATAL') return true;
  if (typeof code === 'string') {
    if (SOCKET_CODES.has(code)) return isDatabaseError(error, origin);
    if (UNAVAILABLE.test(code)) return true;
  }
  return DRIVER_MESSAGES.test(origin.message);
}

/** A refused connection may be a provider's; only those that came through the database layer count here. */
function isDatabaseError(error: unknown, origin: Error): boolean {
  return error instanceof QueryFailedError || /pg-pool|\/pg\/|typeorm/.test(origin.stack ?? '');
}
