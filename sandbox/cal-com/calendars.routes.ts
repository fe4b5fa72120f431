import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound, serverError, unauthorized } from './api-error.js';
import { loadedCalendars } from './busy-times-query.js';
import type { CalComParts } from './cal-com-parts.js';
import { integrationOf } from './calendars.js';
import { calendarKinds, type Credential, type User } from './model.js';
import { filled, flag, integer, readInput, text, timeZone } from './parameters.js';
import { success } from './success.js';

const path = z.object({ calendar: z.enum(calendarKinds, 'Invalid calendar type, available calendars are: ') });
const appleBody = z.object({ username: filled, password: filled });
const disconnectBody = z.object({ id: integer });
const feedBody = z.object({
  urls: z.array(filled.refine((url) => URL.canParse(url), 'must be a URL')).min(1, 'must not be empty'),
  readOnly: flag.default(true),
});
const day = text
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be YYYY-MM-DD')
  .transform((value) => new Date(`${value}T00:00:00Z`));
const busyQuery = z.object({
  timeZone: timeZone.optional(),
  loggedInUsersTz: timeZone.optional(),
  dateFrom: day,
  dateTo: day,
});
const titles = { google: 'Google Calendar', office365: 'Office 365 Calendar', apple: 'Apple Calendar' };

/** Calendars that are linked (contract 6.3). */
export function registerCalendarRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, calendars, store } = parts;

  api.get('/calendars', async (request) => success(calendars.list(requireReader(request))));

  api.get('/calendars/connections', async (request) => {
    const linked = store.credentialsOf(requireReader(request)).filter(({ kind }) => kind !== 'ics-feed');
    const connections = linked.map(({ id, kind, email }) => ({ connectionId: String(id), type: kind, email }));
    return success({ connections });
  });

  api.get('/calendars/busy-times', async (request) => {
    const user = requireReader(request);
    const query = readInput(busyQuery, request.query);
    if (query.timeZone === undefined && query.loggedInUsersTz === undefined) {
      throw badRequest('Either timeZone or loggedInUsersTz must be provided');
    }
    const until = new Date(query.dateTo.getTime() + 86_400_000);
    const wanted = loadedCalendars(request.query).map(({ credentialId, externalId }) => {
      const credential = store.credentials.get(credentialId);
      if (credential?.userId !== user.id) throw unauthorized('These credentials do not belong to you');
      if (credential.health !== 'good') throw serverError();
      return { credential, externalId };
    });
    return success(
      wanted.flatMap(({ credential, externalId }) =>
        calendars.busyTimes(credential, externalId, query.dateFrom, until),
      ),
    );
  });

  api.get('/calendars/ics-feed/check', async (request) => {
    const { user } = authentication.requireUser(request, 'APPS_READ');
    if (!store.credentialsOf(user).some(({ kind }) => kind === 'ics-feed')) {
      throw badRequest('Credentials for ics-feed_calendar not found.');
    }
    return { status: 'success' };
  });

  api.post('/calendars/ics-feed/save', async (request, reply) => {
    const { user } = authentication.requireUser(request, 'APPS_WRITE');
    const { urls, readOnly } = readInput(feedBody, request.body);
    const credential = calendars.link(user, 'ics-feed', urls[0] ?? '', { urls, isReadOnly: readOnly });
    return created(reply, toWire(credential));
  });

  api.get('/calendars/:calendar/check', async (request) => {
    const { user } = authentication.requireUser(request, 'APPS_READ');
    const { calendar } = readPath(request);
    const credentials = store.credentialsOf(user).filter(({ kind }) => kind === calendar);
    const credential = credentials.find(({ health }) => health === 'good') ?? credentials[0];
    if (!credential) throw badRequest(`Credentials for ${calendar}_calendar not found.`);
    if (credential.health === 'invalid') throw badRequest(`Invalid ${calendar} OAuth credentials.`);
    if (credential.health === 'refused') throw unauthorized('invalid_grant');
    if (credential.health === 'not-connected') throw unauthorized(`${titles[calendar]} not connected.`);
    return { status: 'success' };
  });

  api.post('/calendars/:calendar/credentials', async (request, reply) => {
    const { user } = authentication.requireUser(request, 'APPS_WRITE');
    if (readPath(request).calendar !== 'apple') throw badRequest('Invalid calendar type, available calendars are: ');
    calendars.link(user, 'apple', readInput(appleBody, request.body).username);
    return reply.status(201).send({ status: 'success' });
  });

  /** Which calendar the address names is not looked at (contract 6.3). */
  api.post('/calendars/:calendar/disconnect', async (request) => {
    const { user } = authentication.requireUser(request, 'APPS_WRITE');
    const credential = calendars.unlink(user, readInput(disconnectBody, request.body).id);
    if (!credential) throw notFound('Calendar credentials not found');
    return success(toWire(credential));
  });

  function requireReader(request: FastifyRequest): User {
    return authentication.requireUser(request, 'APPS_READ').user;
  }
}

function readPath(request: FastifyRequest): z.output<typeof path> {
  const outcome = path.safeParse(request.params);
  if (!outcome.success) throw badRequest('Invalid calendar type, available calendars are: ');
  return outcome.data;
}

function created(reply: FastifyReply, data: unknown) {
  return reply.status(201).send(success(data));
}

function toWire(credential: Credential) {
  const { id, userId, kind, health } = credential;
  const appId = kind === 'office365' ? 'office365-calendar' : kind === 'ics-feed' ? 'ics-feed' : `${kind}-calendar`;
  return { id, type: integrationOf(credential), userId, teamId: null, appId, invalid: health === 'invalid' };
}
