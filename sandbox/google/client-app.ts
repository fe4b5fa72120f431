import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface ClientAppOptions {
  clientId?: string;
  clientSecret?: string;
  redirectUris?: string[];
}

const callbackPath = '/calendar/callback/google';

const defaultRedirectUris = [3000, 3001, 5173].map((port) => `http://localhost:${port}${callbackPath}`);

/** What is registered when the sandbox runs by itself: what the variables name, the callback on their hosts, and the usual. */
export function googleRedirectUris(variables: Record<string, string | undefined>): string[] {
  const listed = (variables['SANDBOX_GOOGLE_REDIRECT_URIS'] ?? '').split(',').map((uri) => uri.trim());
  const hosts = [variables['PUBLIC_URL'], variables['FRONTEND_URL']].filter(
    (host) => host !== undefined && host !== '',
  );
  const served = hosts.map((host) => `${host?.replace(/\/+$/, '')}${callbackPath}`);
  return [variables['GOOGLE_REDIRECT_URI'] ?? '', ...listed, ...served, ...defaultRedirectUris].filter(Boolean);
}

/** The one registered client of the one Cloud project, of the web kind and confidential. */
export class ClientApp {
  readonly clientId: string;
  readonly clientSecret: string;
  #redirectUris: string[];

  constructor(options: ClientAppOptions) {
    const number = BigInt(`0x${randomBytes(5).toString('hex')}`)
      .toString()
      .slice(0, 12);
    this.clientId =
      options.clientId ?? `${number}-${randomBytes(16).toString('hex')}.sandbox.apps.googleusercontent.com`;
    this.clientSecret = options.clientSecret ?? `SANDBOX-${randomBytes(16).toString('hex')}`;
    this.#redirectUris = [...new Set(options.redirectUris ?? defaultRedirectUris)];
  }

  get redirectUris(): string[] {
    return [...this.#redirectUris];
  }

  register(redirectUris: string[]): void {
    this.#redirectUris = [...new Set(redirectUris)];
  }

  /** Byte for byte: scheme, case and trailing slash included (contract 2). */
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
