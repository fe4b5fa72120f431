import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CircleAlert, CircleCheck, Info, RefreshCw, TriangleAlert } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Card, CardHeader } from '@/components/card';
import { ListState } from '@/components/list';
import { useTelling } from '@/i18n/use-telling';
import { doctorQuery, type Finding } from './system.queries';

const LOOKS = {
  error: { tone: 'bad', icon: CircleAlert },
  warning: { tone: 'warn', icon: TriangleAlert },
  info: { tone: 'info', icon: Info },
} as const;

/** What is wrong with the installation and the connections, and what to do about each. */
export function DiagnosisCard() {
  const { t } = useTranslation('system');
  const query = useQuery(doctorQuery);
  const findings = query.data?.findings ?? [];
  return (
    <Card>
      <CardHeader title={t('diagnosis')} hint={t('diagnosisHint')}>
        <Button size="small" isPending={query.isFetching} onClick={() => void query.refetch()}>
          {!query.isFetching && <RefreshCw aria-hidden />}
          {t('examine')}
        </Button>
      </CardHeader>
      <div className="px-4 py-3">
        <ListState
          query={query}
          isEmpty={findings.length === 0}
          nothingYet={
            <p role="status" className="flex items-center gap-2 text-good-ink">
              <CircleCheck aria-hidden className="size-4" />
              {t('healthy')}
            </p>
          }
        >
          <ul className="divide-y divide-line">
            {findings.map((finding, index) => (
              <FindingLine key={`${finding.code} ${index}`} finding={finding} />
            ))}
          </ul>
        </ListState>
      </div>
    </Card>
  );
}

function FindingLine({ finding: { code, severity, cause, repair } }: { finding: Finding }) {
  const { t } = useTranslation('system');
  const { language } = useTelling();
  return (
    <li className="space-y-1 py-2.5 first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-2">
        <Badge {...LOOKS[severity]}>{t(`severities.${severity}`)}</Badge>
        <code className="font-mono text-2xs break-all text-muted">{code}</code>
      </p>
      <p className="font-medium break-words">{cause[language]}</p>
      <p className="break-words text-muted">{repair[language]}</p>
    </li>
  );
}
