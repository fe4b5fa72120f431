import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { badRequest, conflict, forbidden, notFound } from './api-error.js';
import { requirePermission } from './authentication.js';
import type { CalComParts } from './cal-com-parts.js';
import { randomUids } from './ids.js';
import type { Scope, Webhook, WebhookOwner } from './model.js';
import { digits, filled, flag, readInput } from './parameters.js';
import { success } from './success.js';
import { knownTriggers } from './triggers.js';
import { refuseUnreachable } from './webhook-address.js';

const fields = {
  subscriberUrl: filled.refine((url) => /^https?:/.test(url) && URL.canParse(url), 'must be a URL address'),
  triggers: z
    .array(z.enum(knownTriggers, `must be one of the following values: ${knownTriggers.join(', ')}`))
    .min(1, 'should not be empty'),
  active: flag,
};
const optional = {
  secret: z.string().optional(),
  payloadTemplate: z.string().optional(),
  version: z.enum(['2021-10-20'], 'must be 2021-10-20').optional(),
};
const creation = z.object({ ...fields, ...optional });
const changes = z.object(fields).partial().extend(optional);
const listQuery = z.object({
  take: digits.pipe(z.int().min(1).max(250, 'must not be greater than 250')).default(250),
  skip: digits.default(0),
});
const path = z.object({ webhookId: filled });

type FindOwner = (request: FastifyRequest, permission: Scope) => WebhookOwner;

/** Subscriptions of a platform client, of one user, or of one event type (contract 8.1): one set of routes for each. */
export function registerWebhookRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, settings, store } = parts;

  registerFor('/oauth-clients/:clientId/webhooks', { hasDeleteAll: true }, (request) => ({
    kind: 'client',
    clientId: authentication.requireClient(request).id,
  }));
  registerFor('/webhooks', { hasDeleteAll: false }, (request, permission) => ({
    kind: 'user',
    userId: authentication.requireUser(request, permission).user.id,
  }));
  registerFor('/event-types/:eventTypeId/webhooks', { hasDeleteAll: true }, (request, permission) => {
    const caller = authentication.requireUser(request);
    requirePermission(caller, permission);
    const { eventTypeId } = readInput(z.object({ eventTypeId: digits }), request.params);
    const eventType = store.eventTypes.get(eventTypeId);
    if (!eventType) throw notFound(`Event type with id ${eventTypeId} not found`);
    if (eventType.ownerId !== caller.user.id) throw forbidden('User is not the owner of this event type');
    return { kind: 'event-type', eventTypeId };
  });

  function registerFor(base: string, { hasDeleteAll }: { hasDeleteAll: boolean }, findOwner: FindOwner): void {
    api.post(base, async (request, reply) => {
      const owner = findOwner(request, 'WEBHOOK_WRITE');
      const given = readInput(creation, request.body);
      refuseAddress(owner, given.subscriberUrl, null);
      const webhook: Webhook = {
        id: randomUids.uuid(),
        owner,
        subscriberUrl: given.subscriberUrl,
        triggers: given.triggers,
        isActive: given.active,
        payloadTemplate: given.payloadTemplate ?? null,
        secret: given.secret ?? null,
      };
      store.webhooks.set(webhook.id, webhook);
      return reply.status(201).send(success(toWireWebhook(webhook)));
    });

    api.get(base, async (request) => {
      const { take, skip } = readInput(listQuery, request.query);
      const own = webhooksOf(findOwner(request, 'WEBHOOK_READ'));
      return success(own.slice(skip, skip + take).map(toWireWebhook));
    });

    api.get(`${base}/:webhookId`, async (request) => success(toWireWebhook(getWebhook(request, findOwner, 'READ'))));

    api.patch(`${base}/:webhookId`, async (request) => {
      const webhook = getWebhook(request, findOwner, 'WRITE');
      const given = readInput(changes, request.body);
      if (given.subscriberUrl !== undefined) refuseAddress(webhook.owner, given.subscriberUrl, webhook);
      webhook.subscriberUrl = given.subscriberUrl ?? webhook.subscriberUrl;
      webhook.triggers = given.triggers ?? webhook.triggers;
      webhook.isActive = given.active ?? webhook.isActive;
      webhook.payloadTemplate = given.payloadTemplate ?? webhook.payloadTemplate;
      webhook.secret = given.secret ?? webhook.secret;
      return success(toWireWebhook(webhook));
    });

    api.delete(`${base}/:webhookId`, async (request) => {
      const webhook = getWebhook(request, findOwner, 'WRITE');
      store.webhooks.delete(webhook.id);
      return success(toWireWebhook(webhook));
    });

    if (!hasDeleteAll) return;
    api.delete(base, async (request) => {
      const own = webhooksOf(findOwner(request, 'WEBHOOK_WRITE'));
      for (const { id } of own) store.webhooks.delete(id);
      return success(`${own.length} webhooks deleted`);
    });
  }

  function getWebhook(request: FastifyRequest, findOwner: FindOwner, kind: 'READ' | 'WRITE'): Webhook {
    const owner = findOwner(request, `WEBHOOK_${kind}`);
    const { webhookId } = readInput(path, request.params);
    const webhook = store.webhooks.get(webhookId);
    if (!webhook) throw notFound(`Webhook (${webhookId}) not found`);
    if (!isSameOwner(webhook.owner, owner)) throw forbidden(`You are not the owner of webhook (${webhookId})`);
    return webhook;
  }

  function webhooksOf(owner: WebhookOwner): Webhook[] {
    return [...store.webhooks.values()].filter((webhook) => isSameOwner(webhook.owner, owner));
  }

  function refuseAddress(owner: WebhookOwner, url: string, except: Webhook | null): void {
    if (settings.webhook_addresses === 'hosted') refuseUnreachable(url, badRequest);
    if (!settings.unique_webhook_addresses) return;
    const isTaken = webhooksOf(owner).some((other) => other !== except && other.subscriberUrl === url);
    if (isTaken) throw conflict('Webhook with this subscriberUrl already exists');
  }
}

/** The id is text, whatever the OpenAPI says (contract 2). */
export function toWireWebhook({ id, owner, subscriberUrl, triggers, isActive, payloadTemplate, secret }: Webhook) {
  return {
    id,
    subscriberUrl,
    triggers: [...triggers],
    active: isActive,
    payloadTemplate: payloadTemplate ?? '',
    ...(secret !== null && { secret }),
    ...(owner.kind === 'client' && { oAuthClientId: owner.clientId }),
    ...(owner.kind === 'user' && { userId: owner.userId }),
    ...(owner.kind === 'event-type' && { eventTypeId: owner.eventTypeId }),
  };
}

function isSameOwner(one: WebhookOwner, other: WebhookOwner): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
