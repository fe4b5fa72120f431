import { ProviderError } from './provider-error.js';
import type { TokenGrant } from './provider.js';

// Far beyond what any provider sends, and small enough to store.
const LONGEST_TOKEN = 16_384;
const LONGEST_SCOPE = 8_192;
const LONGEST_LIFE_SECONDS = 366 * 24 * 3600;

/**
 * Reads a token endpoint's answer (RFC 6749, section 5.1). Whatever is not as the standard says is a broken contract:
 * a token of which we do not know how long it lives is worth nothing later.
 */
export function readTokenGrant(body: unknown, ownerFields: readonly string[] = []): TokenGrant {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new ProviderError({ kind: 'contract' });
  const fields = body as Record<string, unknown>;
  const grant: TokenGrant = {
    accessToken: fields['access_token'] as string,
    refreshToken: (fields['refresh_token'] as string | undefined) ?? null,
    expiresInSeconds: fields['expires_in'] as number,
    scope: (fields['scope'] as string | undefined) ?? null,
    tokenType: fields['token_type'] as string,
    options: Object.fromEntries(
      ownerFields.filter((name) => typeof fields[name] === 'string').map((name) => [name, fields[name]]),
    ),
  };
  checkTokenGrant(grant);
  return grant;
}

/** Refuses a grant that could not be used or kept, whichever way a provider made it. */
export function checkTokenGrant(grant: TokenGrant): void {
  const { accessToken, refreshToken, expiresInSeconds, scope, tokenType } = grant;
  const isUsable =
    isToken(accessToken) &&
    (refreshToken === null || isToken(refreshToken)) &&
    Number.isSafeInteger(expiresInSeconds) &&
    expiresInSeconds > 0 &&
    expiresInSeconds <= LONGEST_LIFE_SECONDS &&
    (scope === null || (typeof scope === 'string' && scope.length <= LONGEST_SCOPE)) &&
    typeof tokenType === 'string' &&
    tokenType.toLowerCase() === 'bearer';
  if (!isUsable) throw new ProviderError({ kind: 'contract' });
}

function isToken(value: unknown): boolean {
  // RFC 6749, appendix A: visible ASCII.
  return typeof value === 'string' && value.length <= LONGEST_TOKEN && /^[\x21-\x7e]+$/.test(value);
}
