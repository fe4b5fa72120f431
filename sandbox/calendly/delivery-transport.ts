import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

export interface TransportLimits {
  connectTimeoutMs: number;
  readTimeoutMs: number;
}

export type TransportOutcome = { status: number } | { error: string };

/** A connection of its own for each attempt: a receiver that closed an idle one must not look like a failure. */
const http = new HttpAgent({ keepAlive: false });
const https = new HttpsAgent({ keepAlive: false });

/** Posts once, follows no redirect, and keeps the two time-outs apart: so long to connect, so long to answer (5.5). */
export function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  limits: TransportLimits,
  signal: AbortSignal,
): Promise<TransportOutcome> {
  // One signal ends all that are under way, however many.
  setMaxListeners(0, signal);
  return new Promise((resolve) => {
    const isTls = url.startsWith('https:');
    const options = { method: 'POST', signal, headers: { ...headers, 'content-length': Buffer.byteLength(body) } };
    const request = isTls
      ? requestHttps(url, { ...options, agent: https })
      : requestHttp(url, { ...options, agent: http });
    const giveUp = (reason: string) => () => request.destroy(new Error(reason));
    let timer = setTimeout(giveUp('connect timeout'), limits.connectTimeoutMs);
    const finish = (outcome: TransportOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };

    request.on('socket', (socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        timer = setTimeout(giveUp('read timeout'), limits.readTimeoutMs);
      });
    });
    request.on('response', (response) => {
      response.resume();
      response.once('end', () => finish({ status: response.statusCode ?? 0 }));
      response.once('error', (error) => finish({ error: error.message }));
    });
    request.on('error', (error) => finish({ error: error.message }));
    request.end(body);
  });
}
