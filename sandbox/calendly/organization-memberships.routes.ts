import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { denied, invalid } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import { requireAdmin, requireScope } from './caller.js';
import { readParameters, readReference, text, uri } from './parameters.js';

const filters = z.object({ user: uri.optional(), organization: uri.optional(), email: text.optional() });
type Query = { Querystring: Record<string, unknown> };

export function registerMembershipRoutes(api: FastifyInstance, { links, pages, store, wire }: CalendlyParts): void {
  api.get<Query>('/organization_memberships', async (request) => {
    const caller = requireScope(request, 'organizations:read');
    const asked = readParameters(filters, request.query);
    if (!asked.user && !asked.organization) throw invalid('user', 'user or organization must be given');
    const userId = asked.user && readReference(links, 'users', 'user', asked.user);
    const organizationId =
      asked.organization && readReference(links, 'organizations', 'organization', asked.organization);
    const wanted = userId && store.accounts.get(userId);
    const isForeign =
      (organizationId && organizationId !== caller.organizationId) ||
      (userId && (!wanted || wanted.organizationId !== caller.organizationId));
    if (isForeign) throw denied('This user is not in your organization');
    if (userId !== caller.id) requireAdmin(caller);

    const rows = [...store.accounts.values()].filter(
      (account) =>
        account.organizationId === caller.organizationId &&
        (!userId || account.id === userId) &&
        (!asked.email || account.email === asked.email),
    );
    return pages.answer(
      { callerId: caller.id, path: '/organization_memberships', query: request.query },
      { rows, keyOf: (account) => account.membershipId, direction: 'asc' },
      (account) => wire.membership(account),
    );
  });
}
