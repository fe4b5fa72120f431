import { type BookingFacts, type DeliveryContent, unnamedIds } from '../bookings/index.js';
import { toNames } from './calendly.mapper.js';
import type { FlatDeliveryWire } from './calendly.wire.js';

/**
 * The flat form, in our words. Whose appointment it is and when it begins are all there is to know one by; where it does
 * not say when something happened, it happened when it came in. Equal bytes are one delivery, because nothing in them
 * could tell a second one from a repetition.
 */
export function readFlatDelivery(delivery: FlatDeliveryWire, receivedAt: Date): DeliveryContent {
  const { event, created_at: toldAt, payload } = delivery;
  const at = toldAt ?? receivedAt;
  const accountIds: string[] = [];
  if (payload.scheduled_event) {
    const { start_time: startsAt, end_time: endsAt } = payload.scheduled_event;
    const facts = toFlatFacts(delivery, { startsAt, endsAt, at });
    return { accountIds, outcome: { kind: 'booking', facts } };
  }
  if (event === 'invitee.created') return { accountIds, outcome: { kind: 'unusable', reason: 'payload-malformed' } };
  const { email, event_type_name: eventName } = payload;
  return { accountIds, outcome: { kind: 'cancellation', of: { email, eventName: eventName ?? null, toldAt: at } } };
}

function toFlatFacts(
  { event, payload }: FlatDeliveryWire,
  { startsAt, endsAt, at }: { startsAt: Date; endsAt: Date; at: Date },
): BookingFacts {
  const isCanceled = event === 'invitee.canceled';
  return {
    ...unnamedIds([payload.email.toLowerCase(), startsAt.toISOString()]),
    status: isCanceled ? 'canceled' : 'active',
    eventType: null,
    eventName: payload.event_type_name ?? null,
    startsAt,
    endsAt,
    location: null,
    joinUrl: null,
    invitee: {
      name: payload.name,
      ...toNames({ name: payload.name }),
      email: payload.email,
      phone: null,
      timeZone: payload.timezone ?? null,
    },
    questions: (payload.questions_and_answers ?? []).map(({ question, answer, position }, index) => ({
      question,
      answer,
      position: position ?? index,
    })),
    tracking: {},
    cancellation: isCanceled ? { by: null, reason: null } : null,
    noShow: { at: null, knownAt: at },
    previousExternalId: null,
    nextExternalId: null,
    providerCreatedAt: at,
    providerUpdatedAt: at,
  };
}
