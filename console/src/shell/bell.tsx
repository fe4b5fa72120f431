import { Link } from '@tanstack/react-router';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Bell as BellIcon } from 'lucide-react';
import { bodyOf, rest } from '@/api/passerelle';

export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread-count'],
  queryFn: () => bodyOf(rest.GET('/api/notifications/unread-count')),
  select: ({ count }) => count,
});

export function Bell() {
  const { t } = useTranslation('shell');
  const { data: unread = 0 } = useQuery(unreadQuery);
  return (
    <Link
      to="/notifications"
      aria-label={t('bell.label', { count: unread })}
      className="relative inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
    >
      <BellIcon aria-hidden className="size-4" />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-1 min-w-4 rounded-full bg-accent px-1 text-center text-2xs font-semibold text-on-accent tabular-nums"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  );
}
