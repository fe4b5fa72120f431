import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Scope } from './scopes.js';

export interface ClientAppOptions {
  clientId?: string;
  clientSecret?: string;
  signingKey?: string;
  redirectUris?: string[];
  scopes?: readonly Scope[];
}

export const defaultRedirectUris = [
  'http://localhost:3000/auth/calendly/callback',
  'http://localhost:5173/auth/calendly/callback',
];

/** The one registered OAuth application, confidential, of the Sandbox kind: its redirects may be plain http (contract 2.1). */
export class ClientApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingKey: string;
  readonly scopes: readonly Scope[];
  #redirectUris: string[];

  constructor(options: ClientAppOptions, allScopes: readonly Scope[]) {
    this.clientId = options.clientId ?? `sandbox-client-${randomBytes(8).toString('hex')}`;
    this.clientSecret = options.clientSecret ?? `sandbox-secret-${randomBytes(16).toString('hex')}`;
    this.signingKey = options.signingKey ?? `sandbox-signing-${randomBytes(16).toString('hex')}`;
    this.scopes = options.scopes ?? allScopes;
    this.#redirectUris = [...new Set(options.redirectUris ?? defaultRedirectUris)];
  }

  get redirectUris(): string[] {
    return [...this.#redirectUris];
  }

  register(redirectUris: string[]): void {
    this.#redirectUris = [...new Set(redirectUris)];
  }

  /** Byte for byte: no normalisation of case, port, slash or query (contract 6). */
  redirectsTo(redirectUri: string): boolean {
    return this.#redirectUris.includes(redirectUri);
  }

  isAuthenticated(clientId: string, clientSecret: string): boolean {
    return clientId === this.clientId && timingSafeEqual(digest(clientSecret), digest(this.clientSecret));
  }
}

/** Of equal length whatever was sent, as the comparison in constant time wants it. */
function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
