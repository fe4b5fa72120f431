import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Sending {
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Connections that are kept: what is measured is the work, not the greeting. */
export class Caller {
  private readonly agent: Agent;

  constructor(connections: number) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send({ method, url, headers = {}, body }: Sending): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const sent = request(url, { method, agent: this.agent, headers: { ...headers, ...length } });
      sent.once('error', reject);
      sent.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      sent.end(body);
    });
  }

  /** JSON there and back. Anything but a success ends the bench. */
  async json<T>(method: string, url: string, { token, body }: { token?: string; body?: unknown } = {}): Promise<T> {
    return (await this.page<T>(method, url, { token, body })).body;
  }

  /** The same, with the address of the next page where the answer names one. */
  async page<T>(
    method: string,
    url: string,
    { token, body }: { token?: string; body?: unknown } = {},
  ): Promise<{ body: T; next: string | null }> {
    const answer = await this.send({
      method,
      url,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${url} answered ${answer.status}: ${answer.text}`);
    const next = /<([^>]+)>; rel="next"/.exec(String(answer.headers['link'] ?? ''))?.[1] ?? null;
    return {
      body: (answer.text === '' ? undefined : JSON.parse(answer.text)) as T,
      next: next === null ? null : new URL(next, url).href,
    };
  }

  close(): void {
    this.agent.destroy();
  }
}
