import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { EventLog } from '../logging/event-log.js';
import { CONNECTION_LIMITS } from './connection-limits.js';
import { DATABASE_URL } from './database-url.js';
import { ACROSS_SETTING } from './row-security.js';
import { StorageUnreachable } from './storage-failure.js';

export interface PreparedStatement {
  /** Of this text and no other. */
  readonly name: string;
  readonly text: string;
}

/** Whoever sends one statement at a time wants no more. */
const CONNECTIONS = 1;

/**
 * Statements that serve all organizations and are a transaction each: planned once, and there and back in one go. A unit
 * of work goes four times (begin, whose rows, statement, commit), which is more than what some do in between. What they may
 * do is declared in row-security.ts as for any work across organizations.
 */
@Injectable()
export class PreparedStatements implements OnApplicationShutdown {
  private readonly pool: Pool;

  constructor(@Inject(DATABASE_URL) url: string, log: EventLog) {
    this.pool = new Pool({
      ...CONNECTION_LIMITS,
      connectionString: url,
      application_name: 'passerelle-prepared',
      max: CONNECTIONS,
      // Of the session, as there is nothing else that the connection is for.
      options: `-c ${ACROSS_SETTING}=on`,
    });
    this.pool.on('error', (error) => log.failure('database.connection_lost', error));
  }

  async runAcross<T extends object>(statement: PreparedStatement, parameters: unknown[]): Promise<T[]> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw new StorageUnreachable(error);
    });
    let failure: unknown;
    try {
      return (await client.query<T>({ ...statement, values: parameters })).rows;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      // A connection that failed in whatever way is not used again.
      client.release(failure !== undefined);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
