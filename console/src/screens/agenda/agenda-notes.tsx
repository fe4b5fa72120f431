import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CalendarDays } from 'lucide-react';
import { Button } from '@/components/button';
import { NothingMatches, NothingYet } from '@/components/list';
import { Notice } from '@/components/notice';
import { toLongDay } from '@/i18n/instants';
import { useTelling } from '@/i18n/use-telling';
import type { Range } from './agenda.queries';
import { clockChangeIn } from './clock-change';

/** What is to be said before the calendar: that it is empty, and why; that the clock changes. */
export function AgendaNotes({
  range,
  zone,
  isEmpty,
  isFilteredOut,
  onClear,
}: {
  range: Range | null;
  zone: string;
  isEmpty: boolean;
  isFilteredOut: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation('agenda');
  const telling = useTelling();
  const change = range && clockChangeIn(range, zone);
  return (
    <>
      {change && (
        <Notice tone="info">
          {t(change.isForward ? 'clockForward' : 'clockBack', { day: toLongDay(change.at, telling), zone })}
        </Notice>
      )}
      {isFilteredOut && <NothingMatches onClear={onClear} />}
      {isEmpty && (
        <NothingYet
          icon={CalendarDays}
          title={t('nothing')}
          action={
            <Button asChild>
              <Link to="/connections">{t('connect')}</Link>
            </Button>
          }
        >
          {t('nothingHint')}
        </NothingYet>
      )}
    </>
  );
}
