import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Check } from 'lucide-react';
import { trialQuery } from '@/api/trial';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { toCount } from '@/i18n/instants';
import { useTelling } from '@/i18n/use-telling';

const STEPS = ['connect', 'booking', 'prospect', 'formation'] as const;
type Step = (typeof STEPS)[number];

const PLACES = { connect: '/connections', prospect: '/prospects', formation: '/formations' } as const;

/** The way in. Each step ticks itself when it has happened, wherever it was done. */
export function FirstSteps({ steps }: { steps: Record<Step, boolean> }) {
  const { t } = useTranslation('home');
  const { language } = useTelling();
  const { data: trial } = useQuery(trialQuery);
  const current = STEPS.find((step) => !steps[step]);
  const done = STEPS.filter((step) => steps[step]).length;
  const placeOf = (step: Step) => (step === 'booking' ? (trial?.sandboxUrl ? '/sandbox' : '/activity') : PLACES[step]);
  const wordOf = (step: Step) =>
    step === 'booking' && !trial?.sandboxUrl ? t('steps.booking.actionReal') : t(`steps.${step}.action`);

  return (
    <Card>
      <div className="flex items-center gap-3 border-b border-line px-4 py-2.5">
        <div aria-hidden className="flex flex-1 gap-1">
          {STEPS.map((step) => (
            <span key={step} className={`h-1.5 flex-1 rounded-full ${steps[step] ? 'bg-accent' : 'bg-sunken'}`} />
          ))}
        </div>
        <p className="text-xs text-muted">{t('progress', { done, total: STEPS.length })}</p>
      </div>
      <ol className="divide-y divide-line">
        {STEPS.map((step, index) => {
          const isDone = steps[step];
          return (
            <li key={step} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <span
                className={`inline-flex size-7 shrink-0 items-center justify-center rounded-full text-xs font-semibold ${
                  isDone
                    ? 'bg-good-soft text-good-ink'
                    : step === current
                      ? 'bg-accent text-on-accent'
                      : 'bg-sunken text-muted'
                }`}
              >
                {isDone ? (
                  <Check aria-hidden className="size-4" />
                ) : (
                  <span aria-hidden>{toCount(index + 1, language)}</span>
                )}
                <span className="sr-only">{t(isDone ? 'done' : 'todo')}</span>
              </span>
              <div className="min-w-0 flex-1 basis-60">
                <p className={`font-semibold ${isDone ? 'text-muted' : ''}`}>{t(`steps.${step}.title`)}</p>
                {!isDone && <p className="text-muted">{t(`steps.${step}.text`)}</p>}
              </div>
              {!isDone && (
                <Button asChild look={step === current ? 'primary' : 'secondary'}>
                  <Link to={placeOf(step)}>{wordOf(step)}</Link>
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
