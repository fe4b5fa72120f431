import { createServer } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { readForm, readJson } from './bodies.js';
import { serveGestures } from './gestures.js';
import { html, page } from './page.js';
import type { Origin, StandIn } from './stand-in.js';

const host = '127.0.0.1';

export interface SandboxServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the stand-ins on loopback. They are built here because their addresses follow from the port that is found. */
export async function startSandboxServer<const T extends readonly StandIn[]>(
  build: (origin: Origin) => T,
  port: number,
): Promise<{ server: SandboxServer; standIns: T }> {
  const origin = { url: '' };
  const server = Fastify({ forceCloseConnections: true, bodyLimit: 1024 * 1024 });
  acceptFormsAndJson(server);
  refuseOtherOrigins(server, origin);
  const standIns = build(origin);
  for (const standIn of standIns) await standIn.register(server);
  await serveGestures(server, standIns);
  serveIndex(server, standIns);
  origin.url = await server.listen({ host, port });

  const close = async () => {
    for (const standIn of standIns) await standIn.close();
    await server.close();
  };
  return { server: { url: origin.url, close }, standIns };
}

/** The first free port from `preferred` on. */
export async function findFreePort(preferred: number): Promise<number> {
  for (let port = preferred; port < preferred + 100; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${preferred} and ${preferred + 99} on ${host}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

function acceptFormsAndJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    const body = readJson(String(text));
    if (body instanceof Error) done(body);
    else done(null, body);
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => {
    done(null, readForm(String(text)));
  });
}

/** A page of any site may send a form here; only a program, or a page of the sandbox itself, is to command it. */
function refuseOtherOrigins(server: FastifyInstance, own: Origin): void {
  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (!request.url.startsWith('/_sandbox/') || origin === undefined || origin === own.url) return;
    await reply.status(403).send({ error: 'refused', field: 'origin', message: 'pages of other origins may not' });
  });
}

function serveIndex(server: FastifyInstance, standIns: readonly StandIn[]): void {
  const [first, ...others] = standIns;
  server.get('/', async (_request, reply) => {
    if (first && others.length === 0) return reply.redirect(`/${first.name}/`, 302);
    const links = standIns.map((standIn) => html`<li><a href="/${standIn.name}/">${standIn.title}</a></li>`);
    return page(reply, {
      lang: 'fr',
      title: 'Passerelle',
      body: html`<h1>Passerelle</h1>
        <ul>
          ${links}
        </ul>`,
    });
  });
}
