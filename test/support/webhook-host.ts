import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface HeardMessage {
  id: string;
  type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects to be there
  data: any;
  timestamp: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** What it was answered. */
  status: number;
}

/** A host application as its author would write it: it checks what comes with the library of the scheme. */
export class WebhookHost {
  /** All that came, also what was refused. */
  readonly heard: HeardMessage[] = [];
  /** What to answer; 200 unless a test says otherwise. */
  answer: (message: HeardMessage) => number | { status: number; headers: Record<string, string> } = () => 200;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { type, data, timestamp } = JSON.parse(body) as Pick<HeardMessage, 'type' | 'data' | 'timestamp'>;
        const { headers } = request;
        const message = { id: String(headers['webhook-id']), type, data, timestamp, headers, body, status: 0 };
        const answer = this.answer(message);
        const { status, headers: extra } = typeof answer === 'number' ? { status: answer, headers: {} } : answer;
        message.status = status;
        this.heard.push(message);
        response.writeHead(status, extra).end('{}');
      });
    });
  }

  static async start(): Promise<WebhookHost> {
    const host = new WebhookHost();
    await new Promise<void>((resolve) => host.server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** What it answered 2xx, in that order. */
  get accepted(): HeardMessage[] {
    return this.heard.filter(({ status }) => status >= 200 && status < 300);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Throws when the signature is not one of this secret. */
export function verified(message: HeardMessage, secret: string): unknown {
  return new Webhook(secret).verify(message.body, message.headers as Record<string, string>);
}
