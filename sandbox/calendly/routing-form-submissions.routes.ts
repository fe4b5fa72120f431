import type { FastifyInstance } from 'fastify';
import { denied, notFound } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import { requireScope } from './caller.js';

export function registerRoutingFormRoutes(api: FastifyInstance, { store, wire }: CalendlyParts): void {
  api.get<{ Params: { uuid: string } }>('/routing_form_submissions/:uuid', async (request) => {
    const caller = requireScope(request, 'routing_forms:read');
    const submission = store.submissions.get(request.params.uuid);
    if (!submission) throw notFound();
    if (submission.organizationId !== caller.organizationId) throw denied();
    return { resource: wire.routingFormSubmission(submission) };
  });
}
