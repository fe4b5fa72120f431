import { useTranslation } from 'react-i18next';
import { CircleCheck, CircleX, Clock, Eye, type LucideIcon, Undo2 } from 'lucide-react';
import { Badge, type Tone } from '@/components/badge';
import type { MailState } from './mails.queries';

const LOOKS: Record<MailState, { tone: Tone; icon: LucideIcon }> = {
  queued: { tone: 'info', icon: Clock },
  sent: { tone: 'good', icon: CircleCheck },
  bounced: { tone: 'bad', icon: Undo2 },
  failed: { tone: 'bad', icon: CircleX },
  not_sent: { tone: 'idle', icon: Eye },
};

export function MailBadge({ state }: { state: MailState }) {
  const { t } = useTranslation('mails');
  return <Badge {...LOOKS[state]}>{t(`states.${state}`)}</Badge>;
}
