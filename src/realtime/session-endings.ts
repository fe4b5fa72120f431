import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Client } from 'pg';
import { SESSIONS_ENDED_CHANNEL } from '../accounts/index.js';
import { DATABASE_URL } from '../platform/database/database-url.js';
import { EventLog } from '../platform/logging/event-log.js';
import { dropConnection, openListeningConnection } from './listening-connection.js';

const RECONNECT_AFTER_MS = 500;

/** Longer than a handshake may take: see `hasJustHeard`. */
const REMEMBERED_FOR_MS = 60_000;

export interface SessionEndingsListener {
  /** What `accounts` announced: a session, or a person whose sessions have to be looked at again. */
  announced(subject: string): void;
  /** The connection was lost and is back: endings may have been missed in between. */
  resumed(): void;
}

/** Hears on every instance which sessions have ended, as long as there is a database to hear it from. */
@Injectable()
export class SessionEndings implements OnApplicationShutdown {
  private readonly remembered = new Set<string>();
  private connection: Client | null = null;
  private retry: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
    private readonly log: EventLog,
  ) {}

  /** Resolves when the first attempt to listen has ended, well or not; later ones follow by themselves. */
  async listen(listener: SessionEndingsListener): Promise<void> {
    if (this.isClosed) return;
    try {
      const connection = await openListeningConnection(this.databaseUrl);
      await this.attend(connection, listener);
    } catch (error) {
      this.log.failure('realtime.session_endings_unheard', error);
      this.listenAgain(listener);
    }
  }

  /**
   * True for what was announced while a handshake may have been under way: the socket was checked before, joins its
   * rooms after, and would otherwise be overlooked.
   */
  hasJustHeard(subject: string): boolean {
    return this.remembered.has(subject);
  }

  onApplicationShutdown(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    if (this.connection) dropConnection(this.connection);
  }

  private async attend(connection: Client, listener: SessionEndingsListener): Promise<void> {
    connection.on('notification', ({ payload }) => {
      if (payload) this.hear(payload, listener);
    });
    try {
      await connection.query(`LISTEN ${SESSIONS_ENDED_CHANNEL}`);
    } catch (error) {
      dropConnection(connection);
      throw error;
    }
    if (this.isClosed) return dropConnection(connection);
    this.connection = connection;
    connection.once('end', () => {
      this.connection = null;
      this.listenAgain(listener);
    });
    listener.resumed();
  }

  private hear(subject: string, listener: SessionEndingsListener): void {
    this.remembered.add(subject);
    setTimeout(() => this.remembered.delete(subject), REMEMBERED_FOR_MS).unref();
    listener.announced(subject);
  }

  private listenAgain(listener: SessionEndingsListener): void {
    if (this.isClosed) return;
    this.retry = setTimeout(() => void this.listen(listener), RECONNECT_AFTER_MS);
  }
}
