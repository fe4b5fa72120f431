import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { denied, invalid, notFound } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import { isAdmin, requireScope } from './caller.js';
import type { Account, Invitee } from './model.js';
import { readParameters, uri } from './parameters.js';

type One = { Params: { uuid: string } };

export function registerNoShowRoutes(api: FastifyInstance, { links, scheduling, store, wire }: CalendlyParts): void {
  api.post('/invitee_no_shows', async (request, reply) => {
    const caller = requireScope(request, 'scheduled_events:write');
    const body = readParameters(z.object({ invitee: uri }), request.body ?? {});
    const id = links.findInviteeId(body.invitee);
    if (id === null) throw invalid('invitee', 'must be the URI of an invitee');
    const invitee = requireAccess(caller, store.invitees.get(id));
    // The answers to these two are undocumented; some refusal there must be, since one mark is all an invitee can bear.
    if (invitee.status === 'canceled') throw invalid('invitee', 'has canceled');
    if (invitee.noShow) throw invalid('invitee', 'is already marked as a no-show');
    scheduling.markNoShow(invitee);
    return reply.status(201).send({ resource: wire.noShow(invitee) });
  });

  api.get<One>('/invitee_no_shows/:uuid', async (request) => {
    const caller = requireScope(request, 'scheduled_events:read');
    return { resource: wire.noShow(requireAccess(caller, store.findInviteeByNoShow(request.params.uuid))) };
  });

  api.delete<One>('/invitee_no_shows/:uuid', async (request, reply) => {
    const caller = requireScope(request, 'scheduled_events:write');
    scheduling.unmarkNoShow(requireAccess(caller, store.findInviteeByNoShow(request.params.uuid)));
    return reply.status(204).send();
  });

  function requireAccess(caller: Account, invitee: Invitee | null | undefined): Invitee {
    if (!invitee) throw notFound();
    const event = store.eventOf(invitee);
    const isOwn = event.hostId === caller.id || (event.organizationId === caller.organizationId && isAdmin(caller));
    if (!isOwn) throw denied();
    return invitee;
  }
}
