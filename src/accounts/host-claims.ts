import type { JWTPayload } from 'jose';
import { sha256 } from '../platform/crypto/hashing.js';
import { isCleanText } from '../platform/http/clean-text.js';
import { type Role, isRole } from './session.js';

/** What a host application says of the person who is asking. */
export interface HostClaims {
  readonly subject: string;
  /** Our own id of the organization, or the host's. */
  readonly organization: string;
  readonly organizationName: string | null;
  readonly email: string | null;
  /** False only when the host says that it is not. */
  readonly isEmailVerified: boolean;
  readonly name: string | null;
  readonly role: Role | null;
  readonly expiresAt: Date;
  /** The same for every use of one token. */
  readonly sessionId: string;
}

/** Reads the claims of a verified token; null when it does not say who is asking, and for whom. */
export function toHostClaims(payload: JWTPayload): HostClaims | null {
  const subject = toIdentifier(payload.sub);
  const organization = toIdentifier(payload['organization_id']);
  if (subject === null || organization === null || payload.exp === undefined) return null;
  const tokenId = payload.jti ?? payload.iat ?? payload.exp;
  return {
    subject,
    organization,
    organizationName: toText(payload['organization_name']),
    email: toText(payload['email']),
    isEmailVerified: payload['email_verified'] !== false,
    name: toText(payload['name']),
    role: isRole(payload['role']) ? payload['role'] : null,
    expiresAt: new Date(payload.exp * 1000),
    sessionId: `host:${sha256(JSON.stringify([organization, subject, tokenId])).toString('base64url')}`,
  };
}

/** Many host applications number their rows and sign the number as it is, although `sub` should be a text. */
function toIdentifier(claim: unknown): string | null {
  return Number.isSafeInteger(claim) ? String(claim) : toText(claim);
}

function toText(claim: unknown): string | null {
  if (typeof claim !== 'string' || claim.length > 255 || !isCleanText(claim)) return null;
  return claim.trim() === '' ? null : claim.trim();
}
