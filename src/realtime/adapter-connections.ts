import { Pool, type Client, type QueryResult } from 'pg';
import { EventLog } from '../platform/logging/event-log.js';
import { dropConnection, openListeningConnection } from './listening-connection.js';

/**
 * The two things the adapter wants of the `pg.Pool` it is given: a connection to listen on, and queries. A real pool
 * would not do for the first: it forgets to count a lent connection that was lost, so that after a few restarts of the
 * database there would be none left to lend.
 */
export class AdapterConnections {
  private readonly pool: Pool;
  private listening: Client | null = null;
  private isClosed = false;

  constructor(
    private readonly databaseUrl: string,
    log: EventLog,
  ) {
    this.pool = new Pool({
      connectionString: databaseUrl,
      application_name: 'passerelle realtime',
      max: 2,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    this.pool.on('error', (error) => log.failure('realtime.connection_lost', error));
  }

  /** The adapter asks again whenever the connection has ended. There is never more than one, so nothing comes twice. */
  async connect(): Promise<Client & { release(): void }> {
    // Neither an answer nor an error: to the adapter an error means trying again, for ever.
    if (this.isClosed) return await new Promise(() => undefined);
    this.retire();
    const client = await openListeningConnection(this.databaseUrl);
    this.retire();
    if (this.isClosed) {
      dropConnection(client);
      return await new Promise(() => undefined);
    }
    this.listening = client;
    return Object.assign(client, { release: () => dropConnection(client) });
  }

  query(text: string, values?: unknown[]): Promise<QueryResult> {
    return this.pool.query(text, values);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.retire();
    await this.pool.end();
  }

  private retire(): void {
    if (this.listening === null) return;
    // The adapter would take this end for a loss, and ask for another one.
    this.listening.removeAllListeners('end');
    dropConnection(this.listening);
    this.listening = null;
  }
}
