import { useTranslation } from 'react-i18next';
import { CalendarCheck, CalendarOff, CircleAlert, CircleX, Clock, type LucideIcon } from 'lucide-react';
import { Badge, Tag, type Tone } from '@/components/badge';
import type { Formation, Participant } from './formations.queries';

const LOOKS: Record<Participant['calendars'][number]['state'], { tone: Tone; icon: LucideIcon }> = {
  in_calendar: { tone: 'good', icon: CalendarCheck },
  not_connected: { tone: 'idle', icon: CalendarOff },
  refused: { tone: 'warn', icon: CircleAlert },
  failed: { tone: 'bad', icon: CircleX },
  pending: { tone: 'info', icon: Clock },
};

/** Who takes part, and whether the dates stand in a calendar of theirs. */
export function ParticipantsPart({ formation: { participants } }: { formation: Formation }) {
  const { t } = useTranslation('formations');
  return (
    <section aria-labelledby="formation-participants">
      <h3 id="formation-participants" className="mb-2 font-semibold">
        {t('participants')}
      </h3>
      {participants.length === 0 ? (
        <p className="text-muted">{t('noParticipants')}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {participants.map(({ id, name, email, role, calendars }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 px-3 py-2">
              <span className="min-w-0">
                <bdi className="font-medium break-all">{name ?? email}</bdi>{' '}
                {role === 'trainer' && <Tag>{t('roles.trainer')}</Tag>}
                {name && <span className="block text-xs break-all text-muted">{email}</span>}
              </span>
              <span className="flex flex-wrap gap-1.5">
                {calendars.map(({ state, provider }, index) => (
                  <Badge key={index} {...LOOKS[state]}>
                    {provider && `${t(`common:provider.${provider}`, { defaultValue: provider })} · `}
                    {t(`participantStates.${state}`)}
                  </Badge>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
