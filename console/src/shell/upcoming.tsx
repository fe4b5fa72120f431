import { useTranslation } from 'react-i18next';
import { Construction } from 'lucide-react';
import { NothingYet } from '@/components/list';
import { PageHeader } from '@/components/page';

export function Upcoming({ word }: { word: string }) {
  const { t } = useTranslation('shell');
  return (
    <>
      <PageHeader title={t(`nav.${word}`)} />
      <NothingYet icon={Construction} title={t(`nav.${word}`)}>
        {t('upcoming')}
      </NothingYet>
    </>
  );
}
