import type { FastifyInstance } from 'fastify';
import type { CalComParts } from './cal-com-parts.js';
import { userChanges } from './managed-users.routes.js';
import { readInput } from './parameters.js';
import { success } from './success.js';
import { toWireMe } from './user-wire.js';

export function registerMeRoutes(api: FastifyInstance, { authentication, managedUsers }: CalComParts): void {
  api.get('/me', async (request) => success(toWireMe(authentication.requireUser(request, 'PROFILE_READ').user)));

  api.patch('/me', async (request) => {
    const { user } = authentication.requireUser(request, 'PROFILE_WRITE');
    return success(toWireMe(managedUsers.update(user, readInput(userChanges, request.body))));
  });
}
