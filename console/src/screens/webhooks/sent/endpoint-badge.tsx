import { useTranslation } from 'react-i18next';
import { CircleCheck, CircleDashed, CirclePause, CircleX, Clock, TriangleAlert } from 'lucide-react';
import { Badge } from '@/components/badge';
import type { Endpoint, MessageState } from './endpoints.queries';

export function EndpointBadge({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  const { enabled, disabled_reason: reason, failing_since: failing, last_success_at: success } = endpoint;
  if (!enabled) {
    return reason === null || reason === 'person' ? (
      <Badge tone="idle" icon={CirclePause}>
        {t('sent.states.off')}
      </Badge>
    ) : (
      <Badge tone="bad" icon={CircleX}>
        {t(`sent.states.${reason}`)}
      </Badge>
    );
  }
  if (failing !== null) {
    return (
      <Badge tone="warn" icon={TriangleAlert}>
        {t('sent.states.troubled')}
      </Badge>
    );
  }
  return success === null ? (
    <Badge tone="idle" icon={CircleDashed}>
      {t('sent.states.unused')}
    </Badge>
  ) : (
    <Badge tone="good" icon={CircleCheck}>
      {t('sent.states.on')}
    </Badge>
  );
}

const MESSAGE_LOOKS = {
  pending: { tone: 'info', icon: Clock },
  sent: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'bad', icon: CircleX },
} as const;

export function MessageBadge({ state }: { state: MessageState }) {
  const { t } = useTranslation('webhooks');
  const { tone, icon } = MESSAGE_LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`sent.messageStates.${state}`)}
    </Badge>
  );
}
