import { Client, type ClientConfig } from 'pg';

/** What pg says when `query_timeout` is over. */
const READ_TIMEOUT = 'Query read timeout';

/**
 * A connection that ends itself when an answer is overdue. The server's own limits are of no help against a line that
 * went silent, and pg would hand the silent connection to the next caller, until all of the pool are silent.
 */
export class ImpatientClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    // Between the pool's listener and its borrower's there is a moment without any: an error then would end the process.
    this.on('error', () => undefined);
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    this.query = ((...given: unknown[]): unknown => {
      const answer = query(...given);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.endAfter(error));
      return answer;
    }) as typeof this.query;
  }

  private endAfter(error: unknown): void {
    if (!(error instanceof Error) || error.message !== READ_TIMEOUT) return;
    // Not `end()`, which would wait for the other side to say goodbye.
    this.connection.stream.destroy();
  }
}
