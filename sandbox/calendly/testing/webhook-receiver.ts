import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  signature: string | undefined;
  body: string;
}

interface Invitee {
  uri: string;
  event: string;
  no_show: object | null;
  questions_and_answers: object[];
  tracking: object;
  cancellation?: object;
  scheduled_event: { status: string; invitees_counter: object; event_memberships: object[] };
}

/** As far as tests read it. */
export interface Envelope {
  event: string;
  created_by: string;
  payload: Invitee;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** Names of the events received, in order of arrival. */
  names(): string[];
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
      const signature = request.headers['calendly-webhook-signature']?.toString();
      received.push({ signature, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const envelopes = () => received.map(({ body }) => JSON.parse(body) as Envelope);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    envelopes,
    names: () => envelopes().map(({ event }) => event),
    answerWith: (next) => {
      status = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
