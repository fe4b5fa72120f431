import { useTranslation } from 'react-i18next';
import { Tag } from '@/components/badge';
import { Time } from '@/components/time';
import { useZone } from '@/i18n/use-telling';
import { CopyBadge } from './copy-badge';
import type { Formation, Session } from './formations.queries';

export function SessionsPart({ formation }: { formation: Formation }) {
  const { t } = useTranslation('formations');
  return (
    <section aria-labelledby="formation-sessions">
      <h3 id="formation-sessions" className="mb-2 font-semibold">
        {t('sessions')}
      </h3>
      {formation.sessions.length === 0 ? (
        <p className="text-muted">{t('noSessions')}</p>
      ) : (
        <ol className="space-y-2">
          {formation.sessions.map((session) => (
            <SessionLine key={session.id} session={session} formation={formation} />
          ))}
        </ol>
      )}
    </section>
  );
}

function SessionLine({ session, formation }: { session: Session; formation: Formation }) {
  const { t } = useTranslation('formations');
  const ownZone = useZone();
  const nameOf = (participantId: string | null) => {
    const person = formation.participants.find(({ id }) => id === participantId);
    return person ? (person.name ?? person.email) : null;
  };
  const alone = nameOf(session.participant_id);
  const isOff = session.status === 'cancelled';
  return (
    <li className="rounded-md border border-line px-3 py-2">
      <p className={`font-medium ${isOff ? 'text-muted line-through' : ''}`}>
        <Time at={session.starts_at} as="absolute" zone={session.time_zone} />–
        <Time at={session.ends_at} as="hour" zone={session.time_zone} />
        {session.time_zone !== ownZone && <span className="text-xs font-normal text-muted"> {session.time_zone}</span>}
      </p>
      {(session.title || session.location) && (
        <p className="break-words text-muted">{[session.title, session.location].filter(Boolean).join(' · ')}</p>
      )}
      {session.time_zone !== ownZone && (
        <p className="text-xs text-muted">
          {t('here')} <Time at={session.starts_at} as="absolute" />–<Time at={session.ends_at} as="hour" /> {ownZone}
        </p>
      )}
      {(alone || isOff || session.copies.length > 0) && (
        <p className="mt-1.5 flex flex-wrap items-center gap-1.5">
          {isOff && <Tag>{t('sessionCancelled')}</Tag>}
          {alone && <Tag>{t('aloneFor', { name: alone })}</Tag>}
          {session.copies.map((copy, index) => (
            <CopyBadge key={index} copy={copy} of={nameOf(copy.participant_id)} />
          ))}
        </p>
      )}
    </li>
  );
}
