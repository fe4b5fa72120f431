import { useTranslation } from 'react-i18next';
import { Ban, CircleCheck, CircleX, Clock, Hand, LoaderCircle, type LucideIcon } from 'lucide-react';
import { Badge, type Tone } from '@/components/badge';
import type { SyncRun } from './sync-runs.queries';

const LOOKS: Record<SyncRun['state'], { tone: Tone; icon: LucideIcon; isBusy?: true }> = {
  queued: { tone: 'idle', icon: Clock },
  running: { tone: 'info', icon: LoaderCircle, isBusy: true },
  succeeded: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'bad', icon: CircleX },
  needs_approval: { tone: 'warn', icon: Hand },
  canceled: { tone: 'idle', icon: Ban },
};

export function RunBadge({ state }: { state: SyncRun['state'] }) {
  const { t } = useTranslation('sync-runs');
  return <Badge {...LOOKS[state]}>{t(`states.${state}`)}</Badge>;
}
