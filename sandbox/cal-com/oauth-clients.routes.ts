import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { forbidden, notFound } from './api-error.js';
import type { CalComParts } from './cal-com-parts.js';
import { newClientId } from './ids.js';
import { clientPages, type PlatformClient, platformPermissions } from './model.js';
import { filled, flag, readInput } from './parameters.js';
import { success } from './success.js';

const pages = Object.fromEntries(clientPages.map((page) => [page, z.string().optional()])) as Record<
  (typeof clientPages)[number],
  z.ZodOptional<z.ZodString>
>;
const flags = {
  areEmailsEnabled: flag.optional(),
  areDefaultEventTypesEnabled: flag.optional(),
  areCalendarEventsEnabled: flag.optional(),
};
const permission = z.enum([...platformPermissions, '*'], 'must be one of the permissions');
const creation = z.object({
  name: filled,
  redirectUris: z.array(filled),
  permissions: z.array(permission).min(1, 'must not be empty'),
  ...pages,
  ...flags,
});
/** Permissions stay as they were made (contract 3). */
const changes = z.object({ name: filled.optional(), redirectUris: z.array(filled).optional(), ...pages, ...flags });

/** Platform clients, kept by an administrator of the organization with an API key (contract 3). */
export function registerOAuthClientRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, clock, platformTokens, store } = parts;

  api.post('/oauth-clients', async (request, reply) => {
    const { organizationId } = authentication.requireApiKey(request);
    const given = readInput(creation, request.body);
    const client: PlatformClient = {
      id: newClientId(),
      secret: randomBytes(32).toString('hex'),
      name: given.name,
      organizationId,
      permissions: given.permissions.includes('*') ? [...platformPermissions] : given.permissions.filter(isNamed),
      redirectUris: given.redirectUris,
      pages: pagesOf(given),
      areEmailsEnabled: given.areEmailsEnabled ?? false,
      areDefaultEventTypesEnabled: given.areDefaultEventTypesEnabled ?? false,
      areCalendarEventsEnabled: given.areCalendarEventsEnabled ?? true,
      createdAt: clock.now(),
    };
    store.clients.set(client.id, client);
    return reply.status(201).send(success({ clientId: client.id, clientSecret: client.secret }));
  });

  api.get('/oauth-clients', async (request) => {
    const { organizationId } = authentication.requireApiKey(request);
    const own = [...store.clients.values()].filter((client) => client.organizationId === organizationId);
    return success(own.map(toWire));
  });

  api.get('/oauth-clients/:clientId', async (request) => success(toWire(getClient(request))));

  api.patch('/oauth-clients/:clientId', async (request) => {
    const client = getClient(request);
    const given = readInput(changes, request.body);
    client.name = given.name ?? client.name;
    client.redirectUris = given.redirectUris ?? client.redirectUris;
    client.areEmailsEnabled = given.areEmailsEnabled ?? client.areEmailsEnabled;
    client.areDefaultEventTypesEnabled = given.areDefaultEventTypesEnabled ?? client.areDefaultEventTypesEnabled;
    client.areCalendarEventsEnabled = given.areCalendarEventsEnabled ?? client.areCalendarEventsEnabled;
    client.pages = { ...client.pages, ...pagesOf(given) };
    return success(toWire(client));
  });

  api.delete('/oauth-clients/:clientId', async (request) => {
    const client = getClient(request);
    for (const user of store.managedUsersOf(client)) {
      platformTokens.forget(user.id);
      store.removeUser(user);
    }
    store.clients.delete(client.id);
    return success(toWire(client));
  });

  function getClient(request: FastifyRequest): PlatformClient {
    const { organizationId } = authentication.requireApiKey(request);
    const { clientId } = readInput(z.object({ clientId: filled }), request.params);
    const client = store.clients.get(clientId);
    if (!client) throw notFound(`OAuth client with ID ${clientId} not found`);
    if (client.organizationId !== organizationId) throw forbidden('This client is not of your organization');
    return client;
  }
}

function isNamed(given: z.output<typeof permission>): given is (typeof platformPermissions)[number] {
  return given !== '*';
}

function pagesOf(given: PlatformClient['pages']): PlatformClient['pages'] {
  const named = clientPages.map((page) => [page, given[page]]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as PlatformClient['pages'];
}

function toWire(client: PlatformClient) {
  const { id, name, secret, permissions, redirectUris, organizationId, createdAt } = client;
  return {
    id,
    name,
    secret,
    permissions,
    redirectUris,
    organizationId,
    createdAt: createdAt.toISOString(),
    areEmailsEnabled: client.areEmailsEnabled,
    areDefaultEventTypesEnabled: client.areDefaultEventTypesEnabled,
    areCalendarEventsEnabled: client.areCalendarEventsEnabled,
    ...client.pages,
  };
}
