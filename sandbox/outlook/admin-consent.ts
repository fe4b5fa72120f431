import { z } from 'zod';
import type { ClientApp } from './client-app.js';
import { LoginError } from './login-error.js';
import type { Account } from './model.js';
import { readScopes } from './scopes.js';
import type { Settings } from './settings.js';
import { type Authority, checkAccount, readAuthority } from './sign-in.js';
import type { Store } from './store.js';

const one = z.string().optional();
const parameters = z.object({ client_id: one, redirect_uri: one, scope: one, state: one });

export interface AdminConsentRequest {
  authority: Authority;
  redirectUri: string;
  scope: string;
  state: string | null;
}

interface Office {
  app: ClientApp;
  settings: Settings;
  store: Store;
}

/** An administrator says yes for the whole tenant (contract 2). Any fault is shown on Microsoft's page. */
export function readAdminConsent(
  tenant: string,
  query: unknown,
  { app, store, settings }: Office,
): AdminConsentRequest {
  const read = parameters.safeParse(query);
  if (!read.success) throw new LoginError('invalid_request', 900_144, 'A parameter is repeated.');
  const { client_id: clientId, redirect_uri: redirectUri, scope = '', state = null } = read.data;
  if (clientId !== app.clientId) {
    throw new LoginError('unauthorized_client', 700_016, `Application '${clientId ?? ''}' was not found.`);
  }
  if (redirectUri === undefined || !app.redirectsTo(redirectUri)) {
    throw new LoginError('invalid_request', 50_011, 'The redirect URI is not one of the application.');
  }
  if (tenant === 'common' || tenant === 'consumers') {
    throw new LoginError(
      'invalid_request',
      900_144,
      `Admin consent asks for a tenant or 'organizations', not '${tenant}'.`,
    );
  }
  const scopes = readScopes(scope);
  if (scopes === null || scopes.length === 0) {
    throw new LoginError('invalid_scope', 70_011, 'The provided value for scope is not valid.');
  }
  return { authority: readAuthority(tenant, store, settings), redirectUri, scope, state };
}

export function decideForTenant(
  { store, settings }: Pick<Office, 'store' | 'settings'>,
  request: AdminConsentRequest,
  account: Account,
  decision: 'accept' | 'refuse',
): string {
  checkAccount(account, request.authority === 'common' ? 'organizations' : request.authority, settings);
  const state: Record<string, string> = request.state === null ? {} : { state: request.state };
  const answer: Record<string, string> =
    decision === 'accept'
      ? { admin_consent: 'True', tenant: account.tenantId, scope: request.scope, ...state }
      : {
          admin_consent: 'True',
          tenant: account.tenantId,
          error: 'consent_required',
          error_description: 'AADSTS65004: The resource owner or authorization server denied the request.',
          ...state,
        };
  if (decision === 'accept') store.tenantOf(account).hasAdminConsent = true;
  const { redirectUri } = request;
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(answer).toString()}`;
}
