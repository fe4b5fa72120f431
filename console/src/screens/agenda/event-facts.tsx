import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/card';
import { Notice } from '@/components/notice';
import { Time } from '@/components/time';
import { toDay } from '@/i18n/instants';
import { useTelling, useZone } from '@/i18n/use-telling';
import type { CalendarEvent } from './agenda.queries';
import { Span } from './booking-facts';

const LINK = 'text-accent-ink underline underline-offset-2 break-all';
const DAY_MS = 24 * 3_600_000;

export function EventFacts({ event }: { event: CalendarEvent }) {
  const { t } = useTranslation('agenda');
  const zone = useZone();
  const theirs = event.time_zone;
  return (
    <div className="space-y-6">
      {event.visibility === 'private' && <Notice tone="idle">{t('privateHint')}</Notice>}
      <Facts
        items={[
          [t('when'), event.all_day ? <Days event={event} /> : <SpanOf event={event} zone={zone} />],
          [t('whenThere'), !event.all_day && theirs && theirs !== zone && <SpanOf event={event} zone={theirs} />],
          [t('state'), t(`eventStatuses.${event.status}`)],
          [t('busy'), t(event.busy ? 'busyYes' : 'busyNo')],
          [t('location'), event.location],
          [
            t('join'),
            event.join_url && (
              <a href={event.join_url} target="_blank" rel="noreferrer" className={LINK}>
                {event.join_url}
              </a>
            ),
          ],
          [t('series'), event.series_id && t('seriesYes')],
          [t('changed'), <Time key="changed" at={event.updated_at} as="both" />],
          [
            t('original'),
            event.html_link && (
              <a href={event.html_link} target="_blank" rel="noreferrer" className={LINK}>
                {t('openThere', { source: t(`sources.${event.type}`, { defaultValue: event.type }) })}
              </a>
            ),
          ],
        ]}
      />
      {event.description && <p className="break-words whitespace-pre-wrap">{event.description}</p>}
      {event.attendees.length > 0 && (
        <section aria-labelledby="event-attendees">
          <h3 id="event-attendees" className="mb-2 font-semibold">
            {t('attendees')}
          </h3>
          <ul className="space-y-1">
            {event.attendees.map(({ email, name, response }) => (
              <li key={email} className="flex flex-wrap justify-between gap-2">
                <span className="min-w-0 break-all">
                  <bdi>{name ?? email}</bdi>
                </span>
                <span className="text-muted">{t(`responses.${response}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function SpanOf({ event, zone }: { event: CalendarEvent; zone: string }) {
  return <Span from={event.starts_at ?? ''} to={event.ends_at ?? ''} zone={zone} />;
}

/** A day is the same day in every zone. The last one is left out by the server, and told by us. */
function Days({ event }: { event: CalendarEvent }) {
  const { t } = useTranslation('agenda');
  const { language } = useTelling();
  const first = new Date(`${event.start_date}T00:00:00Z`);
  const last = new Date(Date.parse(`${event.end_date}T00:00:00Z`) - DAY_MS);
  const say = (day: Date) => toDay(day, { language, zone: 'UTC' });
  return (
    <>
      {first.getTime() === last.getTime() ? say(first) : `${say(first)} – ${say(last)}`}{' '}
      <span className="text-muted">{t('allDay')}</span>
    </>
  );
}
