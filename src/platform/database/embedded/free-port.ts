import { createServer } from 'node:net';

/** The wanted port when it is free on loopback, any free one otherwise. */
export async function findFreePort(wanted: number | null): Promise<number> {
  return (await tryPort(wanted ?? 0)) ?? (await tryPort(0)) ?? refuse();
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null));
    });
  });
}

function refuse(): never {
  throw new Error('No free port was found on 127.0.0.1.');
}
