import type { FastifyInstance } from 'fastify';
import { denied, notFound } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import { requireScope } from './caller.js';

export function registerUserRoutes(api: FastifyInstance, { store, wire }: CalendlyParts): void {
  api.get('/users/me', async (request) => ({ resource: wire.user(requireScope(request, 'users:read')) }));

  api.get<{ Params: { uuid: string } }>('/users/:uuid', async (request) => {
    const caller = requireScope(request, 'users:read');
    const account = store.accounts.get(request.params.uuid);
    if (!account) throw notFound();
    if (account.organizationId !== caller.organizationId) throw denied();
    return { resource: wire.user(account) };
  });
}
