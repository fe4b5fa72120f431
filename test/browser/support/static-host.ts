import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

const run = promisify(execFile);

export interface StaticHost {
  readonly origin: string;
  /** Builds the console for the server of that origin, as its README says, and serves it from then on. */
  serveConsoleFor(apiOrigin: string): Promise<void>;
  close(): Promise<void>;
}

/** A host of files that knows nothing of Passerelle: what is no file below `/console/` is the one page. */
export async function startStaticHost(): Promise<StaticHost> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-console-'));
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any.invalid');
    const name = pathname.startsWith('/console/') ? pathname.slice('/console/'.length) : null;
    if (name === null) return void reply.writeHead(404).end();
    const extension = extname(name) || '.html';
    readFile(join(folder, extname(name) ? name : 'index.html')).then(
      (content) =>
        reply.writeHead(200, { 'content-type': TYPES[extension] ?? 'application/octet-stream' }).end(content),
      () => reply.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serveConsoleFor: async (apiOrigin) => {
      const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
      const options = ['build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
      await run(process.execPath, [vite, ...options], {
        cwd: join(ROOT, 'console'),
        env: { ...process.env, NODE_ENV: 'production', VITE_API_ORIGIN: apiOrigin },
      });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
