export type EmbeddedPostgresProblem =
  | 'unsupported-platform'
  | 'binaries-unusable'
  | 'no-server-account'
  | 'owned-by-another-process'
  | 'foreign-server'
  | 'wrong-version'
  | 'credentials-missing'
  | 'initdb-failed'
  | 'start-failed'
  | 'stop-failed';

/** Messages name folders, ports and process ids, and what to do next; never a password. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: `embedded-postgres/${EmbeddedPostgresProblem}`;

  constructor(problem: EmbeddedPostgresProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = `embedded-postgres/${problem}`;
  }
}
