import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { storageUnavailable } from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';
import { roleRequired, sessionInvalid, sessionMissing, sessionRequired } from './accounts.problems.js';
import type { SessionAuthenticator } from './session-authenticator.js';
import { ForbidsWithoutSession, Public, REQUIRED_ROLE, RequiresRole, sessionOf } from './session.decorators.js';
import { SessionGuard } from './session.guard.js';
import { includesRole, isRole, type Role, ROLES, type Session } from './session.js';

const SESSION: Session = {
  userId: 'user-1',
  organizationId: 'organization-1',
  sessionId: 'session-1',
  role: 'member',
  email: 'camille@atelier.example',
  expiresAt: new Date('2026-11-20T10:15:00Z'),
};

class Routes {
  @Public()
  open(): void {}
  plain(): void {}
  @RequiresRole('admin')
  forAdmins(): void {}
  @RequiresRole('owner')
  forOwners(): void {}
  @ForbidsWithoutSession()
  afterRedirect(): void {}
}

@RequiresRole('owner')
class OwnersRoutes {
  plain(): void {}
}

@Public()
class OpenRoutes {
  plain(): void {}
}

interface Visit {
  readonly authorization?: string;
  readonly role?: Role;
  readonly type?: string;
  readonly refusal?: Error;
  readonly routes?: new () => object;
  readonly query?: object;
}

/** One request at the guard: what the guard asked, what it answered, and what it noted of the request. */
async function visit(route: string, { type = 'http', role = 'member', routes = Routes, ...given }: Visit = {}) {
  const request = { headers: { authorization: given.authorization }, query: given.query };
  const bearers: string[] = [];
  const authenticator = {
    authenticate: async (bearer: string) => {
      bearers.push(bearer);
      if (given.refusal) throw given.refusal;
      return { ...SESSION, role };
    },
  } as unknown as SessionAuthenticator;
  const handler = (routes.prototype as Record<string, unknown>)[route];
  const context = {
    getType: () => type,
    getHandler: () => handler,
    getClass: () => routes,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  const answer: unknown = await new SessionGuard(new Reflector(), authenticator)
    .canActivate(context)
    .catch((error: unknown) => error);
  return { answer, bearers, request };
}

function isNoted(request: object): boolean {
  try {
    return sessionOf(request) !== undefined;
  } catch {
    return false;
  }
}

const codeOf = ({ answer }: { answer: unknown }) => (answer instanceof Problem ? answer.definition.code : answer);

describe('the session guard', () => {
  const authorization = 'Bearer a.b.c';

  it('lets in whose token is good, and notes whose request it is', async () => {
    const { answer, bearers, request } = await visit('plain', { authorization });
    expect(answer).toBe(true);
    expect(bearers).toEqual(['a.b.c']);
    expect(sessionOf(request)).toEqual(SESSION);
  });

  it('asks nobody for a session where the route is public, and notes none', async () => {
    for (const routes of [Routes, OpenRoutes]) {
      const { answer, bearers, request } = await visit(routes === Routes ? 'open' : 'plain', { authorization, routes });
      expect(answer).toBe(true);
      expect(bearers).toEqual([]);
      expect(() => sessionOf(request)).toThrow('A public route has no session');
    }
  });

  it('leaves a socket alone, which has shown its session at the handshake', async () => {
    const { answer, bearers } = await visit('plain', { type: 'ws' });
    expect(answer).toBe(true);
    expect(bearers).toEqual([]);
  });

  it.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['another scheme', 'Basic YTpi'],
    ['a scheme of another name that ends like ours', 'XBearer a.b.c'],
    ['no token', 'Bearer '],
    ['no blank', 'Bearera.b.c'],
    ['two tokens', 'Bearer a.b.c d.e.f'],
    ['two headers in one', 'Bearer a.b.c, Bearer d.e.f'],
    ['a list', 'Bearer a.b.c,d.e.f'],
    ['a blank behind', 'Bearer a.b.c '],
  ])('refuses %s, without a look at anything', async (_, header) => {
    const seen = await visit('plain', { authorization: header, query: { access_token: 'a.b.c' } });
    expect(codeOf(seen)).toBe(sessionRequired.code);
    expect(seen.bearers).toEqual([]);
    expect(isNoted(seen.request)).toBe(false);
  });

  it('takes the scheme in any letters', async () => {
    expect((await visit('plain', { authorization: 'bearer a.b.c' })).answer).toBe(true);
  });

  it('passes on why a token was refused, and notes nothing', async () => {
    const seen = await visit('plain', { authorization, refusal: new Problem(sessionInvalid) });
    expect(codeOf(seen)).toBe(sessionInvalid.code);
    expect(isNoted(seen.request)).toBe(false);
  });

  describe('behind a redirect of a provider', () => {
    it('forbids where others would send to the sign-in, and keeps the reason', async () => {
      const refusal = new Problem(sessionInvalid);
      const refused = await visit('afterRedirect', { authorization, refusal });
      expect(codeOf(refused)).toBe(sessionMissing.code);
      expect((refused.answer as Error).cause).toBe(refusal);
      expect(codeOf(await visit('afterRedirect'))).toBe(sessionMissing.code);
    });

    it('takes no other fault for a missing session', async () => {
      const away = new Problem(storageUnavailable);
      expect((await visit('afterRedirect', { authorization, refusal: away })).answer).toBe(away);
      // Looks like one, and is none of ours.
      const foreign = Object.assign(new Error('foreign'), { definition: { kind: 'unauthenticated' } });
      expect((await visit('afterRedirect', { authorization, refusal: foreign })).answer).toBe(foreign);
    });

    it('lets in whose token is good', async () => {
      expect((await visit('afterRedirect', { authorization })).answer).toBe(true);
    });
  });

  it.each<[string, Role, boolean]>([
    ['plain', 'member', true],
    ['forAdmins', 'member', false],
    ['forAdmins', 'admin', true],
    ['forAdmins', 'owner', true],
    ['forOwners', 'member', false],
    ['forOwners', 'admin', false],
    ['forOwners', 'owner', true],
  ])('on the route %s meets the role %s: lets it in, %s', async (route, role, isIn) => {
    const seen = await visit(route, { authorization, role });
    expect(codeOf(seen)).toBe(isIn ? true : roleRequired.code);
    expect(isNoted(seen.request)).toBe(isIn);
  });

  it('holds what is asked of a whole class', async () => {
    expect(codeOf(await visit('plain', { authorization, role: 'admin', routes: OwnersRoutes }))).toBe(
      roleRequired.code,
    );
    expect((await visit('plain', { authorization, role: 'owner', routes: OwnersRoutes })).answer).toBe(true);
  });

  it('lets nobody in where a role is asked that does not exist', async () => {
    class Mistaken {
      plain(): void {}
    }
    Reflect.defineMetadata(REQUIRED_ROLE, 'god', Mistaken);
    expect(codeOf(await visit('plain', { authorization, role: 'owner', routes: Mistaken }))).toBe(roleRequired.code);
  });
});

describe('roles', () => {
  it('hold what the roles before them hold, and nothing more', () => {
    for (const [rank, held] of ROLES.entries()) {
      for (const [asked, role] of ROLES.entries()) expect(includesRole(held, role)).toBe(rank >= asked);
    }
    expect(ROLES).toEqual(['member', 'admin', 'owner']);
  });

  it('are these words and no others', () => {
    for (const role of ROLES) expect(isRole(role)).toBe(true);
    for (const value of ['', 'Owner', 'god', null, undefined, 0, ['owner']]) expect(isRole(value)).toBe(false);
  });
});
