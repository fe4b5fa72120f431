import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bell } from 'lucide-react';
import { Count, TONES } from '@/components/badge';
import { ListState, NothingYet } from '@/components/list';
import { ROW_LINK } from '@/components/table';
import { toLongDay } from '@/i18n/instants';
import { useTelling } from '@/i18n/use-telling';
import { KIND_LOOKS } from './notification-kinds';
import { groupsQuery, type NotificationGroup } from './notifications.queries';

/** The same by kind and day: forty bookings are one line. */
export function GroupsPart() {
  const { t } = useTranslation('notifications');
  const query = useQuery(groupsQuery);
  const groups = query.data ?? [];
  const days = [...new Set(groups.map(({ day }) => day))];
  return (
    <ListState
      query={query}
      isEmpty={query.data?.length === 0}
      nothingYet={
        <NothingYet icon={Bell} title={t('nothing')}>
          {t('nothingHint')}
        </NothingYet>
      }
    >
      <div className="space-y-5">
        {days.map((day) => (
          <Day key={day} day={day} groups={groups.filter((group) => group.day === day)} />
        ))}
      </div>
    </ListState>
  );
}

function Day({ day, groups }: { day: string; groups: readonly NotificationGroup[] }) {
  const { t } = useTranslation('notifications');
  const telling = useTelling();
  return (
    <section aria-labelledby={`groups-${day}`}>
      <h2 id={`groups-${day}`} className="mb-2 font-semibold first-letter:uppercase">
        {toLongDay(new Date(`${day}T12:00:00Z`), telling)}
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {groups.map(({ kind, count, unread, latest }) => {
          const { icon: Icon, tone } = KIND_LOOKS[kind];
          return (
            <li key={kind} className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-sunken/60">
              <span className={`inline-flex size-7 shrink-0 items-center justify-center rounded-full ${TONES[tone]}`}>
                <Icon aria-hidden className="size-4" />
              </span>
              <div className="min-w-0 flex-1">
                <Link to="/notifications" search={{ kind }} className={ROW_LINK}>
                  {t(`kinds.${kind}`)} <span className="sr-only">{t('groupCount', { count })}</span>
                </Link>{' '}
                <span aria-hidden className="align-middle">
                  <Count value={count} />
                </span>
                <p className="truncate text-muted">{latest.message}</p>
              </div>
              <span className="shrink-0 text-xs text-muted">
                {unread > 0 ? t('groupUnread', { count: unread }) : t('groupRead')}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
