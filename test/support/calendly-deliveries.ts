import { createHmac, randomUUID } from 'node:crypto';

export interface SignedDelivery {
  body: string;
  /** Made at the moment of sending: Calendly signs every attempt anew. */
  headers(key: string): Record<string, string>;
}

export interface DeliverySubject {
  apiUrl: string;
  eventId: string;
  inviteeId: string;
  email: string;
  name: string;
  startsAt: Date;
  /** The moment of the booking. */
  bookedAt: Date;
}

export type DeliveryKind = 'invitee.created' | 'invitee.canceled' | 'invitee_no_show.created';

const MINUTE_MS = 60_000;

/** A subject with ids of its own. */
export function newSubject(apiUrl: string, email: string, startsAt: Date): DeliverySubject {
  const [eventId, inviteeId] = [randomUUID(), randomUUID()];
  return {
    apiUrl,
    eventId,
    inviteeId,
    email,
    name: 'John Doe',
    startsAt,
    bookedAt: new Date(Date.now() - 60 * MINUTE_MS),
  };
}

/** The envelope of section 5.3 of the contract sheet, composed field by field. */
export function calendlyDelivery(subject: DeliverySubject, kind: DeliveryKind): SignedDelivery {
  const { apiUrl, eventId, inviteeId, startsAt, bookedAt } = subject;
  const toldAt = new Date(bookedAt.getTime() + (kind === 'invitee.created' ? 1 : 10) * MINUTE_MS);
  const isCanceled = kind === 'invitee.canceled';
  const updatedAt = isCanceled ? toldAt : bookedAt;
  const cancellation = { canceled_by: subject.name, reason: null, canceler_type: 'invitee', created_at: iso(toldAt) };
  const eventUri = `${apiUrl}/scheduled_events/${eventId}`;
  const body = JSON.stringify({
    event: kind,
    created_at: iso(toldAt),
    created_by: `${apiUrl}/users/AAAAAAAAAAAAAAAA`,
    payload: {
      uri: `${eventUri}/invitees/${inviteeId}`,
      event: eventUri,
      email: subject.email,
      name: subject.name,
      first_name: null,
      last_name: null,
      status: isCanceled ? 'canceled' : 'active',
      timezone: 'Europe/Paris',
      questions_and_answers: [],
      text_reminder_number: null,
      rescheduled: false,
      old_invitee: null,
      new_invitee: null,
      tracking: {
        utm_campaign: null,
        utm_source: null,
        utm_medium: null,
        utm_content: null,
        utm_term: null,
        salesforce_uuid: null,
      },
      cancel_url: `https://calendly.com/cancellations/${inviteeId}`,
      reschedule_url: `https://calendly.com/reschedulings/${inviteeId}`,
      routing_form_submission: null,
      payment: null,
      no_show:
        kind === 'invitee_no_show.created'
          ? { uri: `${apiUrl}/invitee_no_shows/${inviteeId}`, created_at: iso(toldAt) }
          : null,
      reconfirmation: null,
      scheduling_method: null,
      invitee_scheduled_by: null,
      ...(isCanceled && { cancellation }),
      created_at: iso(bookedAt),
      updated_at: iso(updatedAt),
      scheduled_event: {
        uri: eventUri,
        name: 'Découverte 30min',
        status: isCanceled ? 'canceled' : 'active',
        start_time: iso(startsAt),
        end_time: iso(new Date(startsAt.getTime() + 30 * MINUTE_MS)),
        event_type: `${apiUrl}/event_types/BBBBBBBBBBBBBBBB`,
        location: { type: 'physical', location: '1 rue de la Paix, Paris' },
        invitees_counter: { total: 1, active: isCanceled ? 0 : 1, limit: 1 },
        event_memberships: [
          { user: `${apiUrl}/users/AAAAAAAAAAAAAAAA`, user_email: 'nora@example.test', user_name: 'Nora' },
        ],
        event_guests: [],
        ...(isCanceled && { cancellation }),
        created_at: iso(bookedAt),
        updated_at: iso(updatedAt),
      },
    },
  });
  return {
    body,
    headers: (key) => {
      const time = Math.floor(Date.now() / 1_000);
      const seal = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
      return { 'content-type': 'application/json', 'calendly-webhook-signature': `t=${time},v1=${seal}` };
    },
  };
}

function iso(instant: Date): string {
  return instant.toISOString().replace('Z', '000Z');
}
