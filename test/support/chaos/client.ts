import { request } from 'node:http';

export interface HeardAnswer {
  status: number;
  link: string | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects to be there
  body: any;
}

export interface Asked {
  token?: string | undefined;
  /** Sent as JSON; a text as it stands. */
  body?: object | string | undefined;
  headers?: Record<string, string>;
}

/** What nobody answered: the connection was refused, or broke. Whether it had an effect is not known. */
export class NotAnswered extends Error {}

// Longer than anything the product promises; whoever waits longer would wait for ever.
const PATIENCE_MS = 60_000;

/** One request over a connection of its own, so that the front chooses anew each time. */
export function ask(url: string, method: string, path: string, asked: Asked = {}): Promise<HeardAnswer> {
  const payload = typeof asked.body === 'object' ? JSON.stringify(asked.body) : asked.body;
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new NotAnswered(`${method} ${path}: ${error.message}`));
    const sent = request(new URL(path, url), {
      method,
      agent: false,
      timeout: PATIENCE_MS,
      headers: {
        ...(asked.token !== undefined && { authorization: `Bearer ${asked.token}` }),
        ...(payload !== undefined && {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(payload)),
        }),
        ...asked.headers,
      },
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.once('error', fail);
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', fail);
      response.once('end', () => {
        if (!response.complete) return fail(new Error('cut short'));
        const text = Buffer.concat(chunks).toString();
        const link = /<([^>]+)>; rel="next"/.exec(String(response.headers.link ?? ''))?.[1];
        resolve({ status: response.statusCode ?? 0, link, body: parse(text) });
      });
    });
    sent.end(payload);
  });
}

/** All pages of a list. */
export async function readAll<T>(url: string, path: string, token: string): Promise<T[]> {
  const rows: T[] = [];
  for (let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=200`; next !== undefined;) {
    const { status, link, body } = await ask(url, 'GET', next, { token });
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}`);
    rows.push(...(body as T[]));
    next = link;
  }
  return rows;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
