import { setMaxListeners } from 'node:events';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export type Outcome = { status: number } | { error: string };

export interface Parcel {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * Posts once and follows no redirect (contract 8.5), over a connection of its own: there is no second attempt, so a
 * receiver that closed an idle connection must not lose a delivery by it.
 */
export function post({ url, headers, body }: Parcel, timeoutMs: number, signal: AbortSignal): Promise<Outcome> {
  // One signal ends all that are under way, however many.
  setMaxListeners(0, signal);
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const length = Buffer.byteLength(body);
    const request = send(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'content-length': length },
    });
    const timer = setTimeout(() => request.destroy(new Error('timeout')), timeoutMs);
    const finish = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    request.on('response', (response) => {
      response.resume();
      response.once('end', () => finish({ status: response.statusCode ?? 0 }));
      response.once('error', (error) => finish({ error: error.message }));
    });
    request.on('error', (error) => finish({ error: error.message }));
    request.end(body);
  });
}
