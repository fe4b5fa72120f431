import { createHmac } from 'node:crypto';

// Calendly's objects, composed from its document: what the cases of a test change, over what most have in common.

export const CALENDLY_API = 'https://api.calendly.com';

export type Fields = Record<string, unknown>;

export function calendlyEvent(changes: Fields = {}): Fields {
  return {
    uri: `${CALENDLY_API}/scheduled_events/E1`,
    name: 'Découverte 30min',
    meeting_notes_plain: null,
    meeting_notes_html: null,
    status: 'active',
    start_time: '2026-11-24T09:00:00.000000Z',
    end_time: '2026-11-24T09:30:00.000000Z',
    event_type: `${CALENDLY_API}/event_types/T1`,
    location: { type: 'google_conference', status: 'processing', join_url: null },
    invitees_counter: { total: 1, active: 1, limit: 1 },
    created_at: '2026-11-20T10:00:00.123456Z',
    updated_at: '2026-11-20T10:00:00.123456Z',
    event_memberships: [{ user: `${CALENDLY_API}/users/U1`, user_email: 'nora@example.test', user_name: 'Nora Petit' }],
    event_guests: [],
    ...changes,
  };
}

export function calendlyInvitee(changes: Fields = {}): Fields {
  return {
    uri: `${CALENDLY_API}/scheduled_events/E1/invitees/I1`,
    event: `${CALENDLY_API}/scheduled_events/E1`,
    email: 'ines.roy@example.test',
    name: 'Inès Roy',
    first_name: null,
    last_name: null,
    status: 'active',
    timezone: 'Europe/Paris',
    questions_and_answers: [{ question: 'Votre projet ?', answer: 'Refaire le site', position: 0 }],
    tracking: {
      utm_campaign: null,
      utm_source: 'newsletter',
      utm_medium: null,
      utm_content: null,
      utm_term: null,
      salesforce_uuid: null,
    },
    text_reminder_number: '+33 6 00 00 00 00',
    rescheduled: false,
    old_invitee: null,
    new_invitee: null,
    cancel_url: 'https://calendly.com/cancellations/I1',
    reschedule_url: 'https://calendly.com/reschedulings/I1',
    routing_form_submission: null,
    payment: null,
    no_show: null,
    reconfirmation: null,
    scheduling_method: null,
    invitee_scheduled_by: null,
    created_at: '2026-11-20T10:00:00.223456Z',
    updated_at: '2026-11-20T10:00:00.223456Z',
    ...changes,
  };
}

export function calendlyEnvelope(changes: Fields = {}): Fields {
  return {
    event: 'invitee.created',
    created_at: '2026-11-20T10:00:01.000000Z',
    created_by: `${CALENDLY_API}/users/U1`,
    payload: { ...calendlyInvitee(), scheduled_event: calendlyEvent() },
    ...changes,
  };
}

export function toBody(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** The header of a delivery: `t=<unix seconds>,v1=<hex>`. */
export function sign(body: Buffer, key: string, time: number | string): string {
  return `t=${time},v1=${seal(body, key, time)}`;
}

export function seal(body: Buffer, key: string, time: number | string): string {
  return createHmac('sha256', key).update(`${time}.`).update(body).digest('hex');
}
