import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DeliveryContent, DeliveryIdentity, DeliverySeal, RawDelivery } from '../bookings/index.js';
import { type BookingTrigger, toDeliveredFacts, withoutMark } from './cal-com.mapper.js';
import { CAL_COM } from './cal-com.profile.js';
import { deliveredAbsenceWire, deliveredBookingWire, deliveryEnvelopeWire } from './cal-com.wire.js';

export const SIGNATURE_HEADER = 'x-cal-signature-256';

/** What may stand in a column and in a log line. */
const TRIGGER_NAME = /^\w{1,100}$/;

/**
 * `X-Cal-Signature-256: <hex>`, the HMAC-SHA256 of the bytes received: no prefix and no moment. A subscription without a
 * secret signs with the words `no-secret-provided`, which prove nothing and are no signature.
 */
export function verifyDelivery({ body, headers }: RawDelivery, keys: readonly string[]): DeliverySeal {
  const header = headers[SIGNATURE_HEADER];
  if (header === undefined) return { verified: false, reason: 'missing' };
  if (typeof header !== 'string' || !/^[0-9a-f]{64}$/i.test(header)) return { verified: false, reason: 'malformed' };
  const seal = Buffer.from(header, 'hex');
  const key = keys.find((candidate) => timingSafeEqual(seal, createHmac('sha256', candidate).update(body).digest()));
  return key === undefined ? { verified: false, reason: 'wrong' } : { verified: true, key };
}

/**
 * A delivery has no number and its signature no date: what was sent once can be sent again by whoever saw it. So it is
 * known by the whole of its bytes, for as long as identities are kept.
 */
export function identifyDelivery(body: Buffer): DeliveryIdentity {
  const trigger = (parseJson(body) as { triggerEvent?: unknown } | null | undefined)?.triggerEvent;
  return { identity: null, eventType: typeof trigger === 'string' && TRIGGER_NAME.test(trigger) ? trigger : null };
}

export function readDelivery(clientId: string | undefined, body: Buffer): DeliveryContent {
  const unusable = (reason: string): DeliveryContent => ({ accountIds: [], outcome: { kind: 'unusable', reason } });

  const envelope = deliveryEnvelopeWire.safeParse(parseJson(body));
  if (!envelope.success) return unusable('envelope-malformed');
  const { triggerEvent, createdAt, payload } = envelope.data;
  const toldAt = new Date(createdAt);

  if (!isHeard(triggerEvent)) return { accountIds: [], outcome: { kind: 'ignored', reason: 'event-unknown' } };
  if (Number.isNaN(toldAt.getTime())) return unusable('envelope-malformed');
  if (triggerEvent === 'BOOKING_NO_SHOW_UPDATED') {
    const told = deliveredAbsenceWire.safeParse(payload);
    if (!told.success) return unusable('payload-malformed');
    const { bookingUid: externalEventId, attendees } = told.data;
    const marks = attendees.map(({ email, noShow }) => ({ email: withoutMark(email, clientId), isAbsent: noShow }));
    return { accountIds: [], outcome: { kind: 'absence', of: { externalEventId, toldAt, marks } } };
  }

  const booking = deliveredBookingWire.safeParse(payload);
  if (!booking.success) return unusable('payload-malformed');
  const [facts, ...others] = toDeliveredFacts(triggerEvent, booking.data, toldAt, clientId);
  if (facts === undefined) return unusable('payload-malformed');
  const { organizer } = booking.data;
  return {
    accountIds: typeof organizer.id === 'number' ? [String(organizer.id)] : [],
    outcome: { kind: 'booking', facts, others },
  };
}

function isHeard(trigger: string): trigger is BookingTrigger | 'BOOKING_NO_SHOW_UPDATED' {
  return (CAL_COM.webhookEvents as readonly string[]).includes(trigger);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
