import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound } from './api-error.js';
import type { CalComParts } from './cal-com-parts.js';
import { integrationOf } from './calendars.js';
import type { CalendarChoice, User } from './model.js';
import { digits, filled, integer, readInput } from './parameters.js';
import { success } from './success.js';

const selection = z.object({ integration: filled, externalId: filled, credentialId: integer });
const selected = z.object({ integration: filled, externalId: filled, credentialId: digits });
const integrations = ['apple_calendar', 'google_calendar', 'office365_calendar'] as const;
const destination = z.object({
  integration: z.enum(integrations, `must be one of ${integrations.join(', ')}`),
  externalId: filled,
});

/** Which calendars are checked for conflicts, and which one bookings are written to (contract 6.3). */
export function registerCalendarChoiceRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, calendars, store } = parts;

  api.post('/selected-calendars', async (request, reply) => {
    const { user } = authentication.requireUser(request, 'APPS_WRITE');
    const choice = readInput(selection, request.body);
    requireCredential(user, choice);
    return reply.status(201).send(success(toWire(calendars.select(user, choice))));
  });

  api.delete('/selected-calendars', async (request) => {
    const { user } = authentication.requireUser(request, 'APPS_WRITE');
    const choice = calendars.findSelected(user, readInput(selected, request.query));
    if (!choice) throw notFound('Selected calendar not found');
    calendars.unselect(choice);
    return success(toWire(choice));
  });

  api.put('/destination-calendars', async (request) => {
    const { user } = authentication.requireUser(request, 'APPS_WRITE');
    const { integration, externalId } = readInput(destination, request.body);
    const made = calendars.setDestination(user, integration, externalId);
    if (!made) throw badRequest(`Could not find calendar ${externalId}`);
    return success(toWire(made));
  });

  function requireCredential(user: User, { credentialId, integration }: Omit<CalendarChoice, 'userId'>): void {
    const credential = store.credentialsOf(user).find(({ id }) => id === credentialId);
    if (!credential || integrationOf(credential) !== integration) throw notFound('Calendar credentials not found');
  }
}

function toWire({ userId, integration, externalId, credentialId }: CalendarChoice) {
  return { userId, integration, externalId, credentialId };
}
