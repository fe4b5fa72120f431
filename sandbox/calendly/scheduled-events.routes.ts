import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { denied, invalid, notFound } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import { isAdmin, requireAdmin, requireScope } from './caller.js';
import type { Account, ScheduledEvent } from './model.js';
import { bookingStatus, readParameters, readReference, sortBy, text, time, uri } from './parameters.js';
import { toWireCancellation } from './wire.js';

const eventFilters = z.object({
  user: uri.optional(),
  organization: uri.optional(),
  group: uri.optional(),
  invitee_email: text.optional(),
  status: bookingStatus.optional(),
  min_start_time: time.optional(),
  max_start_time: time.optional(),
  sort: sortBy('start_time').default('asc'),
});
const inviteeFilters = z.object({
  status: bookingStatus.optional(),
  email: text.optional(),
  sort: sortBy('created_at').default('asc'),
});
const cancellationBody = z.object({ reason: text.max(10_000, 'must be at most 10000 characters').nullish() }).nullish();

type Query = { Querystring: Record<string, unknown> };
type One = { Params: { uuid: string } };

/** Events, their invitees, and cancellation (contract 4.2 to 4.4). */
export function registerScheduledEventRoutes(api: FastifyInstance, calendly: CalendlyParts): void {
  const { clock, links, pages, scheduling, store, wire } = calendly;

  api.get<Query>('/scheduled_events', async (request) => {
    const caller = requireScope(request, 'scheduled_events:read');
    const asked = readParameters(eventFilters, request.query);
    const isVisible = visibilityOf(caller, asked);
    // "After" and "prior to" (contract 4.2): taken at their word, so a client must let its windows overlap.
    const rows = [...store.events.values()].filter(
      (event) =>
        isVisible(event) &&
        (!asked.status || event.status === asked.status) &&
        (!asked.min_start_time || event.startsAt > asked.min_start_time) &&
        (!asked.max_start_time || event.startsAt < asked.max_start_time) &&
        (!asked.invitee_email || event.invitees.some((invitee) => invitee.form.email === asked.invitee_email)),
    );
    return pages.answer(
      { callerId: caller.id, path: '/scheduled_events', query: request.query },
      { rows, keyOf: (event) => `${event.startsAt.toISOString()} ${event.id}`, direction: asked.sort },
      (event) => wire.scheduledEvent(event),
    );
  });

  api.get<One>('/scheduled_events/:uuid', async (request) => {
    const caller = requireScope(request, 'scheduled_events:read');
    return { resource: wire.scheduledEvent(getVisible(caller, request.params.uuid)) };
  });

  api.get<One & Query>('/scheduled_events/:uuid/invitees', async (request) => {
    const caller = requireScope(request, 'scheduled_events:read');
    const event = getVisible(caller, request.params.uuid);
    const asked = readParameters(inviteeFilters, request.query);
    const rows = event.invitees.filter(
      (invitee) =>
        (!asked.status || invitee.status === asked.status) && (!asked.email || invitee.form.email === asked.email),
    );
    return pages.answer(
      { callerId: caller.id, path: `/scheduled_events/${event.id}/invitees`, query: request.query },
      { rows, keyOf: (invitee) => `${invitee.createdAt.toISOString()} ${invitee.id}`, direction: asked.sort },
      (invitee) => wire.invitee(invitee),
    );
  });

  api.get<{ Params: { event: string; invitee: string } }>(
    '/scheduled_events/:event/invitees/:invitee',
    async (request) => {
      const caller = requireScope(request, 'scheduled_events:read');
      const event = getVisible(caller, request.params.event);
      const invitee = event.invitees.find((candidate) => candidate.id === request.params.invitee);
      if (!invitee) throw notFound();
      return { resource: wire.invitee(invitee) };
    },
  );

  api.post<One>('/scheduled_events/:uuid/cancellation', async (request, reply) => {
    const caller = requireScope(request, 'scheduled_events:write');
    const event = store.events.get(request.params.uuid);
    if (!event) throw notFound();
    if (!isVisibleTo(caller, event)) throw denied('You are not allowed to cancel this event');
    const body = readParameters(cancellationBody, request.body);
    if (event.status === 'canceled') throw denied('Event is already canceled');
    if (event.startsAt <= clock.now()) throw denied('Event in the past');
    scheduling.cancelEvent(event, 'host', body?.reason ?? null);
    if (!event.cancellation) throw new Error('a canceled event has no cancellation');
    return reply.status(201).send({ resource: toWireCancellation(event.cancellation) });
  });

  function getVisible(caller: Account, id: string): ScheduledEvent {
    const event = store.events.get(id);
    if (!event) throw notFound();
    if (!isVisibleTo(caller, event)) throw denied('You are not allowed to view this event');
    return event;
  }

  /** Which events a list may hold, or the refusal the combination of filters earns (contract 3 and 4.2). */
  function visibilityOf(caller: Account, asked: z.output<typeof eventFilters>): (event: ScheduledEvent) => boolean {
    if (asked.group) throw denied('You do not have permission to access this resource.');
    const userId = asked.user && readReference(links, 'users', 'user', asked.user);
    if (!asked.organization) {
      if (!userId) throw invalid('user', 'user, organization or group must be given');
      if (userId !== caller.id) throw denied(whyNotAlone(caller, userId));
      return (event) => event.hostId === userId;
    }
    const organizationId = readReference(links, 'organizations', 'organization', asked.organization);
    if (organizationId !== caller.organizationId) throw denied('You do not have permission to access this resource.');
    requireAdmin(caller);
    if (userId && store.accounts.get(userId)?.organizationId !== organizationId) {
      throw denied('This user is not in your organization');
    }
    return (event) => event.organizationId === organizationId && (!userId || event.hostId === userId);
  }

  function whyNotAlone(caller: Account, userId: string): string {
    const isColleague = store.accounts.get(userId)?.organizationId === caller.organizationId;
    return isColleague
      ? 'Please also specify organization when requesting events for a user within your organization.'
      : 'You do not have permission';
  }
}

function isVisibleTo(caller: Account, event: ScheduledEvent): boolean {
  return event.hostId === caller.id || (event.organizationId === caller.organizationId && isAdmin(caller));
}
