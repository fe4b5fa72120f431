import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CalendarX } from 'lucide-react';
import { TONES } from '@/components/badge';
import { lookOf, type Source } from './entries';

interface SourceFilterProps {
  /** With their names. */
  sources: readonly (readonly [Source, string])[];
  hidden: ReadonlySet<Source>;
  isWithCancelled: boolean;
  onHidden: (hidden: ReadonlySet<Source>) => void;
  onCancelled: (isShown: boolean) => void;
}

const TONE_CLASSES = { ...TONES, accent: 'bg-accent-soft text-accent-ink' };

/** The legend is the filter: what each colour and icon means, and whether it is shown. */
export function SourceFilter({ sources, hidden, isWithCancelled, onHidden, onCancelled }: SourceFilterProps) {
  const { t } = useTranslation('agenda');
  const toggle = (source: Source) =>
    onHidden(new Set(hidden.has(source) ? [...hidden].filter((one) => one !== source) : [...hidden, source]));
  return (
    <div role="group" aria-label={t('shown')} className="mb-3 flex flex-wrap gap-1.5">
      {sources.map(([source, name]) => {
        const { icon: Icon, tone } = lookOf(source);
        const isShown = !hidden.has(source);
        return (
          <Toggle key={source} isOn={isShown} onToggle={() => toggle(source)} classes={TONE_CLASSES[tone]}>
            <Icon aria-hidden className="size-3.5" />
            {name}
          </Toggle>
        );
      })}
      <Toggle
        isOn={isWithCancelled}
        onToggle={() => onCancelled(!isWithCancelled)}
        classes="agenda-cancelled text-muted border-line-strong"
      >
        <CalendarX aria-hidden className="size-3.5" />
        {t('cancelledOnes')}
      </Toggle>
    </div>
  );
}

function Toggle({
  isOn,
  onToggle,
  classes,
  children,
}: {
  isOn: boolean;
  onToggle: () => void;
  classes: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onToggle}
      className={`inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium ${
        isOn ? `border-transparent ${classes}` : 'border-line bg-surface text-muted line-through'
      }`}
    >
      {children}
    </button>
  );
}
