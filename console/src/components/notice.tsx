import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import { toProblemWords } from '@/api/problem-words';
import { type Tone, TONES } from './badge';
import { Button } from './button';
import { CopyText } from './copy-text';

const ICONS: Record<Tone, LucideIcon> = {
  good: CircleCheck,
  warn: TriangleAlert,
  bad: CircleAlert,
  info: Info,
  idle: Info,
};

/** Something to know before going on. `role="alert"` only where it answers what a person has just done. */
export function Notice({
  tone,
  title,
  role,
  children,
  actions,
}: {
  tone: Tone;
  title?: ReactNode;
  role?: 'alert' | 'status';
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <div role={role} className={`flex items-start gap-2.5 rounded-lg px-3 py-2.5 ${TONES[tone]}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="break-words">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}

/** What could not be had: the cause, what to do about it, the number to tell, and another try. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { title, detail, action, requestId } = toProblemWords(error, t);
  return (
    <Notice
      tone="bad"
      role="alert"
      title={title}
      actions={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('actions.retry')}
          </Button>
        )
      }
    >
      {detail && <p>{detail}</p>}
      <p>{action}</p>
      {requestId && (
        <p className="mt-1 text-xs">
          <CopyText text={requestId}>{t('requestId', { id: requestId })}</CopyText>
        </p>
      )}
    </Notice>
  );
}
