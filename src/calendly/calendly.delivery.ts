import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DeliveryContent, DeliveryIdentity, DeliverySeal, RawDelivery } from '../bookings/index.js';
import { isOf, toBookingFacts } from './calendly.mapper.js';
import { CALENDLY } from './calendly.profile.js';
import type { CalendlyUris } from './calendly.uris.js';
import { readFlatDelivery } from './calendly.flat-delivery.js';
import { deliveryEnvelopeWire, type FlatDeliveryWire, flatDeliveryWire, inviteePayloadWire } from './calendly.wire.js';

export const SIGNATURE_HEADER = 'calendly-webhook-signature';
const LONGEST_HEADER = 1_024;

/** What may stand in a column and in a log line. */
const EVENT_NAME = /^[\w.]{1,100}$/;

/**
 * `Calendly-Webhook-Signature: t=<unix seconds>,v1=<hex>`, the HMAC-SHA256 of `t`, a dot and the bytes received.
 * https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures
 */
export function verifyDelivery(
  { body, headers }: RawDelivery,
  keys: readonly string[],
  now: Date,
  maxAgeSeconds: number = CALENDLY.signatureToleranceSeconds,
): DeliverySeal {
  const header = headers[SIGNATURE_HEADER];
  if (header === undefined) return { verified: false, reason: 'missing' };
  const signature = typeof header === 'string' ? parseSignature(header) : null;
  if (signature === null) return { verified: false, reason: 'malformed' };
  const ageSeconds = now.getTime() / 1_000 - Number(signature.time);
  const isEarly = -ageSeconds > CALENDLY.signatureToleranceSeconds;
  if (ageSeconds > maxAgeSeconds || isEarly) return { verified: false, reason: 'stale' };
  const key = keys.find((candidate) => {
    const expected = createHmac('sha256', candidate).update(`${signature.time}.`).update(body).digest();
    return signature.seals.some((seal) => timingSafeEqual(seal, expected));
  });
  return key === undefined ? { verified: false, reason: 'wrong' } : { verified: true, key };
}

/** One `t`, and one or more `v1` of 32 bytes: during a change of keys a sender may seal with both. */
function parseSignature(header: string): { time: string; seals: Buffer[] } | null {
  if (header.length > LONGEST_HEADER) return null;
  const parts = header.split(',').map((part) => part.trim().split('='));
  const times = parts.filter(([name]) => name === 't').map(([, value = '']) => value);
  const seals = parts.filter(([name]) => name === 'v1').map(([, value = '']) => value);
  const [time] = times;
  if (times.length !== 1 || time === undefined || !/^\d{1,11}$/.test(time)) return null;
  if (seals.length === 0 || !seals.every((seal) => /^[0-9a-f]{64}$/i.test(seal))) return null;
  return { time, seals: seals.map((seal) => Buffer.from(seal, 'hex')) };
}

/**
 * There is no id of a delivery; a repetition carries the same moment. Never the event alone: it has many invitees. What
 * lacks one of these words, such as the flat form, is known by its bytes.
 */
export function identifyDelivery(body: Buffer): DeliveryIdentity {
  const { event, created_at, payload } = toObject(parseJson(body));
  const { uri, status, rescheduled } = toObject(payload);
  const words = [event, uri, created_at, status];
  const isComplete = words.every((word) => typeof word === 'string') && typeof rescheduled === 'boolean';
  return {
    identity: isComplete ? ['calendly', ...words, rescheduled].join(' ') : null,
    eventType: typeof event === 'string' && EVENT_NAME.test(event) ? event : null,
  };
}

export function readDelivery(uris: CalendlyUris, body: Buffer, receivedAt = new Date(0)): DeliveryContent {
  const said = parseJson(body);
  const flat = readFlat(said);
  if (flat !== null) return readFlatDelivery(flat, receivedAt);
  const envelope = deliveryEnvelopeWire.safeParse(said);
  if (!envelope.success) return unusable('envelope-malformed');
  const { event, created_at, created_by, payload } = envelope.data;
  if (!(CALENDLY.webhookEvents as readonly string[]).includes(event)) {
    return { accountIds: [], outcome: { kind: 'ignored', reason: 'event-unknown' } };
  }
  const invitee = inviteePayloadWire.safeParse(payload);
  const toldAt = new Date(created_at);
  if (!invitee.success || Number.isNaN(toldAt.getTime())) return unusable('payload-malformed');
  const { scheduled_event: scheduledEvent, uri } = invitee.data;
  const externalId = uris.inviteeIdOf(uri);
  const externalEventId = uris.idOf('scheduled_events', scheduledEvent.uri);
  if (externalId === null || externalEventId === null || !isOf(externalId, externalEventId)) {
    return unusable('address-foreign');
  }
  return {
    accountIds: [created_by, ...scheduledEvent.event_memberships.map(({ user }) => user)]
      .map((user) => (user ? uris.idOf('users', user) : null))
      .filter((id) => id !== null),
    outcome: { kind: 'booking', facts: toBookingFacts(uris, scheduledEvent, invitee.data, toldAt) },
  };
}

function unusable(reason: string): DeliveryContent {
  return { accountIds: [], outcome: { kind: 'unusable', reason } };
}

/** Whether these bytes have the flat form, which alone may come without a signature where that is allowed. */
export function isFlatDelivery(body: Buffer): boolean {
  return readFlat(parseJson(body)) !== null;
}

/** Almost no delivery is flat: one whose invitee has an address is not even tried. */
function readFlat(said: unknown): FlatDeliveryWire | null {
  const payload = (said as { payload?: { uri?: unknown } | null } | null | undefined)?.payload;
  return payload?.uri === undefined ? (flatDeliveryWire.safeParse(said).data ?? null) : null;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
