import { useTranslation } from 'react-i18next';
import { Bell, CalendarDays, ChevronRight, type LucideIcon, Mail, StickyNote, UserRound } from 'lucide-react';
import { TONES } from '@/components/badge';
import { Tooltip } from '@/components/tooltip';
import type { Step, StepName, StepState } from './steps';

const ICONS: Record<StepName, LucideIcon> = {
  booking: CalendarDays,
  prospect: UserRound,
  note: StickyNote,
  notification: Bell,
  mail: Mail,
};

const LOOKS: Record<StepState, string> = {
  done: TONES.good,
  waiting: `${TONES.info} animate-pulse`,
  failed: TONES.bad,
  none: 'border border-dashed border-line-strong text-muted',
};

/** Booking → prospect → note → notification → e-mail, so that cause and effect are seen at once. */
export function StepIcons({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('activity');
  return (
    <ol aria-label={t('steps')} className="flex items-center gap-0.5">
      {steps.map(({ name, state }, index) => {
        const Icon = ICONS[name];
        const word = t(`stepStates.${name}.${state}`);
        return (
          <li key={name} className="flex items-center gap-0.5">
            {index > 0 && <ChevronRight aria-hidden className="size-3 text-muted" />}
            <Tooltip text={word}>
              <span className={`inline-flex size-6 items-center justify-center rounded-full ${LOOKS[state]}`}>
                <Icon aria-hidden className="size-3.5" />
                <span className="sr-only">{word}</span>
              </span>
            </Tooltip>
          </li>
        );
      })}
    </ol>
  );
}
