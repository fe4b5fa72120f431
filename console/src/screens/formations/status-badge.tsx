import { useTranslation } from 'react-i18next';
import { CircleCheck, CircleDashed, CircleSlash } from 'lucide-react';
import { Badge } from '@/components/badge';
import type { FormationStatus } from './formations.queries';

const LOOKS = {
  draft: { tone: 'idle', icon: CircleDashed },
  confirmed: { tone: 'good', icon: CircleCheck },
  cancelled: { tone: 'bad', icon: CircleSlash },
} as const;

export function StatusBadge({ status }: { status: FormationStatus }) {
  const { t } = useTranslation('formations');
  return <Badge {...LOOKS[status]}>{t(`statuses.${status}`)}</Badge>;
}
