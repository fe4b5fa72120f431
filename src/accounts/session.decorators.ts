import { type CustomDecorator, type ExecutionContext, SetMetadata, createParamDecorator } from '@nestjs/common';
import type { Role, Session } from './session.js';

export { IS_PUBLIC, Public } from '../platform/http/public-route.js';

export const REQUIRED_ROLE = Symbol('REQUIRED_ROLE');
export const FORBIDS_WITHOUT_SESSION = Symbol('FORBIDS_WITHOUT_SESSION');

/** The route is for this role and those above it. */
export const RequiresRole = (role: Exclude<Role, 'member'>): CustomDecorator<symbol> =>
  SetMetadata(REQUIRED_ROLE, role);

/**
 * Without a valid session the route answers 403 instead of 401. Front ends read a 401 as "log out", which must not
 * happen in the middle of a provider's redirect.
 */
export const ForbidsWithoutSession = (): CustomDecorator<symbol> => SetMetadata(FORBIDS_WITHOUT_SESSION, true);

const sessions = new WeakMap<object, Session>();

/** The guard's note of whose request this is. */
export function keepSession(request: object, session: Session): void {
  sessions.set(request, session);
}

export function sessionOf(request: object): Session {
  const session = sessions.get(request);
  if (session === undefined) throw new Error('A public route has no session: @CurrentSession() cannot be used on it');
  return session;
}

/** The session that the guard has verified for this request. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): Session =>
  sessionOf(context.switchToHttp().getRequest<object>()),
);
