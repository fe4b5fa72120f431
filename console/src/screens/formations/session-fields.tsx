import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Trash2 } from 'lucide-react';
import { IconButton } from '@/components/button';
import { TextField } from '@/components/form';
import type { DraftSession } from './formation-draft';
import { anHourAfter, toLocalTime } from './local-time';

export function SessionFields({
  session: { known, planned },
  index,
  onRemove,
}: {
  session: DraftSession;
  index: number;
  onRemove: () => void;
}) {
  const { t } = useTranslation('formations');
  const [begin, setBegin] = useState(known ? toLocalTime(known.starts_at, known.time_zone) : (planned?.startsAt ?? ''));
  const [end, setEnd] = useState(known ? toLocalTime(known.ends_at, known.time_zone) : (planned?.endsAt ?? ''));
  const number = index + 1;
  const chooseBegin = (next: string) => {
    setBegin(next);
    if (next !== '' && (end === '' || end <= next)) setEnd(anHourAfter(next));
  };
  return (
    <div role="group" aria-label={t('sessionNumber', { number })} className="rounded-md border border-line p-3">
      <div className="flex items-start gap-2">
        <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
          <TextField
            name={`sessions/${index}/starts_at`}
            label={t('begin')}
            type="datetime-local"
            value={begin}
            onChange={(event) => chooseBegin(event.target.value)}
            required
          />
          <TextField
            name={`sessions/${index}/ends_at`}
            label={t('end')}
            type="datetime-local"
            value={end}
            min={begin}
            onChange={(event) => setEnd(event.target.value)}
            required
          />
          <div className="sm:col-span-2">
            <TextField
              name={`sessions/${index}/title`}
              label={t('sessionTitle')}
              hint={known ? t('zoneOf', { zone: known.time_zone }) : undefined}
              defaultValue={known?.title ?? ''}
              maxLength={300}
            />
          </div>
        </div>
        <IconButton label={t('removeSession', { number })} onClick={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
