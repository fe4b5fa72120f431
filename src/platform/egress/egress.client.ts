import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { addAbortSignal, type Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type AxiosInstance, create as createAxios, isAxiosError } from 'axios';
import { PlatformConfig } from '../config/platform.config.js';
import { addressUnder, type EgressQuery, routeTemplate, samePlace } from './egress-address.js';
import { CallTrace, requestIdOf } from './call-trace.js';
import { EgressFailure } from './egress-failure.js';

const DEADLINE_MS = 10_000;
const LARGEST_ANSWER_BYTES = 5 * 1024 * 1024;

export interface EgressRequest {
  readonly provider: string;
  /** From configuration, never from data. */
  readonly baseUrl: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base; ids in it are already encoded. Empty when the base is the whole address. */
  readonly path?: string;
  readonly query?: EgressQuery;
  /** A paging link to follow to the letter, in place of path and query. It must lead into the base. */
  readonly link?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly json: unknown } | { readonly form: Readonly<Record<string, string>> };
  readonly timeoutMs?: number;
  /** What the metrics call this; made from the path when not given. */
  readonly route?: string;
  /** Some answers say nothing beyond their status, in whatever format. */
  readonly answer?: 'json' | 'ignored';
}

export interface EgressResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed answer; undefined when there was none, or when a refusal did not come as JSON. */
  readonly body: unknown;
}

export interface EgressCall {
  readonly provider: string;
  readonly method: string;
  readonly route: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly durationMs: number;
}

/**
 * The only way out to a provider. Every call has one deadline for all of it, a largest answer, no redirects, and goes
 * to a configured base; every status is an answer, and only the lack of one is thrown, as `EgressFailure`.
 */
@Injectable()
export class EgressClient implements OnModuleDestroy {
  // The base hosts are configuration, so a private address is what the operator asked for.
  private readonly httpAgent = new HttpAgent({ keepAlive: true });
  private readonly httpsAgent = new HttpsAgent({ keepAlive: true });
  private readonly http: AxiosInstance = createAxios({
    httpAgent: this.httpAgent,
    httpsAgent: this.httpsAgent,
    proxy: false,
    maxRedirects: 0,
    // Status and size are judged here, over the bytes as they come.
    validateStatus: () => true,
    responseType: 'stream',
    transformRequest: [(data: unknown) => data],
    headers: { common: { Accept: 'application/json', 'User-Agent': 'Passerelle' } },
  });
  private readonly observers: ((call: EgressCall) => void)[] = [];

  constructor(private readonly config: PlatformConfig) {}

  onModuleDestroy(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }

  /** Told of each call when it is over, for metrics and for the count of a pass. */
  observe(observer: (call: EgressCall) => void): void {
    this.observers.push(observer);
  }

  async request(request: EgressRequest): Promise<EgressResponse> {
    const address = this.addressOf(request);
    const route = request.route ?? routeTemplate(request.path ?? address.pathname);
    const startedAt = performance.now();
    let status = 0;
    let requestId: string | null = null;
    try {
      const response = await this.send(request, address, `${request.method} ${route}`);
      status = response.status;
      requestId = requestIdOf(response.headers);
      return response;
    } finally {
      CallTrace.current()?.note({ status, requestId });
      const durationMs = performance.now() - startedAt;
      const call = { provider: request.provider, method: request.method, route, status, durationMs };
      for (const observer of this.observers) observer(call);
    }
  }

  private addressOf({ baseUrl, path = '', query, link }: EgressRequest): URL {
    if (this.config.production && !baseUrl.startsWith('https://')) {
      throw new Error('Production speaks to providers over https only');
    }
    if (link === undefined) return addressUnder(baseUrl, path, query);
    if (!samePlace(link, baseUrl)) throw new Error('A paging link must lead to the place that gave it');
    return new URL(link);
  }

  private async send(request: EgressRequest, address: URL, call: string): Promise<EgressResponse> {
    const { signal: deadline, over } = startDeadline(request.timeoutMs ?? DEADLINE_MS);
    const failure = (kind: EgressFailure['kind'], code?: string) =>
      new EgressFailure(kind, request.provider, call, code);
    try {
      const response = await this.sendOnce(request, address, deadline);
      const bytes = await readAll(response.data, deadline);
      if (bytes === null) throw failure('too-large');
      const headers = textHeaders(response.headers);
      if (request.answer === 'ignored') return { status: response.status, headers, body: undefined };
      const parsed = parseJson(bytes);
      // A page of a proxy with status 200 is not the provider's answer; with an error status the status says enough.
      if (parsed === NOT_JSON && response.status < 300) throw failure('not-json');
      return { status: response.status, headers, body: parsed === NOT_JSON ? undefined : parsed };
    } catch (error) {
      if (error instanceof EgressFailure) throw error;
      if (deadline.aborted) throw failure('timeout');
      throw failure('network', codeOf(error));
    } finally {
      over();
    }
  }

  /** A kept connection may have been closed by the other side just now; reading over a new one is harmless. */
  private async sendOnce(request: EgressRequest, address: URL, signal: AbortSignal) {
    const send = async () =>
      await this.http.request<Readable>({
        url: address.href,
        method: request.method,
        signal,
        ...contentOf(request),
      });
    try {
      return await send();
    } catch (error) {
      const wasReused = isAxiosError(error) && (error.request as { reusedSocket?: boolean })?.reusedSocket === true;
      if (request.method !== 'GET' || !wasReused || signal.aborted) throw error;
      return await send();
    }
  }
}

/** How late a timer may be before it means that the whole process stood still. */
const STANDSTILL_MS = 1_000;

/**
 * One deadline for connecting, waiting and reading. A process that was paused or blocked finds its timers due before
 * its sockets are read, so the answer it waited for may be there already: it gets a moment to be seen, because the
 * answer to a token refresh exists only once.
 */
function startDeadline(timeoutMs: number): { signal: AbortSignal; over: () => void } {
  const controller = new AbortController();
  const dueAt = performance.now() + timeoutMs;
  let timer = setTimeout(() => {
    if (performance.now() - dueAt < STANDSTILL_MS) controller.abort();
    else timer = setTimeout(() => controller.abort(), STANDSTILL_MS);
  }, timeoutMs);
  return { signal: controller.signal, over: () => clearTimeout(timer) };
}

function contentOf({ headers, body }: EgressRequest): { headers: Record<string, string>; data?: string } {
  if (body === undefined) return { headers: { ...headers } };
  if ('form' in body) {
    const type = 'application/x-www-form-urlencoded';
    return { headers: { ...headers, 'Content-Type': type }, data: new URLSearchParams(body.form).toString() };
  }
  return { headers: { 'Content-Type': 'application/json', ...headers }, data: JSON.stringify(body.json) };
}

/** The answer's bytes, or null when there are more than we take. */
async function readAll(stream: Readable, deadline: AbortSignal): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of addAbortSignal(deadline, stream)) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > LARGEST_ANSWER_BYTES) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

const NOT_JSON = Symbol('not JSON');

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return NOT_JSON;
  }
}

function textHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
