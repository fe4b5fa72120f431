import { Problem } from '@passerelle/client';

/** What a connection that did not come about has to be told as. */
export type Setback =
  'denied' | 'expired' | 'redirect' | 'client' | 'scopes' | 'other' | 'down' | 'unreachable' | 'failed';

const BY_CODE: Record<string, Setback> = {
  'oauth/denied': 'denied',
  'oauth/state-invalid': 'expired',
  'oauth/state-missing': 'expired',
  'oauth/code-invalid': 'expired',
  'provider/code-refused': 'expired',
  'oauth/redirect-mismatch': 'redirect',
  'oauth/issuer-mismatch': 'other',
  'oauth/organization-mismatch': 'other',
  'provider/misconfigured': 'client',
  'provider/not-configured': 'client',
  'provider/scope-missing': 'scopes',
  'provider/forbidden': 'other',
  'provider/plan': 'other',
  'provider/withdrawn': 'other',
  'provider/rate-limited': 'down',
  'provider/unavailable': 'down',
  'provider/timeout': 'down',
};

export function setbackOf(error: unknown): Setback {
  if (!(error instanceof Problem)) return 'failed';
  if (error.isUnreachable) return 'unreachable';
  // The server names the variable that is wrong; when it is the address, the address is what helps.
  if (error.code === 'provider/misconfigured' && error.detail?.includes('REDIRECT_URI')) {
    return error.detail.includes('CLIENT_ID') ? 'client' : 'redirect';
  }
  return BY_CODE[error.code] ?? (error.status === 409 ? 'other' : 'failed');
}
