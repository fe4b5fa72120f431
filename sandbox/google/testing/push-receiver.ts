import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedPush {
  method: string;
  body: string;
  channel: string;
  number: number;
  resource: string;
  state: string;
  uri: string;
  token: string | undefined;
  expiration: string | undefined;
}

export interface PushReceiver {
  readonly url: string;
  readonly received: ReceivedPush[];
  states(): string[];
  answerWith(status: number): void;
  close(): Promise<void>;
}

/** The application's side of a channel: notes what the headers say and answers what it is told to. */
export async function startPushReceiver(): Promise<PushReceiver> {
  const received: ReceivedPush[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const header = (name: string) => request.headers[name]?.toString();
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        method: request.method ?? '',
        body: Buffer.concat(chunks).toString(),
        channel: header('x-goog-channel-id') ?? '',
        number: Number(header('x-goog-message-number')),
        resource: header('x-goog-resource-id') ?? '',
        state: header('x-goog-resource-state') ?? '',
        uri: header('x-goog-resource-uri') ?? '',
        token: header('x-goog-channel-token'),
        expiration: header('x-goog-channel-expiration'),
      });
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    states: () => received.map(({ state }) => state),
    answerWith: (next) => {
      status = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
