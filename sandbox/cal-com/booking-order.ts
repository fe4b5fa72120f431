import { z } from 'zod';
import { badRequest, notFound } from './api-error.js';
import type { EventType } from './model.js';
import {
  digits,
  emailAddress,
  filled,
  integer,
  language,
  metadata,
  readInput,
  timeZone,
  utcInstant,
} from './parameters.js';
import type { Form } from './scheduling.js';
import type { Store } from './store.js';

const location = z.object({
  type: filled,
  integration: filled.optional(),
  address: filled.optional(),
  link: filled.optional(),
});

const current = z.object({
  start: utcInstant,
  attendee: z.object({
    name: filled,
    timeZone,
    email: emailAddress.optional(),
    phoneNumber: z
      .string()
      .regex(/^\+\d{6,15}$/, 'must be an international phone number')
      .optional(),
    language: language.default('en'),
  }),
  eventTypeId: integer.optional(),
  eventTypeSlug: filled.optional(),
  username: filled.optional(),
  guests: z.array(emailAddress).default([]),
  location: location.optional(),
  metadata: metadata.default({}),
  bookingFieldsResponses: z.record(z.string(), z.unknown()).default({}),
  lengthInMinutes: integer.optional(),
});

/** The body that the oldest controller expects. Whoever forgets the version header is told of fields he never heard of. */
const older = z.object({
  start: utcInstant,
  eventTypeId: z.union([integer, digits]),
  timeZone,
  language: filled,
  metadata: metadata.default({}),
  responses: z.object({ name: filled, email: emailAddress, guests: z.array(emailAddress).default([]) }),
});

interface BookingOrder {
  eventType: EventType;
  startsAt: Date;
  form: Form;
}

export function readBookingOrder(body: unknown, isCurrent: boolean, store: Store): BookingOrder {
  return isCurrent ? readCurrent(body, store) : readOlder(body, store);
}

function readCurrent(body: unknown, store: Store): BookingOrder {
  const given = readInput(current, body);
  const { attendee } = given;
  const eventType = findEventType(given, store);
  if (attendee.email === undefined) throw badRequest('attendee.email is missing');
  if (given.lengthInMinutes !== undefined && given.lengthInMinutes !== eventType.lengthInMinutes) {
    throw badRequest("Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths");
  }
  const responses = {
    ...given.bookingFieldsResponses,
    name: attendee.name,
    email: attendee.email,
    ...(attendee.phoneNumber !== undefined && { attendeePhoneNumber: attendee.phoneNumber }),
    ...(given.guests.length > 0 && { guests: given.guests }),
  };
  return {
    eventType,
    startsAt: given.start,
    form: {
      attendee: {
        name: attendee.name,
        email: attendee.email,
        timeZone: attendee.timeZone,
        language: attendee.language,
        phoneNumber: attendee.phoneNumber ?? null,
        responses,
        metadata: given.metadata,
      },
      guests: given.guests,
      metadata: given.metadata,
      location: given.location && locationOf(given.location),
    },
  };
}

function readOlder(body: unknown, store: Store): BookingOrder {
  const { responses, ...given } = readInput(older, body);
  const { name, email, guests } = responses;
  const attendee = { name, email, timeZone: given.timeZone, language: given.language, phoneNumber: null };
  return {
    eventType: findEventType(given, store),
    startsAt: given.start,
    form: {
      attendee: { ...attendee, responses: { name, email }, metadata: given.metadata },
      guests,
      metadata: given.metadata,
    },
  };
}

function findEventType(
  given: { eventTypeId?: number; eventTypeSlug?: string; username?: string },
  store: Store,
): EventType {
  const { eventTypeId, eventTypeSlug, username } = given;
  if (eventTypeId === undefined && (eventTypeSlug === undefined || username === undefined)) {
    throw badRequest('Either eventTypeId or eventTypeSlug + username must be provided in the request body');
  }
  const owner = username === undefined ? null : store.findUser(username);
  const found =
    eventTypeId === undefined
      ? owner && store.eventTypesOf(owner).find(({ slug }) => slug === eventTypeSlug)
      : store.eventTypes.get(eventTypeId);
  if (!found) throw notFound(`Event type with id ${eventTypeId ?? `slug ${eventTypeSlug ?? ''}`} not found`);
  return found;
}

function locationOf({ integration, address, link }: z.output<typeof location>): string {
  const names: Record<string, string> = { 'google-meet': 'google:meet', 'cal-video': 'daily' };
  return integration === undefined ? (address ?? link ?? '') : `integrations:${names[integration] ?? integration}`;
}
