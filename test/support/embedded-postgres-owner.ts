// A process that owns an embedded server, to be killed by a test. Tells each event as a line of JSON.
import { EmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';

const [dataDir = ''] = process.argv.slice(2);
const tell = (event: string, fields: object = {}): void => {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
};

try {
  const server = await EmbeddedPostgres.start({ dataDir, isDisposable: true, log: (event) => tell(event) });
  tell('ready', { url: server.url, ownerUrl: server.ownerUrl, adopted: server.adopted });
  // The supervisor's own timer does not keep a process alive.
  setInterval(() => undefined, 60_000);
} catch (error) {
  tell('refused', { message: error instanceof Error ? error.message : String(error) });
}
