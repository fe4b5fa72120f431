import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card, CardHeader, Facts } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { ListState } from '@/components/list';
import { metaQuery } from './system.queries';

export function VersionCard() {
  const { t } = useTranslation('system');
  const query = useQuery(metaQuery);
  const meta = query.data;
  const yesOrNo = (value: boolean) => t(value ? 'common:yes' : 'common:no');
  return (
    <Card>
      <CardHeader title={t('version')} />
      <div className="px-4 py-3">
        <ListState query={query} isEmpty={false} nothingYet={null}>
          {meta && (
            <Facts
              items={[
                [t('number'), meta.version],
                [t('commit'), meta.commit && <CopyText text={meta.commit}>{meta.commit.slice(0, 12)}</CopyText>],
                [t('environment'), t(`environments.${meta.environment}`)],
                [t('sandbox'), yesOrNo(meta.is_sandbox)],
                [t('mail'), t(meta.features.mail ? 'mailSent' : 'mailKept')],
                [t('registration'), yesOrNo(meta.features.registration_open)],
              ]}
            />
          )}
        </ListState>
      </div>
    </Card>
  );
}
