import {
  CALENDLY_API,
  calendlyEnvelope,
  calendlyEvent,
  calendlyInvitee,
  type Fields,
  toBody,
} from './calendly-payloads.js';

/** What somebody does, some seconds after what they did before. What is impossible at that moment is not done. */
export interface Step {
  kind: 'book' | 'move' | 'cancel' | 'no-show' | 'undo' | 'link' | 'read';
  /** For a booking and a move: the hour of the appointment. Small, so that people also move back. */
  hour: number;
  afterSeconds: number;
}

/** What the provider says of it: one delivery, or all that it shows to whoever reads at that moment. */
export type Message = { kind: 'delivery'; body: Buffer } | { kind: 'reading'; body: Buffer };

interface Appointment {
  event: Fields;
  invitee: Fields;
}

const START = Date.parse('2026-11-20T10:00:00.000Z');

/**
 * One person's appointments at Calendly, and everything that is said of them, in the order in which it happens. A move is
 * a new event and a new invitee with a link both ways, and two deliveries of one moment.
 */
export function tellChain(steps: readonly Step[], name: string): Message[] {
  const appointments: Appointment[] = [];
  const messages: Message[] = [];
  let now = START;

  const deliver = (event: string, { event: scheduledEvent, invitee }: Appointment) => {
    const payload = { ...invitee, scheduled_event: scheduledEvent };
    messages.push({ kind: 'delivery', body: toBody(calendlyEnvelope({ event, created_at: at(now), payload })) });
  };
  const touch = ({ event, invitee }: Appointment, changes: Fields) => {
    Object.assign(invitee, changes, { updated_at: at(now) });
    event['updated_at'] = at(now);
  };
  const book = (hour: number): Appointment => {
    const appointment = toAppointment(name, appointments.length, hour, at(now));
    appointments.push(appointment);
    return appointment;
  };
  const cancel = (appointment: Appointment, changes: Fields = {}) => {
    const cancellation = { canceled_by: 'Inès Roy', reason: null, canceler_type: 'invitee', created_at: at(now) };
    touch(appointment, { status: 'canceled', cancellation, ...changes });
    Object.assign(appointment.event, { status: 'canceled', cancellation });
  };

  const act: Record<Step['kind'], (current: Appointment | null, step: Step) => void> = {
    book: (current, { hour }) => {
      if (current === null) deliver('invitee.created', book(hour));
    },
    move: (current, { hour }) => {
      if (current === null) return;
      const next = book(hour);
      next.invitee['old_invitee'] = current.invitee['uri'];
      cancel(current, { rescheduled: true, new_invitee: next.invitee['uri'] });
      deliver('invitee.canceled', current);
      deliver('invitee.created', next);
    },
    cancel: (current) => {
      if (current === null) return;
      cancel(current);
      deliver('invitee.canceled', current);
    },
    'no-show': (current) => {
      if (current === null || current.invitee['no_show'] !== null) return;
      touch(current, { no_show: { uri: `${CALENDLY_API}/invitee_no_shows/N${messages.length}`, created_at: at(now) } });
      deliver('invitee_no_show.created', current);
    },
    undo: (current) => {
      if (current === null || current.invitee['no_show'] === null) return;
      touch(current, { no_show: null });
      deliver('invitee_no_show.deleted', current);
    },
    /** The conference link is ready; nothing is delivered, it only shows from now on. */
    link: (current) => {
      if (current === null) return;
      current.event['location'] = { type: 'google_conference', status: 'pushed', join_url: `https://meet.test/${now}` };
      current.event['updated_at'] = at(now);
    },
    read: () => {
      const shown = appointments.map(({ event, invitee }) => ({ ...invitee, scheduled_event: event }));
      if (shown.length > 0) messages.push({ kind: 'reading', body: toBody(shown) });
    },
  };
  for (const step of steps) {
    now += step.afterSeconds * 1_000;
    const current = appointments.at(-1) ?? null;
    act[step.kind](current?.invitee['status'] === 'active' ? current : null, step);
  }
  return messages;
}

function toAppointment(name: string, index: number, hour: number, createdAt: string): Appointment {
  const uri = `${CALENDLY_API}/scheduled_events/${name}-E${index}`;
  const startsAt = Date.parse('2026-12-01T08:00:00.000Z') + hour * 3_600_000;
  const times = { created_at: createdAt, updated_at: createdAt };
  return {
    event: calendlyEvent({ uri, start_time: at(startsAt), end_time: at(startsAt + 1_800_000), ...times }),
    invitee: calendlyInvitee({ uri: `${uri}/invitees/${name}-I${index}`, event: uri, ...times }),
  };
}

function at(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '000Z');
}
