import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CircleCheck, CircleX } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Card, CardHeader } from '@/components/card';
import { ListState } from '@/components/list';
import { readinessQuery } from './system.queries';

const UP = { tone: 'good', icon: CircleCheck } as const;
const DOWN = { tone: 'bad', icon: CircleX } as const;

export function ReadinessCard() {
  const { t } = useTranslation('system');
  const query = useQuery(readinessQuery);
  return (
    <Card>
      <CardHeader title={t('readiness')}>
        {query.data && (
          <Badge {...(query.data.isReady ? UP : DOWN)}>{t(query.data.isReady ? 'ready' : 'notReady')}</Badge>
        )}
      </CardHeader>
      <div className="px-4 py-3">
        <ListState query={query} isEmpty={false} nothingYet={null}>
          <ul className="space-y-2">
            {query.data?.parts.map(({ name, isUp, detail }) => (
              <li key={name} className="flex items-center justify-between gap-3">
                <span>
                  {t(`parts.${name}`, { defaultValue: name })}
                  {detail && <span className="text-muted"> · {t(`details.${detail}`, { defaultValue: detail })}</span>}
                </span>
                <Badge {...(isUp ? UP : DOWN)}>{t(isUp ? 'up' : 'down')}</Badge>
              </li>
            ))}
          </ul>
        </ListState>
      </div>
    </Card>
  );
}
