import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Notice {
  subscriptionId: string;
  clientState: string | null;
  changeType?: string;
  lifecycleEvent?: string;
  resource?: string;
  tenantId: string;
  subscriptionExpirationDateTime: string;
  resourceData?: { id: string };
}

export interface Received {
  path: string;
  contentType: string;
  notices: Notice[];
}

export type Handshake = (token: string, response: ServerResponse, request: IncomingMessage) => void;

const asAsked: Handshake = (token, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' }).end(token);
};

export interface NotificationReceiver {
  readonly url: string;
  readonly lifecycleUrl: string;
  readonly received: Received[];
  /** Paths whose handshake was asked for. */
  readonly validated: string[];
  notices(): Notice[];
  answerWith(status: number): void;
  /** How the next handshakes are answered. */
  shake(handshake: Handshake): void;
  close(): Promise<void>;
}

/** The application's side: shakes hands, keeps what it is told, and answers what a test wants. */
export async function startNotificationReceiver(): Promise<NotificationReceiver> {
  const received: Received[] = [];
  const validated: string[] = [];
  let status = 202;
  let handshake = asAsked;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://receiver');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const token = url.searchParams.get('validationToken');
      if (token !== null) {
        validated.push(`${url.pathname}${url.searchParams.has('own') ? '?own' : ''}`);
        handshake(token, response, request);
        return;
      }
      const { value } = JSON.parse(Buffer.concat(chunks).toString()) as { value: Notice[] };
      received.push({ path: url.pathname, contentType: request.headers['content-type'] ?? '', notices: value });
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${base}/hook`,
    lifecycleUrl: `${base}/lifecycle`,
    received,
    validated,
    notices: () => received.flatMap(({ notices }) => notices),
    answerWith: (next) => {
      status = next;
    },
    shake: (next) => {
      handshake = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
