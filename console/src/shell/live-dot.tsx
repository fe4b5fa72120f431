import { useTranslation } from 'react-i18next';
import type { LiveState } from '@passerelle/client';
import { Radio, RotateCw, WifiOff } from 'lucide-react';
import { Time } from '@/components/time';
import { Tooltip } from '@/components/tooltip';
import { useLiveStatus } from '@/live/use-live';

const LOOKS = {
  live: { icon: Radio, classes: 'text-good-ink' },
  reconnecting: { icon: RotateCw, classes: 'text-warn-ink' },
  off: { icon: WifiOff, classes: 'text-bad-ink' },
} satisfies Record<LiveState, unknown>;

/** Whether what is on screen follows by itself, and when the server was last heard. */
export function LiveDot() {
  const { t } = useTranslation('shell');
  const { state, heardAt } = useLiveStatus();
  const { icon: Icon, classes } = LOOKS[state];
  return (
    <Tooltip
      text={
        heardAt ? (
          <>
            {t('live.heard', { time: '' })}
            <Time at={heardAt} />
          </>
        ) : (
          t('live.silent')
        )
      }
    >
      <span
        role="status"
        tabIndex={0}
        className={`inline-flex h-8 items-center gap-1.5 rounded-md px-1.5 text-xs font-medium ${classes}`}
      >
        <Icon aria-hidden className={`size-4 ${state === 'reconnecting' ? 'animate-spin' : ''}`} />
        <span className="hidden sm:inline">{t(`live.${state}`)}</span>
        <span className="sr-only sm:hidden">{t(`live.${state}`)}</span>
      </span>
    </Tooltip>
  );
}
