import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '@/components/copy-text';
import { Time } from '@/components/time';
import { toCount, toDuration } from '@/i18n/instants';
import { addWords } from '@/i18n/i18n';
import { useTelling } from '@/i18n/use-telling';
import type { SyncStep } from './sync-runs.queries';
import { words } from './words.run-steps';

addWords('run-steps', words);

/** What a reading did, one after the other, and how long after its beginning. */
export function RunSteps({ steps }: { steps: readonly SyncStep[] }) {
  const { t } = useTranslation('run-steps');
  const [first] = steps;
  if (first === undefined) return null;
  return (
    <section aria-labelledby="run-steps">
      <h3 id="run-steps" className="mb-2 font-semibold">
        {t('title')}
      </h3>
      <ol className="space-y-2 border-l border-line pl-3">
        {steps.map((step, index) => (
          <Step key={index} step={step} beganAt={first.at} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, beganAt }: { step: SyncStep; beganAt: string }) {
  const { t } = useTranslation('run-steps');
  const { language } = useTelling();
  const { at, kind, page, counts } = step;
  const after = Math.max(0, Date.parse(at) - Date.parse(beganAt));
  return (
    <li>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{t(kind, { page, count: counts?.steps ?? 0 })}</span>
        <span className="text-xs text-muted tabular-nums">
          <Time at={at} as="hour" /> · +{toDuration(after, language)}
        </span>
      </p>
      <Details step={step} />
      {step.request_id && (
        <p className="text-xs text-muted">
          {t('requestId')} <CopyText text={step.request_id} />
        </p>
      )}
    </li>
  );
}

/** Numbers first, then why, then how the provider put it. */
function Details({ step }: { step: SyncStep }) {
  const { t } = useTranslation('run-steps');
  const { language } = useTelling();
  const { kind, counts = {}, mode, full_reason: why, until, code, said, status } = step;
  const details: ReactNode[] = [
    ...Object.entries(counts)
      .filter(([name, count]) => name !== 'steps' && (count > 0 || name === 'listed'))
      .map(([name, count]) => t('count', { name: t(`counts.${name}`), value: toCount(count, language) })),
    mode && t(`sync-runs:modes.${mode}`),
    why && t(`whyFull.${why}`),
    until && (
      <>
        {t('until')} <Time at={until} as="absolute" />
      </>
    ),
    // A reading that was agreed to has said so in the step before.
    code && kind !== 'succeeded' && t([`sync-runs:errors.${code}`, `ends.${code}`, 'sync-runs:errors.unexpected']),
    said && t('said', { word: said }),
    status !== undefined && (status === 0 ? t('noAnswer') : t('status', { status })),
  ].filter(Boolean);
  if (details.length === 0) return null;
  return (
    <p className="text-xs break-words text-muted">
      {details.map((detail, index) => (
        <span key={index}>
          {index > 0 && ' · '}
          {detail}
        </span>
      ))}
    </p>
  );
}
