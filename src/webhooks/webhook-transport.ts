import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Injectable } from '@nestjs/common';
import { AddressForbidden, isPublicAddress, literalAddress, publicLookup } from './public-address.js';
import { OutgoingWebhooksConfig } from './webhooks.config.js';

/** How one try ended. */
export interface WebhookAnswer {
  /** Null when none came. */
  readonly status: number | null;
  /** A word for what went wrong; null when the status was 2xx. */
  readonly error: string | null;
  /** What the other side asked for. */
  readonly retryAfterMs: number;
  readonly durationMs: number;
}

const DEADLINE_MS = 15_000;
/** An answer says all in its status; what follows is read only so far that the connection ends in good order. */
const MOST_ANSWER_BYTES = 64 * 1024;
const LONGEST_RETRY_AFTER_MS = 12 * 60 * 60 * 1_000;

/**
 * The way out to addresses that administrators typed in. It looks at every address a name leads to at the moment of
 * connecting, follows no redirect, keeps no connection, and reads nothing of the answer but its status.
 */
@Injectable()
export class WebhookTransport {
  constructor(private readonly config: OutgoingWebhooksConfig) {}

  async post(
    url: string,
    body: string,
    headers: Record<string, string>,
    signal: AbortSignal,
    deadlineMs = DEADLINE_MS,
  ): Promise<WebhookAnswer> {
    const startedAt = performance.now();
    const deadline = AbortSignal.timeout(deadlineMs);
    const durationMs = () => Math.round(performance.now() - startedAt);
    try {
      const response = await this.send(new URL(url), body, headers, AbortSignal.any([signal, deadline]));
      const { statusCode: status = 0 } = response;
      return { status, error: errorOf(status), retryAfterMs: retryAfterOf(response), durationMs: durationMs() };
    } catch (error) {
      // The worker stops: that is no failure of the other side.
      if (signal.aborted) throw error;
      const word = deadline.aborted ? 'timeout' : codeOf(error);
      return { status: null, error: word, retryAfterMs: 0, durationMs: durationMs() };
    }
  }

  private send(url: URL, body: string, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
    const isSecure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      if (!this.config.allowsPrivate) {
        if (!isSecure) return reject(new AddressForbidden());
        // A host that is an address is connected to without any look-up.
        const literal = literalAddress(url);
        if (literal !== null && !isPublicAddress(literal)) return reject(new AddressForbidden());
      }
      const options: RequestOptions = {
        method: 'POST',
        agent: false,
        signal,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Passerelle',
        },
        ...(!this.config.allowsPrivate && { lookup: publicLookup() }),
      };
      const sent = (isSecure ? httpsRequest : httpRequest)(url, options);
      sent.once('error', reject);
      sent.once('response', (response) => {
        // From here on the answer is known, however the rest of it ends.
        sent.on('error', () => undefined).off('error', reject);
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MOST_ANSWER_BYTES) response.destroy();
        });
        response.on('error', () => undefined);
        response.once('close', () => resolve(response));
      });
      return sent.end(body);
    });
  }
}

function errorOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

function retryAfterOf({ headers }: IncomingMessage): number {
  const value = headers['retry-after'];
  if (value === undefined) return 0;
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS) : 0;
}

/** The system's own word in small letters, such as `econnrefused`; of a certificate, that it is one. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !/^[\w-]{1,60}$/.test(code)) return 'network';
  return /CERT|SELF_SIGNED|TLS|SSL|ISSUER/.test(code) ? 'certificate' : code.toLowerCase();
}
