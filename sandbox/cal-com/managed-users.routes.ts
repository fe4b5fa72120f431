import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound } from './api-error.js';
import type { CalComParts } from './cal-com-parts.js';
import type { User } from './model.js';
import { digits, emailAddress, filled, integer, language, list, metadata, readInput, timeZone } from './parameters.js';
import type { PlatformPair } from './platform-tokens.js';
import { success } from './success.js';
import { toWireUser } from './user-wire.js';

const weekDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const profile = {
  timeFormat: z.union([z.literal(12), z.literal(24)], 'must be 12 or 24').optional(),
  weekStart: z.enum(weekDays, 'must be a day of the week').optional(),
  timeZone: timeZone.optional(),
  locale: language.optional(),
  avatarUrl: filled.refine((value) => URL.canParse(value), 'must be a URL').optional(),
  bio: z.string().optional(),
  metadata: metadata.optional(),
};
const creation = z.object({ email: emailAddress, name: filled, ...profile });
export const userChanges = z.object({
  email: emailAddress.optional(),
  name: filled.optional(),
  defaultScheduleId: integer.optional(),
  ...profile,
});
const listQuery = z.object({
  limit: digits.pipe(z.int().min(1, 'must be at least 1').max(250, 'must be at most 250')).default(50),
  offset: digits.default(0),
  emails: list.optional(),
});
const refreshBody = z.object({ refreshToken: filled });

/** Managed users and their tokens (contract 4 and 5). Withdrawn on order: see platform-withdrawal.ts. */
export function registerManagedUserRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, managedUsers, platformTokens, settings, store } = parts;
  const users = '/oauth-clients/:clientId/users';

  api.post(users, async (request, reply) => {
    const client = authentication.requireClient(request);
    const user = managedUsers.create(client, readInput(creation, request.body));
    return reply.status(201).send(success({ user: toWireUser(user), ...toKeys(platformTokens.issue(user)) }));
  });

  api.get(users, async (request) => {
    const client = authentication.requireClient(request);
    const { limit, offset, emails } = readInput(listQuery, request.query);
    const found = store
      .managedUsersOf(client)
      .filter((user) => !emails || emails.includes(user.email) || emails.includes(user.displayEmail));
    return success(found.slice(offset, offset + limit).map(toWireUser));
  });

  api.get(`${users}/:userId`, async (request) => success(toWireUser(getUser(request))));

  api.patch(`${users}/:userId`, async (request) => {
    const user = getUser(request);
    return success(toWireUser(managedUsers.update(user, readInput(userChanges, request.body))));
  });

  api.delete(`${users}/:userId`, async (request) => {
    const user = getUser(request);
    platformTokens.forget(user.id);
    store.removeUser(user);
    return success(toWireUser(user));
  });

  api.post(`${users}/:userId/force-refresh`, async (request) => {
    const user = getUser(request);
    platformTokens.forget(user.id);
    return success(toKeys(platformTokens.issue(user)));
  });

  api.post('/oauth/:clientId/refresh', async (request) => {
    const client = authentication.requireClient(request);
    const { refreshToken } = readInput(refreshBody, request.body);
    const user = store.users.get(platformTokens.spendRefresh(refreshToken, client.id) ?? 0);
    if (!user) throw badRequest('Invalid refresh token');
    return success(toKeys(platformTokens.issue(user)));
  });

  function getUser(request: FastifyRequest): User {
    const client = authentication.requireClient(request);
    const { userId } = readInput(z.object({ userId: digits }), request.params);
    const user = store.users.get(userId);
    if (user?.clientId !== client.id) throw notFound(`User with ID ${userId} is not part of this OAuth client.`);
    return user;
  }

  function toKeys({ access, refresh }: PlatformPair) {
    return {
      accessToken: access.token,
      refreshToken: refresh.token,
      accessTokenExpiresAt: access.expiresAt.getTime(),
      ...(settings.answers_refresh_expiry && { refreshTokenExpiresAt: refresh.expiresAt.getTime() }),
    };
  }
}
