import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { denied, hookExists, insufficientScope, invalid, notFound, upgradeNeeded } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import { callerOf, isAdmin, requireScope } from './caller.js';
import { randomIds } from './ids.js';
import type { Account, WebhookSubscription } from './model.js';
import { readParameters, readReference, sortBy, text, uri } from './parameters.js';
import { covers, type Scope } from './scopes.js';
import { webhookEvents } from './webhook-events.js';
import { toWireTime } from './wire-time.js';

const subscriptionScope = z.enum(['organization', 'user', 'group'], 'must be one of organization, user, group');
const owner = { organization: uri, scope: subscriptionScope, user: uri.optional(), group: uri.optional() };
const creation = z.object({
  ...owner,
  url: uri.refine((value) => /^https?:\/\//.test(value), 'must be an http or https URL'),
  events: z
    .array(
      text.refine((name) => webhookEvents.has(name), 'is not a known event'),
      'must be a list of events',
    )
    .min(1, 'must not be empty')
    .refine((names) => new Set(names).size === names.length, 'must not repeat an event'),
  signing_key: text.min(1, 'must not be empty').optional(),
});
const listing = z.object({ ...owner, sort: sortBy('created_at').default('asc') });
const sample = z.object({ ...owner, event: text });

type Query = { Querystring: Record<string, unknown> };
type One = { Params: { uuid: string } };
interface Audience {
  scope: 'organization' | 'user';
  organizationId: string;
  userId: string | null;
}

/** Subscriptions are made, listed and deleted; there is no update and no re-enabling (contract 5.1). */
export function registerWebhookRoutes(api: FastifyInstance, calendly: CalendlyParts): void {
  const { clock, deliveries, links, pages, store, wire } = calendly;

  api.post('/webhook_subscriptions', async (request, reply) => {
    const caller = requireScope(request, 'webhooks:write');
    const asked = readParameters(creation, request.body ?? {});
    requireReadScopes(request, asked.events);
    const audience = audienceOf(asked);
    refuseMisplaced(asked.events, audience.scope);
    requireOwnership(caller, audience, {
      notMember: 'You do not have permission',
      notSelf: 'You do not have permission',
    });
    if (store.organizations.get(audience.organizationId)?.plan === 'free') throw upgradeNeeded();
    // Where a URL must be unique is unconfirmed; here everywhere, the strictest reading (contract 5.1).
    if ([...store.subscriptions.values()].some((other) => other.callbackUrl === asked.url)) throw hookExists();

    const now = clock.now();
    const subscription: WebhookSubscription = {
      id: randomIds.uuid(),
      callbackUrl: asked.url,
      events: asked.events,
      ...audience,
      creatorId: caller.id,
      signingKey: signingKeyFor(request, asked.signing_key),
      state: 'active',
      retryStartedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    store.subscriptions.set(subscription.id, subscription);
    return reply.status(201).send({ resource: wire.subscription(subscription) });
  });

  api.get<Query>('/webhook_subscriptions', async (request) => {
    const caller = requireScope(request, 'webhooks:read');
    const asked = readParameters(listing, request.query);
    const audience = audienceOf(asked);
    requireOwnership(caller, audience, { notMember: 'You do not have permission', notSelf: 'Unauthorized' });
    const rows = [...store.subscriptions.values()].filter(
      (subscription) =>
        subscription.organizationId === audience.organizationId &&
        subscription.scope === audience.scope &&
        subscription.userId === audience.userId,
    );
    return pages.answer(
      { callerId: caller.id, path: '/webhook_subscriptions', query: request.query },
      { rows, keyOf: (row) => `${row.createdAt.toISOString()} ${row.id}`, direction: asked.sort },
      (subscription) => wire.subscription(subscription),
    );
  });

  api.get<One>('/webhook_subscriptions/:uuid', async (request) => {
    const caller = requireScope(request, 'webhooks:read');
    return { resource: wire.subscription(getOwn(caller, request.params.uuid)) };
  });

  api.delete<One>('/webhook_subscriptions/:uuid', async (request, reply) => {
    const caller = requireScope(request, 'webhooks:write');
    const subscription = getOwn(caller, request.params.uuid);
    store.subscriptions.delete(subscription.id);
    deliveries.abandonFor(subscription);
    return reply.status(204).send();
  });

  /** A delivery's envelope, not wrapped in `resource` (contract 5.1), composed from the latest booking. */
  api.get<Query>('/sample_webhook_data', async (request) => {
    const caller = requireScope(request, 'webhooks:read');
    const asked = readParameters(sample, request.query);
    const audience = audienceOf(asked);
    requireOwnership(caller, audience, { notMember: 'You do not have permission', notSelf: 'Unauthorized' });
    if (!asked.event.startsWith('invitee')) throw invalid('event', 'the sandbox has samples of invitee events only');
    if (!webhookEvents.has(asked.event)) throw invalid('event', 'is not a known event');
    const invitee = [...store.events.values()]
      .filter((event) => event.organizationId === audience.organizationId)
      .flatMap((event) => event.invitees)
      .at(-1);
    if (!invitee) throw notFound();
    return {
      event: asked.event,
      created_at: toWireTime(clock.now()),
      created_by: links.to('users', caller.id),
      payload: wire.inviteePayload(invitee),
    };
  });

  function audienceOf(asked: { organization: string; scope: string; user?: string; group?: string }): Audience {
    const organizationId = readReference(links, 'organizations', 'organization', asked.organization);
    if (asked.scope === 'group') {
      throw asked.group
        ? denied('You do not have permission to access this resource.')
        : invalid('group', 'is missing');
    }
    if (asked.scope === 'organization') return { scope: 'organization', organizationId, userId: null };
    if (!asked.user) throw invalid('user', 'is missing');
    return { scope: 'user', organizationId, userId: readReference(links, 'users', 'user', asked.user) };
  }

  function requireOwnership(caller: Account, audience: Audience, words: { notMember: string; notSelf: string }): void {
    if (audience.organizationId !== caller.organizationId) throw denied(words.notMember);
    if (audience.userId === caller.id) return;
    if (!isAdmin(caller)) {
      throw denied(audience.userId ? words.notSelf : 'You do not have permission to access this resource.');
    }
    if (audience.userId && store.accounts.get(audience.userId)?.organizationId !== caller.organizationId) {
      throw denied('You do not have permission to access this resource.');
    }
  }

  function getOwn(caller: Account, id: string): WebhookSubscription {
    const subscription = store.subscriptions.get(id);
    if (!subscription) throw notFound();
    const isOwn = subscription.userId === caller.id || isAdmin(caller);
    if (subscription.organizationId !== caller.organizationId || !isOwn) {
      throw denied('You do not have permission to access this resource.');
    }
    return subscription;
  }

  /** The application's key for OAuth, the one given at creation for a personal token, else none (contract 5.4). */
  function signingKeyFor(request: FastifyRequest, given: string | undefined): string | null {
    if (callerOf(request)?.grant.kind === 'personal') return given ?? null;
    const isOverridden = calendly.settings.sign_with_subscription_key && given !== undefined;
    return isOverridden ? given : calendly.app.signingKey;
  }
}

function refuseMisplaced(events: string[], scope: 'organization' | 'user'): void {
  const misplaced = events.find((name) => !webhookEvents.get(name)?.scopes.includes(scope));
  if (misplaced) throw invalid('events', `${misplaced} is not available in ${scope} scope`);
}

/** Besides webhooks:write, the read scope of each event's family (contract 2.6). */
function requireReadScopes(request: FastifyRequest, events: string[]): void {
  const needed = new Set(events.map((name) => webhookEvents.get(name)?.readScope));
  const granted = callerOf(request)?.grant.scopes ?? [];
  const missing = [...needed].filter((scope): scope is Scope => scope !== undefined && !covers(granted, scope));
  if (missing.length > 0) throw insufficientScope(missing);
}
