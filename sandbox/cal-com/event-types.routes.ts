import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from './api-error.js';
import { asksFor, eventTypesVersion } from './api-version.js';
import { requirePermission } from './authentication.js';
import type { CalComParts } from './cal-com-parts.js';
import type { EventType } from './model.js';
import { toOlderEventType } from './older-wire.js';
import { digits, readInput, text } from './parameters.js';
import { success } from './success.js';

const listQuery = z.object({ username: text.optional(), eventSlug: text.optional() });
const path = z.object({ eventTypeId: digits });

/** What can be booked, read only: event types are made by hand in Cal.com, or come with a managed user. */
export function registerEventTypeRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { authentication, links, store } = parts;

  /** Anybody may read a named user's; without a name, one's own. */
  api.get('/event-types', async (request) => {
    const { username, eventSlug } = readInput(listQuery, request.query);
    const owner = username === undefined ? authentication.requireUser(request).user : store.findUser(username);
    if (username === undefined) requirePermission(authentication.requireUser(request), 'EVENT_TYPE_READ');
    const found = owner ? store.eventTypesOf(owner) : [];
    const wanted = found.filter((eventType) => eventSlug === undefined || eventType.slug === eventSlug);
    if (asksFor(request, eventTypesVersion)) return success(wanted.map(toWire));
    return success({ eventTypeGroups: [{ eventTypes: wanted.map(toOlderEventType) }] });
  });

  api.get('/event-types/:eventTypeId', async (request) => {
    const { user } = authentication.requireUser(request, 'EVENT_TYPE_READ');
    const { eventTypeId } = readInput(path, request.params);
    const eventType = store.eventTypes.get(eventTypeId);
    if (eventType?.ownerId !== user.id) throw notFound(`Event type with id ${eventTypeId} not found`);
    return success(
      asksFor(request, eventTypesVersion) ? toWire(eventType) : { eventType: toOlderEventType(eventType) },
    );
  });

  function toWire(eventType: EventType) {
    const owner = store.users.get(eventType.ownerId);
    const { id, ownerId, title, slug, description, lengthInMinutes, seatsPerTimeSlot } = eventType;
    return {
      id,
      ownerId,
      title,
      slug,
      description,
      lengthInMinutes,
      locations: [toLocation(eventType.location)],
      bookingFields: bookingFieldsOf(eventType),
      disableGuests: false,
      recurrence: null,
      metadata: {},
      price: 0,
      currency: 'eur',
      lockTimeZoneToggleOnBookingPage: false,
      forwardParamsSuccessRedirect: null,
      successRedirectUrl: null,
      isInstantEvent: false,
      scheduleId: null,
      hidden: false,
      bookingRequiresAuthentication: false,
      confirmationPolicy: eventType.requiresConfirmation
        ? { type: 'always', blockUnconfirmedBookingsInBooker: false }
        : { disabled: true },
      ...(seatsPerTimeSlot !== null && {
        seats: { seatsPerTimeSlot, showAttendeeInfo: true, showAvailabilityCount: true },
      }),
      users: owner ? [owner.username] : [],
      bookingUrl: `${links.site}/?event_type=${id}`,
    };
  }
}

function toLocation(location: string) {
  const integrations: Record<string, string> = { 'google:meet': 'google-meet', daily: 'cal-video' };
  const [kind = '', ...rest] = location.split(':');
  if (kind === 'integrations') return { type: 'integration', integration: integrations[rest.join(':')] ?? 'jitsi' };
  return { type: 'address', address: location, public: true };
}

function bookingFieldsOf({ fields }: EventType) {
  const common = { placeholder: '', required: true };
  return [
    { type: 'name', slug: 'name', label: 'your_name', isDefault: true, ...common },
    { type: 'email', slug: 'email', label: 'email_address', isDefault: true, ...common },
    ...fields.map((field) => ({ ...field, placeholder: '', required: false, hidden: false, isDefault: false })),
  ];
}
