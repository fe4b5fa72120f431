import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Bell, CalendarDays, type LucideIcon, Mail, StickyNote, UserRound } from 'lucide-react';
import { Time } from '@/components/time';
import type { DeliveryDetail } from './deliveries.queries';

const LINK = 'text-accent-ink underline underline-offset-2';

/** What one delivery has led to, in the order in which it happens. */
export function DeliveryCauses({ caused }: { caused: DeliveryDetail['caused'] }) {
  const { t } = useTranslation('webhooks');
  const { booking, prospect, note, notifications, mails } = caused;
  const isNothing = !booking && !prospect && !note && notifications.length === 0 && mails.length === 0;
  return (
    <section aria-labelledby="delivery-caused">
      <h3 id="delivery-caused" className="mb-2 font-semibold">
        {t('received.caused')}
      </h3>
      {isNothing ? (
        <p className="text-muted">{t('received.causedNothing')}</p>
      ) : (
        <ol className="space-y-2.5 border-l-2 border-line pl-4">
          {booking && (
            <Step icon={CalendarDays} title={t(`received.bookingEffects.${booking.effect}`)}>
              {booking.event_name ?? t('received.booking')} · <Time at={booking.starts_at} as="absolute" />
            </Step>
          )}
          {prospect && (
            <Step icon={UserRound} title={t(`received.prospectEffects.${prospect.effect ?? 'unchanged'}`)}>
              <Link to="/prospects" search={{ open: prospect.id }} className={LINK}>
                {t('received.seeProspect')}
              </Link>
            </Step>
          )}
          {note && (
            <Step icon={StickyNote} title={t('received.note')}>
              {note.text}
            </Step>
          )}
          {notifications.map(({ id, title, message, created_at: at }) => (
            <Step key={id} icon={Bell} title={title}>
              {message} · <Time at={at} />
            </Step>
          ))}
          {mails.map(({ id, state, created_at: at }) => (
            <Step key={id} icon={Mail} title={t('received.mail')}>
              <Link to="/mails" search={{ open: id }} className={LINK}>
                {t(`mails:states.${state}`, { defaultValue: state })}
              </Link>{' '}
              · <Time at={at} />
            </Step>
          ))}
        </ol>
      )}
    </section>
  );
}

function Step({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children: ReactNode }) {
  return (
    <li>
      <p className="flex items-center gap-1.5 font-medium">
        <Icon aria-hidden className="size-4 text-muted" />
        {title}
      </p>
      <p className="break-words text-muted">{children}</p>
    </li>
  );
}
