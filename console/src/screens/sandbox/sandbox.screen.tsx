import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ArrowRight, ExternalLink, FlaskConical } from 'lucide-react';
import { hasRole, useMe } from '@/api/account';
import { Button } from '@/components/button';
import { Card, CardHeader } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { ListState, NothingYet } from '@/components/list';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page';
import { metaQuery } from '../system/system.queries';
import { FAULTS, type Screens, THINGS_TO_TRY, toCommand } from './things-to-try';

/** For administrators only, as in the navigation. */
const ADMIN_SCREENS = new Set<unknown>(['/webhooks', '/sync-runs', '/mails']);

export function SandboxScreen() {
  const { t } = useTranslation('sandbox');
  const query = useQuery(metaQuery);
  const url = query.data?.is_sandbox ? query.data.sandbox_url : null;
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')}>
        {url && (
          <Button asChild>
            <a href={url} target="_blank" rel="noreferrer">
              {t('home')}
              <ExternalLink aria-hidden />
            </a>
          </Button>
        )}
      </PageHeader>
      <ListState
        query={query}
        isEmpty={!url}
        nothingYet={
          <NothingYet icon={FlaskConical} title={t(query.data?.is_sandbox ? 'elsewhere' : 'none')}>
            {t(query.data?.is_sandbox ? 'elsewhereHint' : 'noneHint')}
          </NothingYet>
        }
      >
        {url && (
          <div className="space-y-6">
            <Things url={url} />
            <Faults url={url} />
          </div>
        )}
      </ListState>
    </>
  );
}

function Things({ url }: { url: string }) {
  const { t } = useTranslation('sandbox');
  return (
    <div className="space-y-4">
      <Notice tone="info">{t('beforehand')}</Notice>
      <ol className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {THINGS_TO_TRY.map(({ word, icon: Icon, page, lookAt }) => (
          <li key={word}>
            <Card className="flex h-full flex-col gap-2 p-4">
              <h2 className="flex items-center gap-2 font-semibold">
                <span className="inline-flex size-8 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
                  <Icon aria-hidden className="size-4" />
                </span>
                {t(`things.${word}.title`)}
              </h2>
              <p className="text-muted">{t(`things.${word}.do`)}</p>
              <p>
                <span className="font-medium">{t('see')}</span> {t(`things.${word}.see`)}
              </p>
              <p className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-2 pt-1">
                <Button asChild size="small" look="primary">
                  <a
                    href={new URL(page, url).href}
                    target="_blank"
                    rel="noreferrer"
                    aria-label={t('openFor', { thing: t(`things.${word}.title`) })}
                  >
                    {t('open')}
                    <ExternalLink aria-hidden />
                  </a>
                </Button>
                <Then screens={lookAt} />
              </p>
            </Card>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Faults({ url }: { url: string }) {
  const { t } = useTranslation('sandbox');
  return (
    <Card>
      <CardHeader title={t('faultsTitle')} hint={t('faultsHint')} />
      <ul className="divide-y divide-line px-4">
        {FAULTS.map((fault) => (
          <li key={fault.word} className="space-y-1.5 py-3">
            <p className="flex flex-wrap items-center gap-x-4">
              <span className="font-medium">{t(`faults.${fault.word}.title`)}</span>
              <Then screens={fault.lookAt} />
            </p>
            <p className="text-muted">{t(`faults.${fault.word}.see`)}</p>
            <p className="rounded-md bg-sunken px-2 py-1 text-xs">
              <CopyText text={toCommand(url, fault)} />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Where to look afterwards. */
function Then({ screens }: { screens: Screens }) {
  const { t } = useTranslation('shell');
  const { role } = useMe();
  return screens
    .filter(({ to }) => !ADMIN_SCREENS.has(to) || hasRole(role, 'admin'))
    .map(({ word, to }) => (
      <Link
        key={word}
        to={to}
        className="inline-flex min-h-6 items-center gap-1 text-accent-ink underline underline-offset-2"
      >
        {t(`nav.${word}`)}
        <ArrowRight aria-hidden className="size-3.5" />
      </Link>
    ));
}
