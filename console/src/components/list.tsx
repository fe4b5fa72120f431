import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LucideIcon } from 'lucide-react';
import { SearchX } from 'lucide-react';
import { Button } from './button';
import { ProblemNotice } from './notice';

/** As much of a TanStack query as a list has to know. */
export interface ListQuery {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly data: unknown;
  refetch: () => unknown;
}

interface ListStateProps {
  query: ListQuery;
  isEmpty: boolean;
  isFiltered?: boolean;
  onClearFilters?: () => void;
  /** Said when there is nothing yet: what will make something appear, and one button. */
  nothingYet: ReactNode;
  skeleton?: ReactNode;
  children: ReactNode;
}

/**
 * What a list shows in place of its rows, and when: a skeleton once the wait is felt, *nothing yet*, *nothing matches*,
 * *couldn't load*. Rows that are there stay while they are read again, and when that fails the failure stands above them.
 */
export function ListState({
  query,
  isEmpty,
  isFiltered = false,
  onClearFilters,
  nothingYet,
  skeleton = <SkeletonRows />,
  children,
}: ListStateProps) {
  if (query.isPending) return <Delayed>{skeleton}</Delayed>;
  if (query.isError) {
    const notice = <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
    if (query.data === undefined) return notice;
    return (
      <div className="space-y-3">
        {notice}
        {children}
      </div>
    );
  }
  if (!isEmpty) return <>{children}</>;
  return isFiltered ? <NothingMatches onClear={onClearFilters} /> : <>{nothingYet}</>;
}

export function NothingYet({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-1.5 rounded-lg border border-dashed border-line-strong px-6 py-12 text-center">
      <span className="mb-1 inline-flex size-10 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
        <Icon aria-hidden className="size-5" />
      </span>
      <p className="text-base font-semibold">{title}</p>
      <div className="max-w-[52ch] text-muted">{children}</div>
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

export function NothingMatches({ onClear }: { onClear?: () => void }) {
  const { t } = useTranslation();
  return (
    <NothingYet
      icon={SearchX}
      title={t('list.nothingMatches')}
      action={onClear && <Button onClick={onClear}>{t('actions.clearFilters')}</Button>}
    >
      {t('list.nothingMatchesHint')}
    </NothingYet>
  );
}

const FELT_AFTER_MS = 300;

/** Shows nothing at first: most answers are here before a skeleton would be seen. */
export function Delayed({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [isFelt, setFelt] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setFelt(true), FELT_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={t('list.loading')} className="min-h-40">
      {isFelt && children}
    </div>
  );
}

export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-hidden className="space-y-px rounded-lg border border-line bg-surface p-4">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex gap-6 py-2.5">
          <div className="skeleton h-3.5" style={{ width: `${[28, 22, 31, 25][row % 4]}%` }} />
          <div className="skeleton h-3.5 w-1/4" />
          <div className="skeleton ml-auto h-3.5 w-16" />
        </div>
      ))}
    </div>
  );
}

/** The foot of a list: how many are shown, and the next page where there is one. */
export function ListFoot({
  count,
  hasMore,
  isLoading,
  onMore,
}: {
  count: number;
  hasMore: boolean;
  isLoading: boolean;
  onMore: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="mt-3 flex items-center justify-between gap-3 text-xs text-muted">
      <span>{t('list.shown', { count })}</span>
      {hasMore ? (
        <Button size="small" isPending={isLoading} onClick={onMore}>
          {t('actions.loadMore')}
        </Button>
      ) : (
        <span>{t('list.end')}</span>
      )}
    </div>
  );
}
