import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventLog } from '../logging/event-log.js';
import { DATABASE_URL } from './database-url.js';
import { ImpatientClient } from './impatient-client.js';
import { UnitOfWork } from './unit-of-work.js';

/** Longest wait for a connection, a statement and a lock: a stuck database becomes a 503, never a pile-up. */
const LIMITS = {
  max: 20,
  connectionTimeoutMillis: 2_000,
  statement_timeout: 10_000,
  // Of the client: the server's limit cannot be heard over a line that went silent. Later than that limit.
  query_timeout: 12_000,
  Client: ImpatientClient,
  lock_timeout: 3_000,
  idle_in_transaction_session_timeout: 10_000,
};

@Module({})
export class DatabaseModule {
  /** `isLazy`: nothing is connected until somebody asks for it, for a look at an application that could not start. */
  static connecting(url: string, { isLazy = false }: { isLazy?: boolean } = {}): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [EventLog],
          useFactory: (log: EventLog) => ({
            type: 'postgres' as const,
            url,
            autoLoadEntities: true,
            synchronize: false,
            migrationsRun: false,
            logging: false,
            // A missing filter must be an error, never "all rows".
            invalidWhereValuesBehavior: { null: 'throw' as const, undefined: 'throw' as const },
            installExtensions: false,
            applicationName: 'passerelle',
            poolErrorHandler: (error: unknown) => log.failure('database.connection_lost', error),
            extra: LIMITS,
            retryAttempts: 3,
            retryDelay: 1_000,
            manualInitialization: isLazy,
          }),
        }),
      ],
      providers: [UnitOfWork, { provide: DATABASE_URL, useValue: url }],
      exports: [UnitOfWork, DATABASE_URL, TypeOrmModule],
    };
  }
}
