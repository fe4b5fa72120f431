import type { IncomingHttpHeaders, IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { answerTo } from '../errors/problem.answer.js';
import { toProblem } from '../errors/to-problem.js';
import type { EventLog } from '../logging/event-log.js';
import { requestContext } from '../logging/request-context.js';
import type { Metrics } from '../metrics/metrics.js';
import { BARE_HEADERS } from './bare-headers.js';
import { isHostClear } from './host-header.js';
import { RAW_BODY_LIMIT } from './http-server.js';
import { preferredLocale } from './preferred-locale.js';
import { requestIdOf } from './request-id.js';

/** `POST <path>/<token>`, which a controller also serves. */
export interface DoorRoute {
  readonly path: string;
  /** Answered as JSON with status 200; what it throws is answered as everywhere else. */
  receive(token: string, request: { body: Buffer; headers: IncomingHttpHeaders }): Promise<object>;
}

interface Visit {
  readonly route: DoorRoute;
  readonly token: string;
  readonly length: number;
}

const PLAIN_TOKEN = /^[\w-]{1,256}$/;

/**
 * Stands before the framework for requests that come by the thousand and want nothing of it: no session, no validation,
 * only their bytes kept. It takes those that are plainly such; whatever is in any way different goes on to the framework,
 * where the same route answers the same. A quarter of the time of such a request was measured to be the framework's.
 */
export class FrontDoor {
  private readonly headers: Readonly<Record<string, string>>;
  private isClosed = false;

  constructor(
    private readonly routes: readonly DoorRoute[],
    extraHeaders: Readonly<Record<string, string>>,
    private readonly metrics: Metrics,
    private readonly log: EventLog,
  ) {
    this.headers = { ...BARE_HEADERS, ...extraHeaders };
  }

  /** In front of everything that listens by now. */
  standBefore(server: Server): void {
    const inside = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const visit = this.isClosed ? null : this.recognize(request);
      if (visit) this.admit(visit, request, response);
      else for (const listener of inside) listener.call(server, request, response);
    });
  }

  /** From now on the framework, which is about to close, answers everybody. */
  close(): void {
    this.isClosed = true;
  }

  private recognize(request: IncomingMessage): Visit | null {
    const { method, url = '', headers } = request;
    if (method !== 'POST') return null;
    const end = url.lastIndexOf('/');
    const path = url.slice(0, end);
    const route = this.routes.find((one) => one.path === path);
    if (route === undefined) return null;
    const token = url.slice(end + 1);
    const length = Number(headers['content-length']);
    const isPlain = PLAIN_TOKEN.test(token) && length > 0 && length <= RAW_BODY_LIMIT && isHostClear(request);
    return isPlain ? { route, token, length } : null;
  }

  /** One that breaks off before its end is nobody's to answer. */
  private admit(visit: Visit, request: IncomingMessage, response: ServerResponse): void {
    const startedAt = performance.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('error', () => undefined);
    request.once('end', () => {
      const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, visit.length);
      void this.serve(visit, request, body, response).then((status) => {
        const labels = { method: 'POST', route: `${visit.route.path}/:token`, status };
        this.metrics.requests.observe(labels, (performance.now() - startedAt) / 1_000);
      });
    });
  }

  private async serve(
    { route, token }: Visit,
    { headers }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<number> {
    const requestId = requestIdOf(headers);
    const locale = preferredLocale(headers['accept-language']);
    return await requestContext.run({ requestId, locale, ipPrefix: 'unknown' }, async () => {
      try {
        const answer = await route.receive(token, { body, headers });
        return this.send(response, requestId, 200, JSON_ONLY, answer);
      } catch (error) {
        const { status, headers: extra, body: problem } = answerTo(toProblem(error), requestId);
        if (status >= 500) this.log.failure('request.failed', error, { route: `${route.path}/:token`, status });
        return this.send(response, requestId, status, extra, problem);
      }
    });
  }

  private send(
    response: ServerResponse,
    requestId: string,
    status: number,
    headers: Readonly<Record<string, string>>,
    answer: object,
  ): number {
    const text = JSON.stringify(answer);
    response
      .writeHead(status, {
        ...this.headers,
        ...headers,
        // A connection that outlived the end of the server would hold it up.
        ...(this.isClosed && { connection: 'close' }),
        'x-request-id': requestId,
        'content-length': Buffer.byteLength(text),
      })
      .end(text);
    return status;
  }
}

const JSON_ONLY = { 'content-type': 'application/json; charset=utf-8' };
