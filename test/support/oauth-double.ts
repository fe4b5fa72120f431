import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

export const CLIENT_ID = 'client-of-the-double';
export const CLIENT_SECRET = randomBytes(16).toString('hex');

export interface DoubleAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

interface Grant {
  readonly account: DoubleAccount;
  accessToken: string;
  refreshToken: string;
  isRevoked: boolean;
}

interface IssuedCode {
  readonly account: DoubleAccount;
  readonly redirectUri: string;
  readonly challenge: string | null;
  isUsed: boolean;
}

/** True when it has answered in place of the double; otherwise the double goes on. */
export type Fault = (reply: FastifyReply) => Promise<boolean>;

export function answering(status: number, body: unknown = {}): Fault {
  return async (reply) => {
    void reply.code(status).send(body);
    return true;
  };
}

/**
 * A strict provider on loopback: codes and refresh tokens work once, the redirect and the PKCE verifier must fit, the
 * client must show its secret, a revoked grant is over. It counts what it was asked.
 */
export class OAuthDouble {
  readonly calls = { exchange: 0, refresh: 0, revoke: 0, me: 0, hooks: 0 };
  invalidGrants = 0;
  /** Every secret it has ever issued, to be looked for where none may be. */
  readonly issued: string[] = [];
  readonly revoked: string[] = [];
  /** In the order in which they came, `POST /oauth/token` and the like. */
  readonly log: string[] = [];
  /** Between a token's change here and the answer that tells it. */
  tokenLatencyMs = 0;
  /** Before it looks at the request, and after it has made up its mind. */
  tokenFault: Fault | null = null;
  lostAnswers = 0;
  revokeFault: Fault | null = null;
  meFault: Fault | null = null;
  tokenAnswer: (answer: Record<string, unknown>) => unknown = (answer) => answer;
  meAnswer: (answer: Record<string, unknown>) => unknown = (answer) => answer;
  lifeSeconds = 7_200;
  rotates = true;

  private readonly closing = new AbortController();
  private readonly codes = new Map<string, IssuedCode>();
  private readonly byAccess = new Map<string, Grant>();
  private readonly byRefresh = new Map<string, Grant>();
  private readonly grants = new Set<Grant>();

  private constructor(
    private readonly server: FastifyInstance,
    readonly url: string,
  ) {}

  static async start(): Promise<OAuthDouble> {
    const server = fastify({ forceCloseConnections: true });
    server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const holder: { double?: OAuthDouble } = {};
    const self = () => holder.double as OAuthDouble;
    server.addHook('onRequest', async (request) => {
      self().log.push(`${request.method} ${request.url.split('?')[0]}`);
    });
    server.post('/oauth/token', (request, reply) => self().token(request, reply));
    server.post('/oauth/revoke', (request, reply) => self().revoke(request, reply));
    server.get('/me', (request, reply) => self().me(request, reply));
    server.delete('/hooks/:id', (request, reply) => self().deleteHook(request, reply));
    const url = await server.listen({ host: '127.0.0.1', port: 0 });
    holder.double = new OAuthDouble(server, url);
    return holder.double;
  }

  async stop(): Promise<void> {
    this.closing.abort();
    await this.server.close();
  }

  /** What its consent page would redirect with. */
  consent(authUrl: string, account: DoubleAccount): { code: string; state: string } {
    const asked = new URL(authUrl).searchParams;
    const code = this.secret();
    this.codes.set(code, {
      account,
      redirectUri: String(asked.get('redirect_uri')),
      challenge: asked.get('code_challenge'),
      isUsed: false,
    });
    return { code, state: String(asked.get('state')) };
  }

  /** A pair of tokens, as if somebody had consented. */
  grant(account: DoubleAccount): { accessToken: string; refreshToken: string } {
    const grant = { account, accessToken: '', refreshToken: '', isRevoked: false };
    this.grants.add(grant);
    return this.renew(grant);
  }

  /** The user takes the access back on the provider's own pages. */
  revokeAccount(accountId: string): void {
    for (const grant of this.grants) if (grant.account.id === accountId) this.end(grant);
  }

  /** The access token stops working before its time; the refresh token does not. */
  dropAccess(accessToken: string): void {
    this.byAccess.delete(accessToken);
  }

  worksNow(accessToken: string): boolean {
    return this.byAccess.get(accessToken)?.accessToken === accessToken;
  }

  liveGrants(accountId: string): number {
    return [...this.grants].filter(({ account, isRevoked }) => account.id === accountId && !isRevoked).length;
  }

  /** Ends early when the double is stopped. */
  async wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.closing.signal }).catch(() => undefined);
  }

  private async token(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const form = request.body as Record<string, string>;
    const isRefresh = form['grant_type'] === 'refresh_token';
    this.calls[isRefresh ? 'refresh' : 'exchange'] += 1;
    if (await this.tokenFault?.(reply)) return reply;
    if (request.headers.authorization !== basic()) return reply.code(401).send({ error: 'invalid_client' });
    const grant = isRefresh ? this.spendRefresh(form) : this.spendCode(form);
    if (!grant) {
      this.invalidGrants += 1;
      return reply.code(400).send({ error: 'invalid_grant', error_description: `no good: ${JSON.stringify(form)}` });
    }
    const { accessToken, refreshToken } = this.renew(grant);
    await this.wait(this.tokenLatencyMs);
    if (this.lostAnswers > 0) {
      this.lostAnswers -= 1;
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    return this.tokenAnswer({
      token_type: 'Bearer',
      access_token: accessToken,
      ...((this.rotates || !isRefresh) && { refresh_token: refreshToken }),
      expires_in: this.lifeSeconds,
      scope: 'read write',
      owner: `https://provider.example/users/${grant.account.id}`,
      ...(!isRefresh && { organization: 'https://provider.example/organizations/O1' }),
    });
  }

  private spendRefresh(form: Record<string, string>): Grant | null {
    const grant = this.byRefresh.get(String(form['refresh_token']));
    if (!grant || grant.isRevoked) return null;
    if (this.rotates) this.byRefresh.delete(grant.refreshToken);
    return grant;
  }

  private spendCode(form: Record<string, string>): Grant | null {
    const issued = this.codes.get(String(form['code']));
    if (!issued || issued.isUsed || issued.redirectUri !== form['redirect_uri']) return null;
    const challenge = createHash('sha256').update(String(form['code_verifier'])).digest('base64url');
    if (issued.challenge !== null && issued.challenge !== challenge) return null;
    issued.isUsed = true;
    const grant = { account: issued.account, accessToken: '', refreshToken: '', isRevoked: false };
    this.grants.add(grant);
    return grant;
  }

  private async revoke(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    this.calls.revoke += 1;
    if (await this.revokeFault?.(reply)) return reply;
    const token = String((request.body as Record<string, string>)['token']);
    this.revoked.push(token);
    const grant = this.byRefresh.get(token) ?? this.byAccess.get(token);
    if (grant) this.end(grant);
    return reply.code(200).send('');
  }

  private async me(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    this.calls.me += 1;
    if (await this.meFault?.(reply)) return reply;
    const grant = this.byAccess.get(String(request.headers.authorization).replace('Bearer ', ''));
    if (!grant) return reply.code(401).send({ title: 'Unauthenticated' });
    return this.meAnswer({ ...grant.account });
  }

  private async deleteHook(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    this.calls.hooks += 1;
    const isKnown = this.byAccess.has(String(request.headers.authorization).replace('Bearer ', ''));
    return reply.code(isKnown ? 204 : 401).send();
  }

  private renew(grant: Grant): { accessToken: string; refreshToken: string } {
    this.byAccess.delete(grant.accessToken);
    grant.accessToken = this.secret();
    if (this.rotates || grant.refreshToken === '') grant.refreshToken = this.secret();
    this.byAccess.set(grant.accessToken, grant);
    this.byRefresh.set(grant.refreshToken, grant);
    const { accessToken, refreshToken } = grant;
    return { accessToken, refreshToken };
  }

  private end(grant: Grant): void {
    grant.isRevoked = true;
    this.byAccess.delete(grant.accessToken);
    this.byRefresh.delete(grant.refreshToken);
  }

  private secret(): string {
    const secret = randomBytes(24).toString('base64url');
    this.issued.push(secret);
    return secret;
  }
}

export function basic(): string {
  return `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`;
}
