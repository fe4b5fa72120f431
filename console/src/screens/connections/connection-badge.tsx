import { useTranslation } from 'react-i18next';
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Clock,
  Hourglass,
  KeyRound,
  LoaderCircle,
  type LucideIcon,
  Settings2,
} from 'lucide-react';
import { Badge, type Tone } from '@/components/badge';
import type { Connection, ConnectionState } from './connections.queries';

const LOOKS: Record<ConnectionState, { tone: Tone; icon: LucideIcon; isBusy?: true }> = {
  not_configured: { tone: 'idle', icon: Settings2 },
  not_connected: { tone: 'idle', icon: CircleDashed },
  needs_reauth: { tone: 'bad', icon: KeyRound },
  error: { tone: 'bad', icon: CircleAlert },
  rate_limited: { tone: 'warn', icon: Hourglass },
  paused: { tone: 'idle', icon: CirclePause },
  importing: { tone: 'info', icon: LoaderCircle, isBusy: true },
  syncing: { tone: 'info', icon: LoaderCircle, isBusy: true },
  stale: { tone: 'warn', icon: Clock },
  polling: { tone: 'good', icon: CircleCheck },
  connected: { tone: 'good', icon: CircleCheck },
};

export const toneOf = (state: ConnectionState): Tone => LOOKS[state]?.tone ?? 'idle';

/** How a connection is, in one word. Which word is for the server to say. */
export function ConnectionBadge({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const { state, provider_name: provider, progress } = connection;
  const { tone, icon, isBusy } = LOOKS[state] ?? { tone: 'idle', icon: CircleDashed };
  const hasTotal = state === 'importing' && progress !== null && progress.total !== null;
  return (
    <Badge tone={tone} icon={icon} isBusy={isBusy}>
      {hasTotal
        ? t('state.importingCount', { done: progress.done, total: progress.total })
        : t(`state.${state}`, { provider, defaultValue: state })}
    </Badge>
  );
}
