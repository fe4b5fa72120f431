import { type BookingFacts, type DeliveryContent, unnamedIds } from '../bookings/index.js';
import { sha256 } from '../platform/crypto/hashing.js';
import { toNames } from './calendly.mapper.js';
import type { FlatDeliveryWire } from './calendly.wire.js';

/**
 * The flat form, in our words. Whose appointment it is and when it begins are all there is to know one by; where it does
 * not say when something happened, it happened when it came in. Equal bytes are one delivery, because nothing in them
 * could tell a second one from a repetition.
 */
export function readFlatDelivery(delivery: FlatDeliveryWire, body: Buffer, receivedAt: Date): DeliveryContent {
  const { event, created_at: toldAt, payload } = delivery;
  const at = toldAt ?? receivedAt;
  const known = { identity: `calendly flat ${sha256(body).toString('hex')}`, eventType: event, accountIds: [] };
  if (payload.scheduled_event) {
    const { start_time: startsAt, end_time: endsAt } = payload.scheduled_event;
    const facts = toFlatFacts(delivery, { startsAt, endsAt, at });
    return { ...known, outcome: { kind: 'booking', facts } };
  }
  if (event === 'invitee.created') return { ...known, outcome: { kind: 'unusable', reason: 'payload-malformed' } };
  const { email, event_type_name: eventName } = payload;
  return { ...known, outcome: { kind: 'cancellation', of: { email, eventName: eventName ?? null, toldAt: at } } };
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
