import type { FastifyRequest } from 'fastify';
import { ApiError, forbidden, tokenExpired, unauthorized } from './api-error.js';
import { isSameSecret } from './client-app.js';
import type { ApiKey, PlatformClient, Scope, User } from './model.js';
import type { OAuthGrants } from './oauth-grants.js';
import type { PlatformTokens } from './platform-tokens.js';
import type { Store } from './store.js';

/** Who calls, and by which of the ways (contract 2.1 and 9). */
export type Caller =
  | { kind: 'client'; client: PlatformClient }
  | { kind: 'api-key'; user: User; apiKey: ApiKey }
  | { kind: 'managed'; user: User; client: PlatformClient }
  | { kind: 'oauth'; user: User; scopes: Scope[] };

export type UserCaller = Exclude<Caller, { kind: 'client' }>;

export class Authentication {
  constructor(
    private readonly store: Store,
    private readonly platformTokens: PlatformTokens,
    private readonly oauthGrants: OAuthGrants,
  ) {}

  /**
   * Client id and secret are tried first, and alone if there is a secret: a bearer beside it is not looked at. A path that
   * names a client outweighs the header.
   */
  identify(request: FastifyRequest): Caller {
    const secret = header(request, 'x-cal-secret-key');
    if (secret !== undefined) return this.#identifyClient(request, secret);
    const bearer = bearerOf(request);
    if (bearer === null) {
      throw unauthorized(
        "No authentication method provided. Either pass an API key as 'Bearer' header or OAuth client credentials as 'x-cal-secret-key' and 'x-cal-client-id' headers",
      );
    }
    const caller = this.#identifyBearer(bearer);
    if (caller.kind === 'managed') refuseForeignOrigin(request, caller.client);
    return caller;
  }

  /** For endpoints that anybody may call: null for nobody, and for whoever is not recognised. */
  find(request: FastifyRequest): Caller | null {
    try {
      return this.identify(request);
    } catch (error) {
      if (error instanceof ApiError) return null;
      throw error;
    }
  }

  requireUser(request: FastifyRequest, permission?: Scope): UserCaller {
    const caller = this.identify(request);
    if (caller.kind === 'client') throw unauthorized('OAuth client credentials are not accepted by this endpoint');
    if (permission !== undefined) requirePermission(caller, permission);
    return caller;
  }

  /** An ordinary account acting for its organization. */
  requireApiKey(request: FastifyRequest): User {
    const caller = this.identify(request);
    if (caller.kind !== 'api-key') throw unauthorized('This endpoint takes an API key');
    return caller.user;
  }

  requireClient(request: FastifyRequest): PlatformClient {
    const secret = header(request, 'x-cal-secret-key');
    if (secret === undefined) throw unauthorized('Missing client secret');
    return this.#identifyClient(request, secret).client;
  }

  /** Whose token it is, even past its time: what `/calendars/{calendar}/save` goes by (contract 6.2). */
  findOwner(token: string): User | null {
    const userId =
      this.platformTokens.findAccess(token)?.userId ??
      this.store.apiKeys.get(token)?.userId ??
      this.oauthGrants.findUsableAccess(token)?.grant.userId;
    return userId === undefined ? null : (this.store.users.get(userId) ?? null);
  }

  #identifyClient(request: FastifyRequest, secret: string): { kind: 'client'; client: PlatformClient } {
    const id = pathClientId(request) ?? header(request, 'x-cal-client-id');
    const client = this.store.clients.get(id ?? '');
    if (!client) throw unauthorized('Invalid client ID');
    if (!isSameSecret(secret, client.secret)) throw unauthorized('Invalid client secret');
    return { kind: 'client', client };
  }

  #identifyBearer(token: string): UserCaller {
    const apiKey = this.store.apiKeys.get(token);
    if (apiKey) return { kind: 'api-key', user: this.#userOf(apiKey.userId), apiKey };
    if (token.startsWith('cal_')) throw unauthorized('Your api key is not valid');
    const pair = this.oauthGrants.findUsableAccess(token);
    if (pair) return { kind: 'oauth', user: this.#userOf(pair.grant.userId), scopes: pair.grant.scopes };

    const platform = this.platformTokens.findAccess(token);
    const client = this.store.clients.get(platform?.clientId ?? '');
    if (!platform || !client) throw unauthorized('Invalid Access Token.');
    if (this.platformTokens.isExpired(platform)) throw tokenExpired();
    return { kind: 'managed', user: this.#userOf(platform.userId), client };
  }

  #userOf(id: number): User {
    const user = this.store.users.get(id);
    if (!user) throw unauthorized('Invalid Access Token.');
    return user;
  }
}

/** Webhooks have no permission of their own on the platform, so a managed user needs none for them. */
export function requirePermission(caller: UserCaller, permission: Scope): void {
  if (caller.kind === 'oauth' && !caller.scopes.includes(permission)) {
    throw forbidden(`The access token lacks the scope ${permission}`);
  }
  if (caller.kind !== 'managed' || permission.startsWith('WEBHOOK_')) return;
  const granted: readonly Scope[] = caller.client.permissions;
  if (!granted.includes(permission)) {
    throw forbidden(`oAuth client with id=${caller.client.id} does not have the required permissions=${permission}`);
  }
}

export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function pathClientId(request: FastifyRequest): string | undefined {
  const parameters: unknown = request.params;
  const named = typeof parameters === 'object' && parameters !== null && 'clientId' in parameters;
  return named && typeof parameters.clientId === 'string' ? parameters.clientId : undefined;
}

/** A browser at another site must not use a managed user's token; a server sends no Origin (contract 2.1). */
function refuseForeignOrigin(request: FastifyRequest, client: PlatformClient): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  if (!client.redirectUris.some((allowed) => allows(allowed, origin))) throw unauthorized('Invalid request origin');
}

function allows(allowed: string, origin: string): boolean {
  if (!allowed.includes('*')) return allowed.startsWith(origin);
  const pattern = allowed.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${pattern}$`).test(origin);
}
