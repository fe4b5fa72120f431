import { Client } from 'pg';

const PING_EVERY_MS = 15_000;

/**
 * A connection that hears NOTIFY. It is a plain client, not one of a pool: a pool takes its own error handler off a
 * client it lends, and the loss of the connection would then end the process.
 *
 * Such a connection is only read from, so the death of the other side would stay unnoticed for as long as the operating
 * system keeps hoping. It is asked something now and then, and dropped when it does not answer: `end` is emitted, and
 * whoever listens opens the next one.
 */
export async function openListeningConnection(databaseUrl: string): Promise<Client> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'passerelle realtime',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
  });
  // `end` follows every error, and says enough.
  client.on('error', () => undefined);
  await client.connect();
  const ping = setInterval(() => {
    client.query('SELECT 1').catch(() => {
      clearInterval(ping);
      dropConnection(client);
    });
  }, PING_EVERY_MS);
  ping.unref();
  client.once('end', () => clearInterval(ping));
  return client;
}

/** Ends it without the goodbye that a dead peer would never answer. */
export function dropConnection(client: Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}
