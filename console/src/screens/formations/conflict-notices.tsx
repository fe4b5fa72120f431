import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { Notice, ProblemNotice } from '@/components/notice';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { type Conflict, type Formation, type Session, useResolveConflict } from './formations.queries';

/** Somebody has changed a date here, somebody else in a calendar: both versions, and a question. */
export function ConflictNotices({ formation: { conflicts, sessions } }: { formation: Formation }) {
  if (conflicts.length === 0) return null;
  return (
    <div className="space-y-2">
      {conflicts.map((conflict) => (
        <ConflictNotice
          key={conflict.id}
          conflict={conflict}
          session={sessions.find(({ id }) => id === conflict.session_id)}
        />
      ))}
    </div>
  );
}

function ConflictNotice({ conflict, session }: { conflict: Conflict; session: Session | undefined }) {
  const { t } = useTranslation('formations');
  const resolve = useResolveConflict();
  const keep = (which: 'ours' | 'theirs') =>
    resolve.mutate({ id: conflict.id, keep: which }, { onSuccess: () => toast.done(t('conflict.resolved')) });
  return (
    <Notice
      tone="warn"
      title={t(`conflict.fields.${conflict.field}`, { defaultValue: t('conflict.fields.other') })}
      actions={
        <>
          <Button size="small" disabled={resolve.isPending} onClick={() => keep('ours')}>
            {t('conflict.keepOurs')}
          </Button>
          <Button size="small" disabled={resolve.isPending} onClick={() => keep('theirs')}>
            {t('conflict.keepTheirs')}
          </Button>
        </>
      }
    >
      {session && (
        <p>
          {t('conflict.session')} <Time at={session.starts_at} as="absolute" />
        </p>
      )}
      <dl className="mt-1 space-y-0.5">
        <Version word={t('conflict.ours')} isKept={conflict.kept === 'ours'}>
          <Value conflict={conflict} value={conflict.ours} />
        </Version>
        <Version word={t('conflict.theirs')} isKept={conflict.kept === 'theirs'}>
          <Value conflict={conflict} value={conflict.theirs} />
        </Version>
      </dl>
      {resolve.isError && <ProblemNotice error={resolve.error} />}
    </Notice>
  );
}

function Version({ word, isKept, children }: { word: string; isKept: boolean; children: ReactNode }) {
  const { t } = useTranslation('formations');
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="font-medium">{word}</dt>
      <dd className="min-w-0 break-words">
        {children}
        {isKept && <em className="not-italic"> ({t('conflict.kept')})</em>}
      </dd>
    </div>
  );
}

function Value({ conflict: { field }, value }: { conflict: Conflict; value: unknown }) {
  const { t } = useTranslation('formations');
  if (field === 'schedule' && isSchedule(value)) {
    return (
      <>
        <Time at={value.starts_at} as="absolute" />–<Time at={value.ends_at} as="hour" />
      </>
    );
  }
  if (field === 'existence') return <>{t(value === null || value === false ? 'conflict.gone' : 'conflict.there')}</>;
  return typeof value === 'string' && value !== '' ? <q>{value}</q> : <>{t('conflict.empty')}</>;
}

function isSchedule(value: unknown): value is { starts_at: string; ends_at: string } {
  return typeof value === 'object' && value !== null && 'starts_at' in value && 'ends_at' in value;
}
