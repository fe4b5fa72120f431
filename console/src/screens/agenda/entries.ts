import { BookOpenCheck, Calendar, CalendarClock, CalendarHeart, CalendarRange, type LucideIcon } from 'lucide-react';
import type { Booking, CalendarEvent, Formation, Session } from './agenda.queries';

/** A provider of bookings, a calendar, or `formations`: by the name that its entries carry. */
export type Source = string;

export const FORMATIONS: Source = 'formations';

interface SourceLook {
  icon: LucideIcon;
  tone: 'info' | 'idle' | 'good' | 'accent' | 'warn';
}

/** Icon and colour: neither has to be seen to tell one source from another. */
const LOOKS: Readonly<Record<Source, SourceLook>> = {
  calendly: { icon: CalendarClock, tone: 'info' },
  'cal-com': { icon: CalendarHeart, tone: 'idle' },
  google: { icon: Calendar, tone: 'good' },
  outlook: { icon: CalendarRange, tone: 'accent' },
  formations: { icon: BookOpenCheck, tone: 'warn' },
};

/** One that is new here looks like any calendar. */
export const lookOf = (source: Source): SourceLook => LOOKS[source] ?? { icon: Calendar, tone: 'idle' };

export type Subject =
  | { readonly kind: 'booking'; readonly booking: Booking }
  | { readonly kind: 'event'; readonly event: CalendarEvent }
  | { readonly kind: 'session'; readonly session: Session; readonly formation: Formation };

/** One line of the calendar, whatever it comes from. */
export interface Entry {
  /** As it stands in the address. */
  readonly id: string;
  readonly source: Source;
  /** Null where nobody may know. */
  readonly title: string | null;
  /** An instant, or a day when it lasts all day; so is the end, which is left out. */
  readonly start: string;
  readonly end: string;
  readonly isAllDay: boolean;
  readonly isCancelled: boolean;
  readonly subject: Subject;
}

const OVER = new Set<Booking['event_status']>(['canceled', 'rescheduled']);

export function ofBooking(booking: Booking): Entry {
  const person = booking.invitee_name;
  return {
    id: `booking:${booking.id}`,
    source: booking.provider,
    title: [person, booking.event_name].filter(Boolean).join(' · ') || null,
    start: booking.event_start_time,
    end: booking.event_end_time,
    isAllDay: false,
    isCancelled: OVER.has(booking.event_status),
    subject: { kind: 'booking', booking },
  };
}

export function ofEvent(event: CalendarEvent): Entry {
  return {
    id: `event:${event.id}`,
    source: event.type,
    title: event.title,
    start: (event.all_day ? event.start_date : event.starts_at) ?? '',
    end: (event.all_day ? event.end_date : event.ends_at) ?? '',
    isAllDay: event.all_day,
    isCancelled: event.status === 'cancelled',
    subject: { kind: 'event', event },
  };
}

export function ofFormation(formation: Formation): Entry[] {
  return formation.sessions.map((session) => ({
    id: `session:${session.id}`,
    source: 'formations' as const,
    title: session.title ? `${formation.title} · ${session.title}` : formation.title,
    start: session.starts_at,
    end: session.ends_at,
    isAllDay: false,
    isCancelled: session.status === 'cancelled' || formation.status === 'cancelled',
    subject: { kind: 'session' as const, session, formation },
  }));
}
