import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '@/api/account';
import { trialQuery } from '@/api/trial';
import { NAVIGATION, type NavigationEntry } from './navigation';

export function SideNav({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation('shell');
  const { role } = useMe();
  const { data: trial } = useQuery(trialQuery);
  const isFor = (entry: NavigationEntry) =>
    (entry.role === undefined || hasRole(role, entry.role)) && (!entry.needsSandbox || Boolean(trial?.sandboxUrl));

  return (
    <nav aria-label={t('navigation')} className="flex flex-col gap-5 px-3 py-3">
      {NAVIGATION.map(({ word, entries }) => {
        const mine = entries.filter(isFor);
        if (mine.length === 0) return null;
        return (
          <div key={word ?? 'main'}>
            {word && <p className="mb-1 px-2.5 text-xs font-medium text-muted">{t(`nav.${word}`)}</p>}
            <ul className="space-y-0.5">
              {mine.map(({ to, word: name, icon: Icon }) => (
                <li key={to}>
                  <Link
                    to={to as '/'}
                    onClick={onGo}
                    activeOptions={{ exact: to === '/', includeSearch: false }}
                    className="group flex h-8.5 items-center gap-2.5 rounded-md px-2.5 font-medium text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink"
                  >
                    <Icon aria-hidden className="size-4 shrink-0" />
                    {t(`nav.${name}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
