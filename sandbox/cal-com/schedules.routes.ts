import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from './api-error.js';
import { asksFor, requireVersion, schedulesVersion, slotsVersion } from './api-version.js';
import { slotsBetween } from './availability.js';
import type { CalComParts } from './cal-com-parts.js';
import type { Schedule } from './model.js';
import { toOlderSchedule } from './older-wire.js';
import { digits, filled, flag, instant, readInput, text, timeZone } from './parameters.js';
import { success } from './success.js';

const clock = text.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const creation = z.object({
  name: filled,
  timeZone,
  isDefault: flag,
  availability: z.array(z.object({ days: z.array(z.string()), startTime: clock, endTime: clock })).optional(),
});
const slotsQuery = z.object({ start: instant, end: instant, eventTypeId: digits, timeZone: timeZone.default('UTC') });

/** When hosts can be booked. Whoever has no schedule cannot be (contract 4). */
export function registerScheduleRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, managedUsers, store } = parts;

  api.get('/schedules', async (request) => {
    const { user } = authentication.requireUser(request, 'SCHEDULE_READ');
    const own = store.schedulesOf(user);
    return success(asksFor(request, schedulesVersion) ? own.map(toWire) : own.map(toOlderSchedule));
  });

  api.get('/schedules/default', async (request) => {
    const { user } = authentication.requireUser(request, 'SCHEDULE_READ');
    const schedule = store.schedules.get(user.defaultScheduleId ?? 0);
    if (!schedule) throw notFound(`User with ID ${user.id} has no default schedule`);
    return success(asksFor(request, schedulesVersion) ? toWire(schedule) : toOlderSchedule(schedule));
  });

  api.post('/schedules', async (request, reply) => {
    const { user } = authentication.requireUser(request, 'SCHEDULE_WRITE');
    const given = readInput(creation, request.body);
    const schedule = managedUsers.addSchedule(user, given);
    if (given.isDefault) user.defaultScheduleId = schedule.id;
    const answer = asksFor(request, schedulesVersion) ? toWire(schedule) : toOlderSchedule(schedule);
    return reply.status(201).send(success(answer));
  });

  api.get('/slots', async (request) => {
    requireVersion(request, slotsVersion);
    const query = readInput(slotsQuery, request.query);
    const eventType = store.eventTypes.get(query.eventTypeId);
    const host = store.users.get(eventType?.ownerId ?? 0);
    if (!eventType || !host) throw notFound(`Event Type with ID=${query.eventTypeId} not found`);
    return success(slotsBetween(store, host, eventType, query.start, endOf(request.query, query.end), query.timeZone));
  });

  function toWire({ id, ownerId, name, timeZone: zone, availability }: Schedule) {
    const isDefault = store.users.get(ownerId)?.defaultScheduleId === id;
    return { id, ownerId, name, timeZone: zone, availability, isDefault, overrides: [] };
  }
}

/** An end without an hour means all of that day. */
function endOf(query: unknown, end: Date): Date {
  const isDay = typeof query === 'object' && query !== null && 'end' in query && /^[\d-]+$/.test(String(query.end));
  return isDay ? new Date(end.getTime() + 86_400_000) : end;
}
