import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventLog } from '../logging/event-log.js';
import { CONNECTION_LIMITS } from './connection-limits.js';
import { DATABASE_URL } from './database-url.js';
import { PreparedStatements } from './prepared-statements.js';
import { UnitOfWork } from './unit-of-work.js';

const MOST_CONNECTIONS = 20;

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
            extra: { ...CONNECTION_LIMITS, max: MOST_CONNECTIONS },
            retryAttempts: 3,
            retryDelay: 1_000,
            manualInitialization: isLazy,
          }),
        }),
      ],
      providers: [UnitOfWork, PreparedStatements, { provide: DATABASE_URL, useValue: url }],
      exports: [UnitOfWork, PreparedStatements, DATABASE_URL, TypeOrmModule],
    };
  }
}
