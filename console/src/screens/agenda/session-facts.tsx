import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/card';
import { useZone } from '@/i18n/use-telling';
import { CopyBadge } from '../formations/copy-badge';
import type { Formation, Session } from './agenda.queries';
import { Span } from './booking-facts';

const LINK = 'text-accent-ink underline underline-offset-2';

export function SessionFacts({ session, formation }: { session: Session; formation: Formation }) {
  const { t } = useTranslation('agenda');
  const zone = useZone();
  return (
    <Facts
      items={[
        [t('when'), <Span key="when" from={session.starts_at} to={session.ends_at} zone={zone} />],
        [
          t('whenThere'),
          session.time_zone !== zone && <Span from={session.starts_at} to={session.ends_at} zone={session.time_zone} />,
        ],
        [t('location'), session.location ?? formation.location],
        [t('about'), session.description ?? formation.description],
        [
          t('copies'),
          session.copies.length > 0 && (
            <span className="flex flex-wrap gap-1.5">
              {session.copies.map((copy, index) => (
                <CopyBadge key={index} copy={copy} />
              ))}
            </span>
          ),
        ],
        [
          t('formation'),
          <Link key="formation" to="/formations" search={{ open: formation.id }} className={LINK}>
            {formation.title}
          </Link>,
        ],
      ]}
    />
  );
}
