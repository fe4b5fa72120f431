import { calendlyEnvelope, calendlyEvent, calendlyInvitee, sign, toBody } from '../test/support/calendly-payloads.js';
import type { Owner } from './stage/owner.js';
import type { StandIns } from './stage/stand-ins.js';

const API = 'https://api.calendly.com';
const HALF_HOUR_MS = 1_800_000;

/** Where Calendly would deliver to, and the key it would sign with. */
export interface DeliveryAddress {
  readonly url: string;
  readonly key: string;
}

/** Connects an account of Calendly's stand-in, and answers what the application registered there. */
export async function openAddress(owner: Owner, standIns: StandIns): Promise<DeliveryAddress> {
  await owner.connect('calendly', 'nora@example.test');
  await owner.settledReading('calendly');
  const subscriptions = await standIns.control<{ callback_url: string }[]>('calendly', 'GET', '/subscriptions');
  return {
    url: subscriptions.at(-1)?.callback_url ?? '',
    key: standIns.environment['CALENDLY_WEBHOOK_SIGNING_KEY'] ?? '',
  };
}

export interface Appointment {
  /** Makes its names; no two of a bench are the same. */
  readonly label: string;
  readonly email: string;
  readonly name: string;
  /** How many half hours from a fixed morning. */
  readonly place: number;
  readonly canceled?: boolean;
}

/** A delivery as Calendly writes it, of two thousand bytes or so. */
export function deliveryOf({ label, email, name, place, canceled = false }: Appointment): Buffer {
  const uri = `${API}/scheduled_events/${label}`;
  const startsAt = Date.parse('2027-01-04T08:00:00.000Z') + place * HALF_HOUR_MS;
  const times = { created_at: '2026-11-20T10:00:00.000000Z', updated_at: moment(canceled ? 60_000 : 0) };
  const cancellation = {
    canceled_by: name,
    reason: 'Empêchement',
    canceler_type: 'invitee',
    created_at: moment(60_000),
  };
  const state = canceled ? { status: 'canceled', cancellation } : {};
  const event = calendlyEvent({
    uri,
    start_time: iso(startsAt),
    end_time: iso(startsAt + HALF_HOUR_MS),
    ...times,
    ...state,
  });
  const invitee = calendlyInvitee({ uri: `${uri}/invitees/${label}`, event: uri, email, name, ...times, ...state });
  return toBody(
    calendlyEnvelope({
      event: canceled ? 'invitee.canceled' : 'invitee.created',
      created_at: moment(canceled ? 61_000 : 1_000),
      payload: { ...invitee, scheduled_event: event },
    }),
  );
}

/** The whole request, ready to be written to a connection. */
export function requestOf({ url, key }: DeliveryAddress, body: Buffer): Buffer {
  const { host, pathname } = new URL(url);
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    'User-Agent: Calendly',
    `Calendly-Webhook-Signature: ${signatureOf(key, body)}`,
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

export function signatureOf(key: string, body: Buffer): string {
  return sign(body, key, Math.floor(Date.now() / 1_000));
}

function moment(afterMs: number): string {
  return iso(Date.parse('2026-11-20T10:00:00.000Z') + afterMs);
}

function iso(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '000Z');
}
