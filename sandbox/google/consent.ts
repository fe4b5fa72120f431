import { type AuthorizationRequest, returnTo } from './authorization-request.js';
import type { Grants } from './grants.js';
import type { Account } from './model.js';
import { isIdentityScope, type Scope, toWireScopes } from './scopes.js';

export interface ConsentAnswer {
  decision: 'approve' | 'refuse';
  /** What was left ticked; null for all of it. Who one is cannot be unticked. */
  ticked: Scope[] | null;
  /** For access that ends by itself. */
  accessSeconds: number | null;
  /** Instead of a decision: what an administrator's policy, say, makes Google answer. */
  error: string | null;
}

/** Where the browser goes once the account holder has answered, or need not be asked. */
export function decide(grants: Grants, request: AuthorizationRequest, account: Account, answer: ConsentAnswer): string {
  const { state, access_type: accessType, include_granted_scopes: includesGranted } = request.parameters;
  if (answer.error !== null) return returnTo(request.redirectUri, { error: answer.error, state });
  if (answer.decision === 'refuse') return returnTo(request.redirectUri, { error: 'access_denied', state });

  const isAsked = asksConsent(grants, request, account);
  if (isAsked && request.prompts.includes('none')) {
    return returnTo(request.redirectUri, { error: 'interaction_required', state });
  }
  const isTicked = (scope: Scope) => isIdentityScope(scope) || (answer.ticked?.includes(scope) ?? true);
  const chosen = isAsked ? request.scopes.filter(isTicked) : request.scopes;
  if (chosen.length === 0) return returnTo(request.redirectUri, { error: 'access_denied', state });
  const earlier = includesGranted === 'true' ? grants.consentedBy(account.email) : [];
  const scopes = [...new Set([...chosen, ...earlier])];
  grants.consent(account.email, chosen);
  const code = grants.issueCode({
    email: account.email,
    scopes,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    earnsRefreshToken: accessType === 'offline' && isAsked,
    accessSeconds: answer.accessSeconds,
  });
  return returnTo(request.redirectUri, { state, code, scope: toWireScopes(scopes) });
}

/** The consent screen is left out when everything asked for was granted before, unless it is asked for (contract 2). */
export function asksConsent(grants: Grants, request: AuthorizationRequest, account: Account): boolean {
  const granted = grants.consentedBy(account.email);
  return request.prompts.includes('consent') || !request.scopes.every((scope) => granted.includes(scope));
}
