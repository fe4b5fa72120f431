import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ExternalLink, FlaskConical } from 'lucide-react';
import { hasRole, useMe } from '@/api/account';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { ListState, NothingYet } from '@/components/list';
import { PageHeader } from '@/components/page';
import { addWords } from '@/i18n/i18n';
import { metaQuery } from '../system/system.queries';
import { GesturesPart } from './gestures-part';
import { Then } from './then';
import { THINGS_TO_TRY } from './things-to-try';
import { words } from './words.sandbox';

addWords('sandbox', words);

export function SandboxScreen() {
  const { t } = useTranslation('sandbox');
  const { role } = useMe();
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
            {hasRole(role, 'admin') && <GesturesPart />}
            <Things url={url} />
          </div>
        )}
      </ListState>
    </>
  );
}

function Things({ url }: { url: string }) {
  const { t } = useTranslation('sandbox');
  return (
    <section className="space-y-3" aria-label={t('pages')}>
      <div>
        <h2 className="text-base font-semibold">{t('pages')}</h2>
        <p className="text-muted">{t('pagesHint')}</p>
      </div>
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {THINGS_TO_TRY.map(({ word, icon: Icon, page, lookAt }) => (
          <li key={word}>
            <Card className="flex h-full flex-col gap-2 p-4">
              <h3 className="flex items-center gap-2 font-semibold">
                <span className="inline-flex size-8 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
                  <Icon aria-hidden className="size-4" />
                </span>
                {t(`things.${word}.title`)}
              </h3>
              <p className="text-muted">{t(`things.${word}.do`)}</p>
              <p>
                <span className="font-medium">{t('see')}</span> {t(`things.${word}.see`)}
              </p>
              <p className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-2 pt-1">
                <Button asChild size="small">
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
      </ul>
    </section>
  );
}
