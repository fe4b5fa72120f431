import { DataSource } from 'typeorm';
import { UnitOfWork } from './unit-of-work.js';

/** The door to the database for a command: few connections, statements that may take their time, locks that may not. */
export async function withCommandWork<T>(
  url: string,
  applicationName: string,
  task: (work: UnitOfWork) => Promise<T>,
): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url,
    synchronize: false,
    installExtensions: false,
    logging: false,
    applicationName,
    poolErrorHandler: () => undefined,
    extra: {
      max: 3,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 0,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
  await source.initialize();
  try {
    return await task(new UnitOfWork(source));
  } finally {
    await source.destroy();
  }
}
