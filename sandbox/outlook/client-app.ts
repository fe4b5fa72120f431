import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { newGuid } from './ids.js';

export interface ClientAppOptions {
  clientId?: string;
  clientSecret?: string;
  redirectUris?: string[];
}

export const callbackPath = '/calendar/callback/outlook';
export const defaultRedirectUris = [3000, 3001, 5173].map((port) => `http://localhost:${port}${callbackPath}`);

/** What is registered when the sandbox runs on its own: whatever the environment names, and the usual addresses. */
export function outlookRedirectUris(variables: Readonly<Record<string, string | undefined>>): string[] {
  const listed = (variables['SANDBOX_OUTLOOK_REDIRECT_URIS'] ?? '').split(',').map((uri) => uri.trim());
  const served = [variables['PUBLIC_URL'], variables['FRONTEND_URL']]
    .filter((base): base is string => Boolean(base))
    .map((base) => `${base.replace(/\/+$/, '')}${callbackPath}`);
  const own = variables['OUTLOOK_REDIRECT_URI'] ?? '';
  return [own, ...listed, ...served, ...defaultRedirectUris].filter((uri) => uri !== '');
}

/** The one registered application: confidential, its redirects of the kind "Web" (contract 2). */
export class ClientApp {
  readonly clientId: string;
  readonly clientSecret: string;
  #redirectUris: string[];

  constructor(options: ClientAppOptions) {
    this.clientId = options.clientId ?? newGuid();
    this.clientSecret = options.clientSecret ?? `sandbox~${randomBytes(24).toString('base64url')}`;
    this.#redirectUris = [...new Set(options.redirectUris ?? defaultRedirectUris)];
  }

  get redirectUris(): string[] {
    return [...this.#redirectUris];
  }

  register(redirectUris: string[]): void {
    this.#redirectUris = [...new Set(redirectUris)];
  }

  /** Byte for byte (contract 2). */
  redirectsTo(redirectUri: string): boolean {
    return this.#redirectUris.includes(redirectUri);
  }

  hasSecret(clientSecret: string): boolean {
    return timingSafeEqual(digest(clientSecret), digest(this.clientSecret));
  }
}

/** Of equal length whatever was sent, as the comparison in constant time wants it. */
function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
