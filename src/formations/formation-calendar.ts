import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { FormationDetail } from './formation-detail.js';

/**
 * The dates of a formation that are for everybody, for any calendar (RFC 5545). Hours are in UTC, which no calendar can
 * misread; `host` makes the ids ours, so that a newer file changes the events of an older one.
 */
export function toFormationCalendar({ formation, sessions }: FormationDetail, host: string, stamp: Date): string {
  const calendar = ical({
    prodId: { company: 'Passerelle', product: 'Passerelle' },
    name: formation.title,
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const session of sessions.filter(({ participant_id: participant }) => participant === null)) {
    const isCancelled = session.status === 'cancelled' || formation.status === 'cancelled';
    calendar.createEvent({
      id: `${session.id}@${host}`,
      stamp,
      start: session.starts_at,
      end: session.ends_at,
      summary: session.title ? `${formation.title} · ${session.title}` : formation.title,
      description: session.description ?? formation.description,
      location: session.location ?? formation.location,
      lastModified: formation.updated_at,
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
