import { useTranslation } from 'react-i18next';
import { CircleCheck, CircleMinus, CircleX, Clock, type LucideIcon, ShieldX } from 'lucide-react';
import { Badge, type Tone } from '@/components/badge';
import type { Delivery, DeliveryState } from './deliveries.queries';

const LOOKS: Record<DeliveryState, { tone: Tone; icon: LucideIcon }> = {
  received: { tone: 'info', icon: Clock },
  processed: { tone: 'good', icon: CircleCheck },
  ignored: { tone: 'idle', icon: CircleMinus },
  dead: { tone: 'bad', icon: CircleX },
  rejected: { tone: 'warn', icon: ShieldX },
};

export function DeliveryBadge({ delivery: { state, error_code: code } }: { delivery: Delivery }) {
  const { t } = useTranslation('webhooks');
  const { tone, icon } = LOOKS[state];
  const isStale = code === 'signature-stale';
  return (
    <Badge tone={tone} icon={icon}>
      {state === 'rejected' ? t(`received.rejected.${isStale ? 'time' : 'signature'}`) : t(`received.states.${state}`)}
    </Badge>
  );
}
