import { useTranslation } from 'react-i18next';
import { CircleAlert, CircleCheck, CircleMinus, CircleX, Clock, ExternalLink, type LucideIcon } from 'lucide-react';
import { Badge, type Tone } from '@/components/badge';
import type { SessionCopy } from './formations.queries';

const LOOKS: Record<string, { tone: Tone; icon: LucideIcon }> = {
  pending: { tone: 'info', icon: Clock },
  synced: { tone: 'good', icon: CircleCheck },
  removing: { tone: 'info', icon: Clock },
  removed: { tone: 'idle', icon: CircleMinus },
  refused: { tone: 'warn', icon: CircleAlert },
  failed: { tone: 'bad', icon: CircleX },
};

/** How one date stands in one calendar; leads to the event there. */
export function CopyBadge({ copy, of }: { copy: SessionCopy; of?: string | null }) {
  const { t } = useTranslation('formations');
  const look = LOOKS[copy.state] ?? { tone: 'idle' as const, icon: CircleMinus };
  const provider = t(`common:provider.${copy.provider}`, { defaultValue: copy.provider });
  const badge = (
    <Badge {...look}>
      {of ? `${provider} · ${of}` : provider} : {t(`copies.${copy.state}`, { defaultValue: copy.state })}
      {copy.html_link && <ExternalLink aria-hidden className="size-3" />}
    </Badge>
  );
  if (!copy.html_link) return badge;
  return (
    <a href={copy.html_link} target="_blank" rel="noreferrer" className="inline-flex min-h-6 items-center rounded-full">
      {badge}
      <span className="sr-only">{t('openCopy')}</span>
    </a>
  );
}
