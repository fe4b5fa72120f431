import { sha256 } from '../platform/crypto/hashing.js';
import type { OpenedTransaction } from './oauth-transactions.js';
import type { OAuthProfile } from './provider.js';

/** The address of the provider's consent page for one transaction (RFC 6749, section 4.1.1, with PKCE of RFC 7636). */
export function consentPageUrl(profile: OAuthProfile, { state, verifier }: OpenedTransaction): string {
  const url = new URL(profile.authorizeUrl);
  const parameters = {
    response_type: 'code',
    redirect_uri: profile.redirectUri,
    ...(profile.scopes.length > 0 && { scope: profile.scopes.join(' ') }),
    state,
    code_challenge: sha256(verifier).toString('base64url'),
    code_challenge_method: 'S256',
    ...profile.authorizeParams,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
