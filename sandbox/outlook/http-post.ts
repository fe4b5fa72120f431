import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

export interface PostOrder {
  url: string;
  contentType: string;
  body: string;
  /** From the first byte sent to the last received. */
  timeoutMs: number;
  signal: AbortSignal;
}

export type PostOutcome = { status: number; contentType: string; body: string } | { error: string };

/** A connection of its own for each attempt: a receiver that closed an idle one must not look like a failure. */
const http = new HttpAgent({ keepAlive: false });
const https = new HttpsAgent({ keepAlive: false });
const readAtMost = 64 * 1024;

/** Posts once and follows no redirect. */
export function post({ url, contentType, body, timeoutMs, signal }: PostOrder): Promise<PostOutcome> {
  // One signal ends all that are under way, however many.
  setMaxListeners(0, signal);
  return new Promise((resolve) => {
    const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(body) };
    const options = { method: 'POST', signal, headers };
    const request = url.startsWith('https:')
      ? requestHttps(url, { ...options, agent: https })
      : requestHttp(url, { ...options, agent: http });
    const timer = setTimeout(() => request.destroy(new Error('timeout')), timeoutMs);
    const finish = (outcome: PostOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= readAtMost) chunks.push(chunk);
      });
      response.once('end', () =>
        finish({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString(),
        }),
      );
      response.once('error', (error) => finish({ error: error.message }));
    });
    request.on('error', (error) => finish({ error: error.message }));
    request.end(body);
  });
}
