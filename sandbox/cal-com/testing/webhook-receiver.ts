import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  signature: string | undefined;
  version: string | undefined;
  contentType: string | undefined;
  body: string;
}

/** As far as tests read it. */
export interface Envelope {
  triggerEvent: string;
  createdAt: string;
  payload: Record<string, unknown>;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** Names of the triggers received, in order of arrival. */
  triggers(): string[];
  envelopes(): Envelope[];
  answerWith(status: number): void;
  close(): Promise<void>;
}

/** The application's side of a webhook: keeps the bytes it got and answers what it is told to. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers } = request;
      received.push({
        signature: headers['x-cal-signature-256']?.toString(),
        version: headers['x-cal-webhook-version']?.toString(),
        contentType: headers['content-type'],
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const envelopes = () => received.map(({ body }) => JSON.parse(body) as Envelope);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    envelopes,
    triggers: () => envelopes().map(({ triggerEvent }) => triggerEvent),
    answerWith: (next) => {
      status = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
