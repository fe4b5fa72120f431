import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'idle';

export const TONES: Record<Tone, string> = {
  good: 'bg-good-soft text-good-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
  info: 'bg-info-soft text-info-ink',
  idle: 'bg-idle-soft text-idle-ink',
};

/** A state: an icon, a word and a colour, so that none of them has to be seen. */
export function Badge({
  tone,
  icon: Icon,
  isBusy = false,
  children,
}: {
  tone: Tone;
  icon: LucideIcon;
  isBusy?: boolean;
  children: ReactNode;
}) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full py-0.5 pr-2 pl-1.5 text-xs font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      <Icon aria-hidden className={`size-3.5 shrink-0 ${isBusy ? 'animate-spin' : ''}`} />
      {children}
    </span>
  );
}

/** A plain word of somebody's own: a source, a kind. It has no state to tell. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex items-center rounded bg-sunken px-1.5 py-0.5 text-xs whitespace-nowrap text-muted">
      {children}
    </span>
  );
}

/** How many: "12". Its sentence is for the label of what it stands at. */
export function Count({ value, tone = 'idle' }: { value: number; tone?: Tone }) {
  return (
    <span
      className={`inline-flex min-w-4.5 items-center justify-center rounded-full px-1 text-2xs font-semibold tabular-nums ${TONES[tone]}`}
    >
      {value > 99 ? '99+' : value}
    </span>
  );
}
