import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '@passerelle/client';
import { Button } from '@/components/button';
import { Notice, ProblemNotice } from '@/components/notice';
import { PageHeader } from '@/components/page';

/** A chunk of the build that is no longer there: the server has been updated under an open tab. */
const OUTDATED = /dynamically imported module|importing a module script failed|Failed to fetch dynamically/i;

export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('errors');
  const reload = () => window.location.reload();
  if (error instanceof Problem) {
    return (
      <div className="mx-auto max-w-xl p-6">
        <ProblemNotice error={error} onRetry={reset} />
      </div>
    );
  }
  const isOutdated = error instanceof Error && OUTDATED.test(error.message);
  return (
    <div className="mx-auto max-w-xl p-6">
      <Notice
        tone={isOutdated ? 'info' : 'bad'}
        role="alert"
        title={t(isOutdated ? 'page.outdated' : 'page.crashed')}
        actions={
          <>
            {!isOutdated && (
              <Button size="small" onClick={reset}>
                {t('common:actions.retry')}
              </Button>
            )}
            <Button size="small" onClick={reload}>
              {t('common:actions.reload')}
            </Button>
          </>
        }
      >
        {t(isOutdated ? 'page.outdatedHint' : 'page.crashedHint')}
      </Notice>
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation('errors');
  return (
    <div className="p-6">
      <PageHeader title={t('page.notFound')} hint={t('page.notFoundHint')} />
      <Button asChild look="primary">
        <Link to="/">{t('page.home')}</Link>
      </Button>
    </div>
  );
}
