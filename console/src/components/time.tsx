import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { toDayAndHour, toHour, toRelative } from '@/i18n/instants';
import { useTelling } from '@/i18n/use-telling';

const TICK_MS = 15_000;

// One clock for everything on the page, that runs only while somebody looks at it.
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function followClock(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export function useNow(): Date {
  return useSyncExternalStore(followClock, () => now);
}

interface TimeProps {
  /** An ISO instant; nothing for "never". */
  at: string | Date | null | undefined;
  /** `relative`: "il y a 3 min"; `absolute`: "16/01/2026 16:30"; `both`; `hour`: "16:30". */
  as?: 'relative' | 'absolute' | 'both' | 'hour';
  /** Another zone than the organization's. */
  zone?: string;
  className?: string;
}

/** An instant, told near and exactly: what is not written is in its title, always with the zone. */
export function Time({ at, as = 'relative', zone, className = '' }: TimeProps) {
  const { t } = useTranslation();
  const organization = useTelling();
  const current = useNow();
  if (at === null || at === undefined) return <span className={`text-muted ${className}`}>{t('time.never')}</span>;

  const instant = new Date(at);
  const telling = { ...organization, zone: zone ?? organization.zone };
  const exact = toDayAndHour(instant, telling);
  // The clock ticks every few seconds: what has happened since is not to come.
  const from = new Date(Math.max(current.getTime(), Math.min(instant.getTime(), Date.now())));
  const near = toRelative(instant, from, telling.language) ?? t('time.now');
  const title = t('time.inZone', { instant: exact, zone: telling.zone });
  return (
    <time dateTime={instant.toISOString()} title={title} className={`tabular-nums ${className}`}>
      {as === 'relative' && near}
      {as === 'absolute' && exact}
      {as === 'hour' && toHour(instant, telling)}
      {as === 'both' && (
        <>
          {near} <span className="text-muted">· {exact}</span>
        </>
      )}
    </time>
  );
}
