import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FlaskConical } from 'lucide-react';
import { trialQuery } from '@/api/trial';
import { Button } from '@/components/button';
import { CopyText } from '@/components/copy-text';
import type { Connection } from './connections.queries';

/** What an administrator needs before anybody can connect: the names of the variables, the address to register. */
export function NotConfigured({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const { data: trial } = useQuery(trialQuery);
  const { missing_variables: missing, redirect_uri: redirect, provider_name: provider } = connection;
  return (
    <div className="space-y-2">
      <p className="font-medium">{t('configure.title')}</p>
      <div>
        <p className="text-xs text-muted">{t('configure.variables')}</p>
        <ul className="flex flex-wrap gap-x-3">
          {missing.map((name) => (
            <li key={name}>
              <CopyText text={name} />
            </li>
          ))}
        </ul>
      </div>
      <div>
        <p className="text-xs text-muted">{t('configure.redirect', { provider })}</p>
        <CopyText text={redirect} />
      </div>
      {trial?.sandboxUrl && (
        <Button asChild size="small">
          <Link to="/sandbox">
            <FlaskConical aria-hidden />
            {t('configure.try')}
          </Link>
        </Button>
      )}
    </div>
  );
}
