import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { ListState } from '@/components/list';
import { Time } from '@/components/time';
import { useZone } from '@/i18n/use-telling';
import { type BookingDetail, bookingQuery } from './agenda.queries';

const LINK = 'text-accent-ink underline underline-offset-2';

export function BookingFacts({ id }: { id: string }) {
  const query = useQuery(bookingQuery(id));
  return (
    <ListState query={query} isEmpty={false} nothingYet={null}>
      {query.data && <Parts booking={query.data} />}
    </ListState>
  );
}

function Parts({ booking }: { booking: BookingDetail }) {
  const { t } = useTranslation('agenda');
  const zone = useZone();
  const theirs = booking.invitee_timezone;
  const { cancellation } = booking;
  return (
    <div className="space-y-6">
      <Facts
        items={[
          [t('when'), <Span key="when" from={booking.event_start_time} to={booking.event_end_time} zone={zone} />],
          [
            t('whenThere'),
            theirs && theirs !== zone && (
              <Span from={booking.event_start_time} to={booking.event_end_time} zone={theirs} />
            ),
          ],
          [t('state'), t(`statuses.${booking.event_status}`)],
          [t('what'), booking.event_name],
          [t('who'), <bdi key="who">{booking.invitee_name}</bdi>],
          [t('email'), booking.invitee_email && <CopyText text={booking.invitee_email} />],
          [t('phone'), booking.invitee_phone && <CopyText text={booking.invitee_phone} />],
          [t('meeting'), booking.meeting && t(`common:meeting.${booking.meeting}`)],
          [t('location'), booking.location],
          [
            t('join'),
            booking.join_url && (
              <a href={booking.join_url} target="_blank" rel="noreferrer" className={`${LINK} break-all`}>
                {booking.join_url}
              </a>
            ),
          ],
          [
            t('reason'),
            cancellation &&
              [cancellation.by && t(`by.${cancellation.by}`), cancellation.reason].filter(Boolean).join(' · '),
          ],
          [
            t('prospect'),
            booking.prospect_id && (
              <Link to="/prospects" search={{ open: booking.prospect_id }} className={LINK}>
                {t('seeProspect')}
              </Link>
            ),
          ],
        ]}
      />
      {booking.invitee_questions.length > 0 && (
        <section aria-labelledby="booking-answers">
          <h3 id="booking-answers" className="mb-2 font-semibold">
            {t('answers')}
          </h3>
          <dl className="space-y-2">
            {booking.invitee_questions.map(({ question, answer, position }) => (
              <div key={position}>
                <dt className="text-xs text-muted">{question}</dt>
                <dd className="break-words whitespace-pre-wrap">{answer}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {booking.history.length > 0 && (
        <section aria-labelledby="booking-history">
          <h3 id="booking-history" className="mb-2 font-semibold">
            {t('history')}
          </h3>
          <ol className="space-y-2 border-l-2 border-line pl-4">
            {booking.history.map((moment, index) => (
              <li key={index}>
                <p className="font-medium">{t(`moments.${moment.kind}`)}</p>
                <p className="text-muted">
                  <Time at={moment.event_start_time} as="absolute" />
                  {moment.next_start_time && (
                    <>
                      {' → '}
                      <Time at={moment.next_start_time} as="absolute" />
                    </>
                  )}
                  {moment.at && (
                    <>
                      {' · '}
                      <Time at={moment.at} />
                    </>
                  )}
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

/** Both ends, in a zone that is named. */
export function Span({ from, to, zone }: { from: string; to: string; zone: string }) {
  return (
    <>
      <Time at={from} as="absolute" zone={zone} />–<Time at={to} as="hour" zone={zone} />{' '}
      <span className="text-muted">{zone}</span>
    </>
  );
}
