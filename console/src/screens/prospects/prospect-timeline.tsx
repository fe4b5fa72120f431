import { useTranslation } from 'react-i18next';
import { CalendarCheck, CalendarClock, CalendarX, History, type LucideIcon, UserX } from 'lucide-react';
import { Badge, type Tone } from '@/components/badge';
import { Time, useNow } from '@/components/time';
import { sourceWord } from './prospect-words';
import type { ProspectBooking, ProspectDetail } from './prospects.queries';

const LOOKS: Record<string, { tone: Tone; icon: LucideIcon }> = {
  active: { tone: 'good', icon: CalendarCheck },
  past: { tone: 'idle', icon: History },
  canceled: { tone: 'bad', icon: CalendarX },
  rescheduled: { tone: 'warn', icon: CalendarClock },
  no_show: { tone: 'warn', icon: UserX },
};

const OVER = new Set(['canceled', 'rescheduled']);

/** What happened with a person: the appointments, newest first, and the notes in the order of time. */
export function ProspectTimeline({
  bookings,
  notes,
}: {
  bookings: readonly ProspectBooking[];
  notes: ProspectDetail['note_entries'];
}) {
  const { t } = useTranslation('prospects');
  return (
    <>
      <section aria-labelledby="prospect-appointments">
        <h3 id="prospect-appointments" className="mb-2 font-semibold">
          {t('appointments')}
        </h3>
        {bookings.length === 0 ? (
          <p className="text-muted">{t('noAppointments')}</p>
        ) : (
          <ol className="space-y-2">
            {bookings.map((booking) => (
              <Appointment key={booking.id} booking={booking} />
            ))}
          </ol>
        )}
      </section>
      <section aria-labelledby="prospect-notes">
        <h3 id="prospect-notes" className="mb-2 font-semibold">
          {t('notes')}
        </h3>
        {notes.length === 0 ? (
          <p className="text-muted">{t('noNotes')}</p>
        ) : (
          <ol className="space-y-2.5 border-l-2 border-line pl-4">
            {notes.map(({ source, source_id: id, happens_at: at, text }) => (
              <li key={`${source} ${id}`}>
                <p className="text-xs text-muted">
                  {source === 'manual' ? t('manualNote') : sourceWord(source, t)} · <Time at={at} as="absolute" />
                </p>
                <p className="break-words whitespace-pre-wrap">{text}</p>
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  );
}

function Appointment({ booking }: { booking: ProspectBooking }) {
  const { t } = useTranslation('prospects');
  const now = useNow();
  const state = booking.status === 'active' && new Date(booking.ends_at) < now ? 'past' : booking.status;
  const { tone, icon } = LOOKS[state] ?? { tone: 'idle' as const, icon: CalendarCheck };
  return (
    <li className="rounded-md border border-line px-3 py-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className={`min-w-0 font-medium ${OVER.has(state) ? 'text-muted line-through' : ''}`}>
          {booking.event_name ?? t('appointment')}
        </p>
        <Badge tone={tone} icon={icon}>
          {t(`appointmentStatus.${state}`, { defaultValue: booking.status })}
        </Badge>
      </div>
      <p className="text-muted">
        <Time at={booking.starts_at} as="absolute" />–<Time at={booking.ends_at} as="hour" />
        {' · '}
        {sourceWord(booking.provider, t)}
        {booking.meeting && ` · ${t(`common:meeting.${booking.meeting}`)}`}
        {booking.location && ` · ${booking.location}`}
      </p>
      {booking.join_url && state === 'active' && (
        <a
          href={booking.join_url}
          target="_blank"
          rel="noreferrer"
          className="text-accent-ink underline underline-offset-2"
        >
          {t('join')}
        </a>
      )}
    </li>
  );
}
