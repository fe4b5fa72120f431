import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ExternalLink } from 'lucide-react';
import { ORIGIN } from '@/api/passerelle';
import { Card, CardHeader } from '@/components/card';
import { metaQuery } from './system.queries';

const PATHS = [
  ['docs', '/docs'],
  ['openapi', '/openapi.json'],
  ['metrics', '/metrics'],
  ['healthReady', '/health/ready'],
  ['healthLive', '/health/live'],
] as const;

/** Addresses for programs, and for those who write them. */
export function LinksCard() {
  const { t } = useTranslation('system');
  const { data: meta } = useQuery(metaQuery);
  const paths = PATHS.filter(([name]) => meta?.features.docs !== false || !['docs', 'openapi'].includes(name));
  return (
    <Card>
      <CardHeader title={t('addresses')} />
      <ul className="px-4 py-3">
        {paths.map(([name, path]) => (
          <li key={name}>
            <a
              href={new URL(path, ORIGIN).href}
              target="_blank"
              rel="noreferrer"
              className="inline-flex min-h-7 items-center gap-1.5 text-accent-ink underline underline-offset-2"
            >
              {t(`paths.${name}`)}
              <ExternalLink aria-hidden className="size-3.5" />
            </a>{' '}
            <code className="font-mono text-xs text-muted">{path}</code>
          </li>
        ))}
      </ul>
    </Card>
  );
}
