import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { unauthorized } from './api-error.js';
import type { CalComParts } from './cal-com-parts.js';
import { filled, readInput } from './parameters.js';
import { success } from './success.js';

/** What the front-end atoms ask when they start (contract 10). */
export function registerProviderRoutes(api: FastifyInstance, { authentication, store }: CalComParts): void {
  const path = z.object({ clientId: filled });

  api.get('/provider/:clientId', async (request) => {
    const client = store.clients.get(readInput(path, request.params).clientId);
    if (!client) throw unauthorized('Invalid oAuth Client.');
    return success({ clientId: client.id, organizationId: client.organizationId, name: client.name });
  });

  api.get('/provider/:clientId/access-token', async (request) => {
    const { clientId } = readInput(path, request.params);
    const caller = authentication.requireUser(request);
    if (caller.kind !== 'managed' || caller.client.id !== clientId) throw unauthorized('Invalid Access Token.');
    return { status: 'success' };
  });
}
