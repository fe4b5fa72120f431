import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Check } from 'lucide-react';
import { TONES } from '@/components/badge';
import { IconButton } from '@/components/button';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { useFresh } from '@/live/fresh';
import { causeLinkOf } from './cause-link';
import { KIND_LOOKS, kindOf } from './notification-kinds';
import { type Notification, useMarkRead } from './notifications.queries';

const LINK =
  'font-medium hover:underline after:absolute after:inset-0 after:content-[""] focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent';

export function NotificationRows({ notifications }: { notifications: readonly Notification[] }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      {notifications.map((notification) => (
        <NotificationRow key={notification.id} notification={notification} />
      ))}
    </ul>
  );
}

function NotificationRow({ notification }: { notification: Notification }) {
  const { t } = useTranslation('notifications');
  const fresh = useFresh();
  const mark = useMarkRead();
  const { id, title, message, created_at: at, read_at: readAt } = notification;
  const kind = kindOf(notification.type);
  const { icon: Icon, tone } = KIND_LOOKS[kind];
  const cause = causeLinkOf(notification);
  const isUnread = readAt === null;
  const read = () => {
    if (isUnread) mark.mutate(id, { onError: toast.failed });
  };
  return (
    <li
      data-fresh={fresh.has(id) || undefined}
      className={`relative flex items-start gap-3 px-4 py-2.5 transition-colors ${cause ? 'hover:bg-sunken/60' : ''} ${fresh.has(id) ? 'fresh-row' : ''}`}
    >
      <span
        className={`mt-0.5 inline-flex size-7 shrink-0 items-center justify-center rounded-full ${isUnread ? TONES[tone] : 'bg-sunken text-muted'}`}
      >
        <Icon aria-hidden className="size-4" />
        <span className="sr-only">{t(`kinds.${kind}`)}</span>
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {cause ? (
            <Link {...cause} onClick={read} className={LINK}>
              {title}
            </Link>
          ) : (
            <span className="font-medium">{title}</span>
          )}
          {isUnread && (
            <span className="size-2 shrink-0 self-center rounded-full bg-accent">
              <span className="sr-only">{t('new')}</span>
            </span>
          )}
        </p>
        <p className="break-words text-muted">{message}</p>
        <Time at={at} className="text-xs text-muted sm:hidden" />
      </div>
      <Time at={at} className="mt-0.5 shrink-0 text-xs text-muted max-sm:hidden" />
      <span className="relative z-10 -my-0.5 size-8 shrink-0">
        {isUnread && (
          <IconButton label={t('markRead', { title })} disabled={mark.isPending} onClick={read}>
            <Check aria-hidden />
          </IconButton>
        )}
      </span>
    </li>
  );
}
