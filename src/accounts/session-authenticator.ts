import { Injectable } from '@nestjs/common';
import { Problem } from '../platform/errors/problem.js';
import { sessionInvalid } from './accounts.problems.js';
import { BearerTokens, type OwnClaims } from './bearer-tokens.js';
import { BriefMemory } from './brief-memory.js';
import { HostAccounts, type HostUser } from './host-accounts.js';
import type { HostClaims } from './host-claims.js';
import { type LiveSession, LiveSessions } from './live-sessions.js';
import type { Session } from './session.js';

/** How long another instance may still honour a session that has just ended. */
const REMEMBERED_FOR_MS = 1_000;
const REMEMBERED_SESSIONS = 10_000;

/** Turns an access token into the session it stands for, or throws `session/invalid`. HTTP and sockets both ask here. */
@Injectable()
export class SessionAuthenticator {
  private readonly own = new BriefMemory<LiveSession>(REMEMBERED_FOR_MS, REMEMBERED_SESSIONS);
  private readonly hosted = new BriefMemory<HostUser>(REMEMBERED_FOR_MS, REMEMBERED_SESSIONS);

  constructor(
    private readonly tokens: BearerTokens,
    private readonly liveSessions: LiveSessions,
    private readonly hostAccounts: HostAccounts,
  ) {}

  async authenticate(bearer: string): Promise<Session> {
    const token = await this.tokens.verify(bearer);
    const session = token.issuer === 'own' ? await this.findOwn(token) : await this.findHosted(token.claims);
    if (session === null) throw new Problem(sessionInvalid);
    return session;
  }

  /** Called after the commit that ended it, so that this instance does not honour it a moment longer. */
  forget(sessionId: string): void {
    this.own.forget(sessionId);
  }

  forgetAll(): void {
    this.own.forgetAll();
    this.hosted.forgetAll();
  }

  private async findOwn(claims: OwnClaims): Promise<Session | null> {
    const live = await this.own.recall(claims.sessionId, () => this.liveSessions.find(claims));
    // What is remembered was found for another token of this session, which must have been the same person's.
    if (live?.userId !== claims.userId || live.organizationId !== claims.organizationId) return null;
    return { ...live, sessionId: claims.sessionId, expiresAt: claims.expiresAt };
  }

  private async findHosted(claims: HostClaims): Promise<Session | null> {
    const key = JSON.stringify([claims.organization, claims.subject]);
    const user = await this.hosted.recall(key, () => this.hostAccounts.resolve(claims));
    return user && { ...user, sessionId: claims.sessionId, expiresAt: claims.expiresAt };
  }
}
