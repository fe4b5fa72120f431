import { type AuthorizationRequest, returnTo } from './authorization-request.js';
import type { Grants } from './grants.js';
import type { Account } from './model.js';

/** Where the browser goes once the account holder has answered. */
export function decide(
  grants: Grants,
  request: AuthorizationRequest,
  account: Account,
  decision: 'approve' | 'refuse',
): string {
  const { state } = request.parameters;
  if (decision === 'refuse') return returnTo(request.redirectUri, { error: 'access_denied', state });
  const code = grants.issueCode(account.id, request.scopes, request.redirectUri, request.challenge);
  return returnTo(request.redirectUri, { code, state });
}
