import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { denied, invalid, notFound } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import { requireAdmin, requireScope } from './caller.js';
import type { Account, EventType } from './model.js';
import { flag, readParameters, readReference, sortBy, uri } from './parameters.js';

const filters = z.object({
  user: uri.optional(),
  organization: uri.optional(),
  active: flag.optional(),
  admin_managed: flag.optional(),
  sort: sortBy('name').optional(),
});
type Query = { Querystring: Record<string, unknown> };

export function registerEventTypeRoutes(api: FastifyInstance, calendly: CalendlyParts): void {
  const { pages, store, wire } = calendly;

  api.get<Query>('/event_types', async (request) => {
    const caller = requireScope(request, 'event_types:read');
    const asked = readParameters(filters, request.query);
    const rows = ownedByAsked(caller, asked).filter(
      (eventType) =>
        eventType.deletedAt === null &&
        (asked.active === undefined || eventType.isActive === asked.active) &&
        // None here is managed by an administrator.
        asked.admin_managed !== true,
    );
    return pages.answer(
      { callerId: caller.id, path: '/event_types', query: request.query },
      { rows, keyOf: asked.sort ? byName : byPosition, direction: asked.sort ?? 'asc' },
      (eventType) => wire.eventType(eventType),
    );
  });

  /** Deleted ones are still found here (contract 4.4). */
  api.get<{ Params: { uuid: string } }>('/event_types/:uuid', async (request) => {
    const caller = requireScope(request, 'event_types:read');
    const eventType = store.eventTypes.get(request.params.uuid);
    if (!eventType) throw notFound();
    if (store.accounts.get(eventType.ownerId)?.organizationId !== caller.organizationId) throw denied();
    return { resource: wire.eventType(eventType) };
  });

  function ownedByAsked(caller: Account, asked: z.output<typeof filters>): EventType[] {
    const { links } = calendly;
    if (!asked.user && !asked.organization) throw invalid('user', 'user or organization must be given');
    const userId = asked.user && readReference(links, 'users', 'user', asked.user);
    const organizationId =
      asked.organization && readReference(links, 'organizations', 'organization', asked.organization);
    if (organizationId && organizationId !== caller.organizationId) {
      throw denied('You do not have permission to access this resource.');
    }
    const owner = userId ? store.accounts.get(userId) : undefined;
    if (userId && owner?.organizationId !== caller.organizationId)
      throw denied('This user is not in your organization');
    if (userId !== caller.id) requireAdmin(caller);
    const owners = [...store.accounts.values()].filter(
      (account) => account.organizationId === caller.organizationId && (!userId || account.id === userId),
    );
    return owners.flatMap((account) => store.eventTypesOf(account));
  }
}

function byPosition(eventType: EventType): string {
  return `${String(eventType.position).padStart(4, '0')} ${eventType.id}`;
}

function byName(eventType: EventType): string {
  return `${eventType.name} ${eventType.id}`;
}
