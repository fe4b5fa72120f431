import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SentRequest } from './calendly-specification.js';

export interface RecordingProxy {
  readonly url: string;
  readonly requests: SentRequest[];
  close(): Promise<void>;
}

/**
 * Stands between the client and a server, and keeps what is asked, byte for byte. Addresses in answers are rewritten to
 * lead here and back again on the way, so that neither side notices.
 */
export async function startRecordingProxy(origin: string): Promise<RecordingProxy> {
  const requests: SentRequest[] = [];

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const address = new URL(request.url!, url);
    requests.push({
      method: request.method!,
      path: address.pathname,
      query: address.searchParams,
      headers: request.headers,
      body,
    });
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(origin + translate(request.url!, url, origin), {
      method: request.method!,
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(body !== '' && { body: translate(body, url, origin) }),
    });
    const answered = translate(await answer.text(), origin, url);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(answered);
  };

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function translate(content: string, from: string, to: string): string {
  return content.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to));
}
