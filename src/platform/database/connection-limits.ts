import { ImpatientClient } from './impatient-client.js';

/** Longest wait for a connection, a statement and a lock: a stuck database becomes a 503, never a pile-up. */
export const CONNECTION_LIMITS = {
  connectionTimeoutMillis: 2_000,
  statement_timeout: 10_000,
  // Of the client: the server's limit cannot be heard over a line that went silent. Later than that limit.
  query_timeout: 12_000,
  Client: ImpatientClient,
  lock_timeout: 3_000,
  idle_in_transaction_session_timeout: 10_000,
};
