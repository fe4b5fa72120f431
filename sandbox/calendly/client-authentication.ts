import type { ClientApp } from './client-app.js';
import { OAuthError, type OAuthErrorCode } from './oauth-error.js';

export interface ClientClaim {
  client_id?: string | undefined;
  client_secret?: string | undefined;
}

/** HTTP Basic, as documented, or credentials in the body, as Calendly's own sample sends them; never both (contract 2.3). */
export function authenticateClient(
  app: ClientApp,
  authorization: string | undefined,
  body: ClientClaim,
  refusal: { code: OAuthErrorCode; status: number } = { code: 'invalid_client', status: 401 },
): void {
  const basic = readBasic(authorization);
  if (basic && body.client_secret !== undefined) throw new OAuthError('invalid_request');
  const clientId = basic?.clientId ?? body.client_id ?? '';
  const clientSecret = basic?.clientSecret ?? body.client_secret ?? '';
  if (!app.isAuthenticated(clientId, clientSecret)) throw new OAuthError(refusal.code, refusal.status);
}

function readBasic(header: string | undefined): { clientId: string; clientSecret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { clientId, clientSecret: secret.join(':') };
}
