const MARKS: Record<string, { letter: string; classes: string }> = {
  calendly: { letter: 'C', classes: 'bg-info-soft text-info-ink' },
  'cal-com': { letter: 'C.', classes: 'bg-idle-soft text-ink' },
  'google-calendar': { letter: 'G', classes: 'bg-good-soft text-good-ink' },
  outlook: { letter: 'O', classes: 'bg-accent-soft text-accent-ink' },
};

/** A letter of our own in place of somebody's logo. The name always stands beside it. */
export function ProviderMark({ provider }: { provider: string }) {
  const { letter, classes } = MARKS[provider] ?? { letter: provider.slice(0, 1).toUpperCase(), classes: 'bg-sunken' };
  return (
    <span
      aria-hidden
      className={`inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-base font-bold ${classes}`}
    >
      {letter}
    </span>
  );
}
