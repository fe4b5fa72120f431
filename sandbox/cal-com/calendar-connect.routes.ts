import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { badRequest, serverError, unauthorized } from './api-error.js';
import { bearerOf } from './authentication.js';
import type { CalComParts } from './cal-com-parts.js';
import type { ConsentKind } from './calendar-consents.js';
import { readState, writeState } from './calendar-state.js';
import { filled, readInput, text } from './parameters.js';

const unknownCalendar = () => badRequest('Invalid calendar type, available calendars are: ');
const path = z.object({ calendar: filled });
const connectQuery = z.object({
  redir: text.optional(),
  // A boolean parser reads it: an empty value is not "no value" (contract 6.1).
  isDryRun: z.enum(['true', 'false'], 'Validation failed (boolean string is expected)').optional(),
});
const saveQuery = z.object({ state: filled, code: text.optional() });

/**
 * Linking a Google or Microsoft calendar (contract 6.1 and 6.2): `connect` answers with the provider's page, which sends
 * the browser to `save`, which sends it home. Nothing is appended on the way home: success and refusal look alike.
 */
export function registerCalendarConnectRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, calendarConsents, calendars, links } = parts;

  api.get('/calendars/:calendar/connect', async (request) => {
    authentication.requireUser(request, 'APPS_WRITE');
    const kind = consentKindOf(request);
    const { redir, isDryRun } = readInput(connectQuery, request.query);
    const state = writeState({
      accessToken: bearerOf(request) ?? '',
      // Without a browser's Origin this is the API's own host, which is no place to land.
      origin: request.headers.origin ?? request.headers.host ?? '',
      ...(redir !== undefined && { redir }),
      isDryRun: isDryRun === 'true',
    });
    return { status: 'success', data: { authUrl: calendarConsents.authUrl(kind, state) } };
  });

  /** Google comes back here, and is passed on; a refusal has no code, which becomes the text `undefined`. */
  api.get('/gcal/oauth/save', async (request, reply) => {
    const { state, code } = readInput(saveQuery, request.query);
    const query = new URLSearchParams({ code: code ?? 'undefined', state });
    return reply.redirect(`${links.api}/calendars/google/save?${query.toString()}`, 301);
  });

  /** Open to anybody: the access token inside `state` is all it goes by, expired or not, as long as its row remains. */
  api.get('/calendars/:calendar/save', async (request, reply) => {
    const kind = consentKindOf(request);
    const { state, code } = readInput(saveQuery, request.query);
    const { accessToken, isDryRun, origin, redir } = readState(state);
    const home = redir === undefined || redir === '' ? origin : redir;
    if (isDryRun === true || code === undefined || code === '' || code === 'undefined') {
      return reply.redirect(home, 301);
    }
    const owner = authentication.findOwner(accessToken);
    if (!owner) throw unauthorized('Invalid Access token.');
    const email = calendarConsents.spend(kind, code);
    if (email === null) throw serverError();
    calendars.link(owner, kind, email);
    return reply.redirect(home, 301);
  });

  function consentKindOf(request: FastifyRequest): ConsentKind {
    const { calendar } = readInput(path, request.params);
    if (calendar !== 'google' && calendar !== 'office365') throw unknownCalendar();
    return calendar;
  }
}
