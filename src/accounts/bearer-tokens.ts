import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type JWTPayload,
  type JWTVerifyOptions,
  type RemoteJWKSet,
  SignJWT,
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
} from 'jose';
import { Clock } from '../platform/clock/clock.js';
import { Problem } from '../platform/errors/problem.js';
import { isUuid } from '../platform/http/id.pipe.js';
import { EventLog } from '../platform/logging/event-log.js';
import { AccountsConfig } from './accounts.config.js';
import { passwordLoginOff, sessionInvalid, tokenKeysUnavailable } from './accounts.problems.js';
import { type HostClaims, toHostClaims } from './host-claims.js';

export interface OwnClaims {
  readonly userId: string;
  readonly organizationId: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

export type VerifiedToken =
  ({ readonly issuer: 'own' } & OwnClaims) | { readonly issuer: 'host'; readonly claims: HostClaims };

const OWN_ISSUER = 'passerelle';
/** RFC 9068; the type tells our tokens from others that are signed with the same secret. */
const OWN_TYPE = 'at+jwt';
/** A host's mail confirmations, logout tokens and the like carry other types and open nothing here. */
const ACCEPTED_TYPES: ReadonlySet<string | undefined> = new Set([undefined, 'jwt', OWN_TYPE]);

const LEEWAY_SECONDS = 60;
const LONGEST_TOKEN = 8 * 1024;
/** Beyond this a Date cannot hold it; nobody means the year 5138 either. */
const LATEST_EXPIRY = 1e11;

// The algorithms are tied to the kind of key, so that a public key can never be taken for a shared secret.
const SECRET_ALGORITHMS = ['HS256'];
const PUBLIC_KEY_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Faults of the key set or of the way to it, not of the token. */
const KEY_SET_FAULTS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/**
 * Signs and verifies access tokens. Keys come from configuration only: of a token's header, nothing but the algorithm's
 * name, the type and the id of a key in the configured set is looked at.
 */
@Injectable()
export class BearerTokens {
  private readonly secret: KeyObject | null;
  private readonly keySet: RemoteJWKSet | null;

  constructor(
    private readonly config: AccountsConfig,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {
    this.secret = config.jwtSecret === undefined ? null : createSecretKey(Buffer.from(config.jwtSecret));
    this.keySet = config.jwksUrl === undefined ? null : createRemoteJWKSet(new URL(config.jwksUrl));
  }

  /** Without a secret there are only the host application's tokens. */
  assertCanIssue(): void {
    if (this.secret === null) throw new Problem(passwordLoginOff);
  }

  async issue(claims: Omit<OwnClaims, 'expiresAt'>): Promise<string> {
    if (this.secret === null) throw new Problem(passwordLoginOff);
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    const token = new SignJWT({ sid: claims.sessionId, organization_id: claims.organizationId })
      .setProtectedHeader({ alg: 'HS256', typ: OWN_TYPE })
      .setSubject(claims.userId)
      .setIssuer(this.ownIssuer)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + this.config.accessTokenSeconds);
    if (this.config.jwtAudience !== undefined) token.setAudience(this.config.jwtAudience);
    return await token.sign(this.secret);
  }

  /** Throws `session/invalid` for whatever is not a token we can stand for, without saying why to the caller. */
  async verify(token: string): Promise<VerifiedToken> {
    const { algorithm, type } = this.readHeader(token);
    const payload = await this.checkSignature(token, algorithm);
    if (payload.exp === undefined || payload.exp > LATEST_EXPIRY) throw this.refusal('ERR_EXP');

    const isOwn = algorithm === 'HS256' && type === OWN_TYPE && payload['sid'] !== undefined;
    const verified = isOwn ? this.toOwn(payload) : toHost(payload);
    if (verified === null) throw this.refusal('ERR_CLAIMS');
    return verified;
  }

  private readHeader(token: string): { algorithm: string; type: string | undefined } {
    if (token.length > LONGEST_TOKEN) throw this.refusal('ERR_LENGTH');
    try {
      const { alg, typ } = decodeProtectedHeader(token);
      const type = typ?.toLowerCase().replace(/^application\//, '');
      if (typeof alg === 'string' && ACCEPTED_TYPES.has(type)) return { algorithm: alg, type };
    } catch (error) {
      throw this.refusal('ERR_HEADER', error);
    }
    throw this.refusal('ERR_HEADER');
  }

  private async checkSignature(token: string, algorithm: string): Promise<JWTPayload> {
    const expected: JWTVerifyOptions = {
      clockTolerance: LEEWAY_SECONDS,
      currentDate: this.clock.now(),
      ...(this.config.jwtIssuer !== undefined && { issuer: this.config.jwtIssuer }),
      ...(this.config.jwtAudience !== undefined && { audience: this.config.jwtAudience }),
    };
    try {
      if (this.secret !== null && SECRET_ALGORITHMS.includes(algorithm)) {
        return (await jwtVerify(token, this.secret, { ...expected, algorithms: SECRET_ALGORITHMS })).payload;
      }
      if (this.keySet !== null && PUBLIC_KEY_ALGORITHMS.includes(algorithm)) {
        return (await jwtVerify(token, this.keySet, { ...expected, algorithms: PUBLIC_KEY_ALGORITHMS })).payload;
      }
    } catch (error) {
      throw this.toProblem(error, algorithm);
    }
    throw this.refusal('ERR_ALGORITHM');
  }

  private toProblem(error: unknown, algorithm: string): Problem {
    const code = error instanceof errors.JOSEError ? error.code : 'ERR_UNREACHABLE';
    const isKeySetFault = !(error instanceof errors.JOSEError) || KEY_SET_FAULTS.has(code);
    if (!isKeySetFault || SECRET_ALGORITHMS.includes(algorithm)) return this.refusal(code, error);
    this.log.failure('session.keys_unavailable', error);
    return new Problem(tokenKeysUnavailable, { cause: error, retryAfterSeconds: 5 });
  }

  private toOwn(payload: JWTPayload): VerifiedToken | null {
    const { sub: userId, sid: sessionId, organization_id: organizationId, exp = 0 } = payload;
    if (payload.iss !== this.ownIssuer || !isUuid(userId) || !isUuid(sessionId) || !isUuid(organizationId)) return null;
    return { issuer: 'own', userId, sessionId, organizationId, expiresAt: new Date(exp * 1000) };
  }

  private get ownIssuer(): string {
    return this.config.jwtIssuer ?? OWN_ISSUER;
  }

  private refusal(reason: string, cause?: unknown): Problem {
    // An expired token is everyday life; the rest may be somebody trying.
    if (reason === 'ERR_JWT_EXPIRED') this.log.detail('session.token_expired');
    else this.log.warning('session.token_refused', { reason });
    return new Problem(sessionInvalid, { cause });
  }
}

function toHost(payload: JWTPayload): VerifiedToken | null {
  const claims = toHostClaims(payload);
  return claims === null ? null : { issuer: 'host', claims };
}
