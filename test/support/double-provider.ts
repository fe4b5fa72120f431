import {
  type CodeExchange,
  type OAuthProfile,
  type OAuthProvider,
  type ProviderAccess,
  type ProviderAccount,
  ProviderError,
  readTokenGrant,
  toOAuthRefusal,
  toProviderError,
  type TokenGrant,
} from '../../src/integrations/index.js';
import type { EgressClient, EgressRequest, EgressResponse } from '../../src/platform/egress/egress.client.js';

const VARIABLES = { client: 'DOUBLE_CLIENT_ID, DOUBLE_CLIENT_SECRET', redirect: 'DOUBLE_REDIRECT_URI' };

/** The smallest honest provider: over real HTTP, through the real egress client, to the double. */
export class DoubleProvider implements OAuthProvider {
  readonly displayName = 'Double';
  readonly oauth: OAuthProfile;

  constructor(
    private readonly egress: EgressClient,
    private readonly baseUrl: string,
    private readonly authorization: string,
    readonly id = 'double',
    profile: Partial<OAuthProfile> = {},
  ) {
    this.oauth = {
      authorizeUrl: `${baseUrl}/oauth/authorize`,
      authorizeParams: { client_id: 'client-of-the-double' },
      scopes: ['read', 'write'],
      redirectUri: `https://app.example/auth/${id}/callback`,
      missingVariables: [],
      servesOrganization: true,
      ...profile,
    };
  }

  async exchangeCode({ code, redirectUri, verifier }: CodeExchange): Promise<TokenGrant> {
    return await this.askToken({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(verifier && { code_verifier: verifier }),
    });
  }

  async refreshGrant(refreshToken: string): Promise<TokenGrant> {
    return await this.askToken({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async revokeGrant(token: string): Promise<void> {
    const response = await this.send({
      method: 'POST',
      path: '/oauth/revoke',
      body: { form: { token } },
      answer: 'ignored',
    });
    if (response.status >= 500) throw new ProviderError({ kind: 'temporary' });
  }

  async readAccount(access: ProviderAccess): Promise<ProviderAccount> {
    const { id, email, name } = (await this.readMe(access)) as { id: string; email: string; name: string };
    return {
      accountId: id,
      email,
      name,
      options: { shelf: 'A' },
      settings: { calendly_link: 'https://pages.example/jane' },
    };
  }

  async readMe(access: ProviderAccess): Promise<unknown> {
    const response = await this.send({
      method: 'GET',
      path: '/me',
      headers: { authorization: `Bearer ${access.accessToken}` },
    });
    if (response.status === 401) throw new ProviderError({ kind: 'unauthorized' });
    if (response.status === 403) throw new ProviderError({ kind: 'insufficient-scope', missing: ['write'] });
    return response.body;
  }

  async deleteHook(access: ProviderAccess): Promise<void> {
    await this.send({ method: 'DELETE', path: '/hooks/1', headers: { authorization: `Bearer ${access.accessToken}` } });
  }

  private async askToken(form: Record<string, string>): Promise<TokenGrant> {
    const response = await this.send({
      method: 'POST',
      path: '/oauth/token',
      headers: { authorization: this.authorization },
      body: { form },
    });
    if (response.status !== 200) throw toOAuthRefusal(response, VARIABLES, new Date());
    return readTokenGrant(response.body, ['owner', 'organization']);
  }

  private async send(request: Omit<EgressRequest, 'provider' | 'baseUrl'>): Promise<EgressResponse> {
    try {
      return await this.egress.request({ provider: this.id, baseUrl: this.baseUrl, ...request });
    } catch (error) {
      throw toProviderError(error);
    }
  }
}
