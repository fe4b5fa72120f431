import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../platform/errors/problem.js';
import { roleRequired, sessionMissing, sessionRequired } from './accounts.problems.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { FORBIDS_WITHOUT_SESSION, IS_PUBLIC, REQUIRED_ROLE, keepSession } from './session.decorators.js';
import { type Session, includesRole, isRole } from './session.js';

/** Stands before every route: whoever wants to be let in without a session has to say so with `@Public()`. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: SessionAuthenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // A socket has shown its session at the handshake, before any of its messages is heard.
    if (context.getType() !== 'http' || this.read(context, IS_PUBLIC) === true) return true;

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const session = await this.authenticate(request, context);
    const role = this.read(context, REQUIRED_ROLE);
    if (role !== undefined && !(isRole(role) && includesRole(session.role, role))) throw new Problem(roleRequired);
    keepSession(request, session);
    return true;
  }

  private async authenticate(request: FastifyRequest, context: ExecutionContext): Promise<Session> {
    try {
      return await this.authenticator.authenticate(bearerOf(request));
    } catch (error) {
      const isUnauthenticated = error instanceof Problem && error.definition.kind === 'unauthenticated';
      if (isUnauthenticated && this.read(context, FORBIDS_WITHOUT_SESSION) === true) {
        throw new Problem(sessionMissing, { cause: error });
      }
      throw error;
    }
  }

  private read(context: ExecutionContext, key: symbol): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [context.getHandler(), context.getClass()]);
  }
}

/** Only the Authorization header counts: an address, with whatever token is in its query, ends up in logs. */
function bearerOf(request: FastifyRequest): string {
  const token = /^Bearer ([^\s,]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Problem(sessionRequired);
  return token;
}
