import { useTranslation } from 'react-i18next';
import { CircleCheck, CircleMinus, CircleX, Clock, type LucideIcon } from 'lucide-react';
import { Badge, type Tone } from '@/components/badge';
import type { DeliveryState } from './deliveries.queries';

const LOOKS: Record<DeliveryState, { tone: Tone; icon: LucideIcon }> = {
  received: { tone: 'info', icon: Clock },
  processed: { tone: 'good', icon: CircleCheck },
  ignored: { tone: 'idle', icon: CircleMinus },
  dead: { tone: 'bad', icon: CircleX },
};

export function DeliveryBadge({ state }: { state: DeliveryState }) {
  const { t } = useTranslation('webhooks');
  const { tone, icon } = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`received.states.${state}`)}
    </Badge>
  );
}
