import { useTranslation } from 'react-i18next';
import { Drawer } from '@/components/drawer';
import { Delayed, SkeletonRows } from '@/components/list';
import { Notice } from '@/components/notice';
import { Tag } from '@/components/badge';
import type { Entry } from './entries';
import { BookingFacts } from './booking-facts';
import { EventFacts } from './event-facts';
import { SessionFacts } from './session-facts';

interface EntryDrawerProps {
  id: string;
  /** Not there when the link is from another time, or it is gone since. */
  entry: Entry | undefined;
  isPending: boolean;
  onClose: () => void;
}

export function EntryDrawer({ id, entry, isPending, onClose }: EntryDrawerProps) {
  const { t } = useTranslation('agenda');
  const [kind, bookingId] = id.split(':');
  return (
    <Drawer
      title={entry ? (entry.title ?? t('private')) : t('entry')}
      hint={
        entry && (
          <span className="flex flex-wrap gap-1.5">
            <Tag>{t(`sources.${entry.source}`, { defaultValue: entry.source })}</Tag>
            {entry.isCancelled && <Tag>{t('cancelled')}</Tag>}
          </span>
        )
      }
      onClose={onClose}
    >
      {kind === 'booking' && bookingId ? (
        // It is asked for by itself, wherever in time it stands.
        <BookingFacts id={bookingId} />
      ) : entry?.subject.kind === 'event' ? (
        <EventFacts event={entry.subject.event} />
      ) : entry?.subject.kind === 'session' ? (
        <SessionFacts session={entry.subject.session} formation={entry.subject.formation} />
      ) : isPending ? (
        <Delayed>
          <SkeletonRows rows={3} />
        </Delayed>
      ) : (
        <Notice tone="idle">{t('gone')}</Notice>
      )}
    </Drawer>
  );
}
