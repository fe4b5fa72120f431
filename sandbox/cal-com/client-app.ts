import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { newClientId } from './ids.js';

export interface ClientAppOptions {
  clientId?: string;
  clientSecret?: string;
  /** Where the host application and its pages are, e.g. `https://app.exemple.fr`. */
  hosts?: (string | undefined)[];
  /** OAuth 2.0 redirects, in place of those under `hosts`. */
  redirectUris?: string[];
}

const usualHosts = ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://localhost:5173'];

/** Where an application may expect a person back, under each of its hosts. */
export const callbackPaths = ['/api/cal/callback', '/api/cal/oauth-callback', '/auth/cal-com/callback'];

/**
 * The one registered application. It is a client of the Platform plan and an OAuth 2.0 client under the same id and
 * secret, so that an application can change from one to the other without new credentials.
 */
export class ClientApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Browser origins, which is what a platform client's `redirectUris` are (contract 3). */
  readonly origins: string[];
  #redirectUris: string[];

  constructor(options: ClientAppOptions) {
    const hosts = [...(options.hosts ?? []), ...usualHosts]
      .filter((host): host is string => host !== undefined && host !== '')
      .map((host) => host.replace(/\/+$/, ''));
    this.clientId = options.clientId ?? newClientId();
    this.clientSecret = options.clientSecret ?? `sandbox-secret-${randomBytes(16).toString('hex')}`;
    this.origins = [...new Set(hosts)];
    this.#redirectUris =
      options.redirectUris ?? this.origins.flatMap((host) => callbackPaths.map((path) => `${host}${path}`));
  }

  get redirectUris(): string[] {
    return [...this.#redirectUris];
  }

  register(redirectUris: string[]): void {
    this.#redirectUris = [...new Set(redirectUris)];
  }

  redirectsTo(redirectUri: string): boolean {
    return this.#redirectUris.includes(redirectUri);
  }
}

/** In constant time, whatever was sent. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
